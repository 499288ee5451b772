import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Languages that a storefront speaks beside its first one. */
export class StoreLocales1795293000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE stores ADD COLUMN other_locales text[] NOT NULL DEFAULT '{}';
      COMMENT ON COLUMN stores.other_locales IS 'Published beside locale; each has addresses of its own, /de/...';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE stores DROP COLUMN other_locales');
  }
}
