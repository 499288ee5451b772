import type { MigrationInterface, QueryRunner } from 'typeorm';

/** VAT numbers of open checkouts and drafts that no register could be asked for are asked for again. */
export class OpenVatNumbers1795393860000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- When a number that could not be checked is asked for again; null where none is.
      ALTER TABLE checkouts ADD COLUMN vat_next_at timestamptz;
      -- How often it was asked for again.
      ALTER TABLE checkouts ADD COLUMN vat_attempts int NOT NULL DEFAULT 0 CHECK (vat_attempts >= 0);
      CREATE INDEX checkouts_vat_due ON checkouts (vat_next_at) WHERE vat_next_at IS NOT NULL;
      UPDATE checkouts SET vat_next_at = now() WHERE state = 'open' AND vat_number ->> 'check' = 'unreachable';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN vat_next_at, DROP COLUMN vat_attempts');
  }
}
