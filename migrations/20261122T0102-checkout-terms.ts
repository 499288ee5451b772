import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff agreed on with a shopper: it replaces the catalogue's prices and the store's discounts. */
export class CheckoutTerms1795309320000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- {kind, sale, tags, orderId, until, reservedUntil, requestedAt, deletedAt}, see terms.ts; null for a shopper's own.
      ALTER TABLE checkouts ADD COLUMN terms jsonb;
      CREATE INDEX checkouts_drafted ON checkouts (store_id, checkout_id) WHERE terms IS NOT NULL;
      CREATE INDEX checkouts_reserved ON checkouts (checkout_id)
        WHERE state = 'open' AND terms ->> 'reservedUntil' IS NOT NULL;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN terms');
  }
}
