import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Orders whose money a provider refused to take, and what a store does with them and with disputed ones. */
export class UnpaidOrders1795391880000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE order_settings (
        store_id uuid PRIMARY KEY REFERENCES stores,
        cancel_unpaid boolean NOT NULL,
        hold_disputed boolean NOT NULL
      );
      -- When the shopper was asked to pay another way, and until when they have time.
      ALTER TABLE orders ADD COLUMN asked_to_pay_at timestamptz, ADD COLUMN unpaid_until timestamptz;
      CREATE INDEX orders_unpaid ON orders (unpaid_until) WHERE unpaid_until IS NOT NULL;
    `);
    await q.query(storeTable('order_settings'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE orders DROP COLUMN unpaid_until, DROP COLUMN asked_to_pay_at;
      DROP TABLE order_settings;
    `);
  }
}
