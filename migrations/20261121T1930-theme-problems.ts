import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What failed in pages made of a theme. */
export class ThemeProblems1795289400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE theme_problems (
        store_id uuid NOT NULL,
        theme_id uuid NOT NULL,
        version_id uuid NOT NULL,
        -- the file that lists the section, or the layout
        template text NOT NULL,
        section text NOT NULL,
        code text NOT NULL,
        file text NOT NULL,
        line int NOT NULL,
        "column" int NOT NULL,
        message text NOT NULL,
        count bigint NOT NULL CHECK (count > 0),
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        -- when pages began to be made without the section, the last time that they did
        left_out_at timestamptz,
        -- when other slices were told of it
        told_at timestamptz,
        PRIMARY KEY (store_id, version_id, template, section, code),
        FOREIGN KEY (store_id, theme_id) REFERENCES themes (store_id, theme_id) ON DELETE CASCADE
      );
      CREATE INDEX theme_problems_by_theme ON theme_problems (store_id, theme_id, last_seen_at DESC);
    `);
    await q.query(storeTable('theme_problems'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE theme_problems');
  }
}
