import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a merchant writes: pages and menus. */
export class Content1795273200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE SEQUENCE page_public_ids START 100000001 MAXVALUE 9007199254740991;
      CREATE TABLE pages (
        store_id uuid NOT NULL REFERENCES stores,
        page_id uuid NOT NULL,
        public_id bigint NOT NULL DEFAULT nextval('page_public_ids'),
        handle text NOT NULL,
        title text NOT NULL,
        body_html text NOT NULL DEFAULT '',
        template_suffix text,
        seo_title text,
        seo_description text,
        published_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, page_id),
        UNIQUE (store_id, handle),
        UNIQUE (store_id, public_id)
      );
      CREATE TABLE menus (
        store_id uuid NOT NULL REFERENCES stores,
        menu_id uuid NOT NULL,
        handle text NOT NULL,
        title text NOT NULL,
        items jsonb NOT NULL DEFAULT '[]',
        created_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, menu_id),
        UNIQUE (store_id, handle)
      );
    `);
    for (const table of ['pages', 'menus']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE menus, pages; DROP SEQUENCE page_public_ids');
  }
}
