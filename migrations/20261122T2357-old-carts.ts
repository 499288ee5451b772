import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds carts that idled away or are over for long, and checkouts that ended without an order and still name somebody. */
export class OldCarts1795391820000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE checkouts ADD COLUMN forgotten_at timestamptz;
      CREATE INDEX carts_untouched ON carts (updated_at) WHERE state = 'open';
      CREATE INDEX carts_over ON carts (updated_at) WHERE state <> 'open' AND customer_id IS NULL;
      CREATE INDEX checkouts_over ON checkouts (expires_at)
        WHERE state = 'expired' AND terms IS NULL AND forgotten_at IS NULL;
      CREATE INDEX checkouts_by_cart ON checkouts (store_id, cart_id) WHERE cart_id IS NOT NULL;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP INDEX checkouts_by_cart, checkouts_over, carts_over, carts_untouched;
      ALTER TABLE checkouts DROP COLUMN forgotten_at;
    `);
  }
}
