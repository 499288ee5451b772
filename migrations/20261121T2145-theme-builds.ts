import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other compilers than the one that sealed a version have made of its sources since. */
export class ThemeBuilds1795297500000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE theme_builds (
        store_id uuid NOT NULL,
        version_id uuid NOT NULL,
        compiler text NOT NULL,
        -- the owner of the code's files in blob_refs
        build_id uuid NOT NULL,
        -- ThemeMeta of the template engine; null where this compiler refuses the version
        meta json,
        -- [{locale, hash, signature}]
        artefacts jsonb NOT NULL,
        -- why it is refused
        findings jsonb NOT NULL DEFAULT '[]',
        built_at timestamptz NOT NULL,
        PRIMARY KEY (store_id, version_id, compiler),
        FOREIGN KEY (store_id, version_id) REFERENCES theme_versions (store_id, version_id),
        CHECK ((meta IS NULL) = (artefacts = '[]'))
      );
    `);
    await q.query(storeTable('theme_builds'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE theme_builds');
  }
}
