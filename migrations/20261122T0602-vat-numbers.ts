import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The VAT number of a company that buys, with what the register said of it. */
export class VatNumbers1795327320000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts ADD COLUMN vat_number jsonb');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN vat_number');
  }
}
