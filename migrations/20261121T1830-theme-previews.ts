import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links that show a theme version, or a theme on a developer's machine, before it is live. */
export class ThemePreviews1795285800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- A preview outlives the version that it names, hence no key into versions and themes.
      CREATE TABLE theme_previews (
        store_id uuid NOT NULL REFERENCES stores,
        preview_id uuid NOT NULL,
        -- both null: no version, only the store's data for a theme that lies elsewhere
        theme_id uuid,
        version_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (store_id, preview_id),
        CHECK ((theme_id IS NULL) = (version_id IS NULL))
      );
    `);
    await q.query(storeTable('theme_previews'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE theme_previews');
  }
}
