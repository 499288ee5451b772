import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The country of the address from which a shopper began to pay: evidence of where a sale is taxed. */
export class IpCountry1795393200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(
      `ALTER TABLE checkouts ADD COLUMN ip_country text CHECK (ip_country ~ '^[A-Z]{2}$')`,
    );
    await q.query(
      `COMMENT ON COLUMN checkouts.ip_country IS 'As a trusted proxy told it; the address itself is kept nowhere.'`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN ip_country');
  }
}
