import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['pages', 'articles', 'collections'];

/** Pages, articles and collections are searched as products are. */
export class SearchEverywhere1795291800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const table of tables) {
      await q.query(`
        ALTER TABLE ${table} ADD COLUMN search tsvector;
        COMMENT ON COLUMN ${table}.search IS 'Null until the row is written again: then its title is searched alone.';
        CREATE INDEX ${table}_search ON ${table} USING gin (store_id, search);
      `);
    }
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of tables) await q.query(`ALTER TABLE ${table} DROP COLUMN search`);
  }
}
