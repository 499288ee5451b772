import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Blogs of a store and the articles in them. */
export class Blogs1795287600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE SEQUENCE blog_public_ids START 100000001 MAXVALUE 9007199254740991;
      CREATE TABLE blogs (
        store_id uuid NOT NULL REFERENCES stores,
        blog_id uuid NOT NULL,
        public_id bigint NOT NULL DEFAULT nextval('blog_public_ids'),
        handle text NOT NULL,
        title text NOT NULL,
        template_suffix text,
        seo_title text,
        seo_description text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, blog_id),
        UNIQUE (store_id, handle),
        UNIQUE (store_id, public_id)
      );
      CREATE SEQUENCE article_public_ids START 100000001 MAXVALUE 9007199254740991;
      CREATE TABLE articles (
        store_id uuid NOT NULL,
        article_id uuid NOT NULL,
        blog_id uuid NOT NULL,
        public_id bigint NOT NULL DEFAULT nextval('article_public_ids'),
        handle text NOT NULL,
        title text NOT NULL,
        author text NOT NULL DEFAULT '',
        excerpt_html text NOT NULL DEFAULT '',
        body_html text NOT NULL DEFAULT '',
        tags text[] NOT NULL DEFAULT '{}',
        media_id uuid,
        template_suffix text,
        seo_title text,
        seo_description text,
        published_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, article_id),
        UNIQUE (store_id, blog_id, handle),
        UNIQUE (store_id, public_id),
        FOREIGN KEY (store_id, blog_id) REFERENCES blogs ON DELETE CASCADE,
        FOREIGN KEY (store_id, media_id) REFERENCES images ON DELETE SET NULL (media_id)
      );
      CREATE INDEX articles_by_date ON articles (store_id, blog_id, published_at DESC);
    `);
    for (const table of ['blogs', 'articles']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      'DROP TABLE articles, blogs; DROP SEQUENCE article_public_ids; DROP SEQUENCE blog_public_ids',
    );
  }
}
