import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** The gift cards that orders bought: which unit of which line became which account. */
export class SoldGiftCards1795349400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE order_gift_cards (
        store_id uuid NOT NULL,
        order_line_id uuid NOT NULL,
        -- Counts the cards of a line from 1.
        unit integer NOT NULL CHECK (unit > 0),
        order_id uuid NOT NULL,
        account_id uuid NOT NULL,
        sealed_code text NOT NULL,
        -- When it was taken back, since its unit was refunded or taken out.
        withdrawn_at timestamptz,
        PRIMARY KEY (store_id, order_line_id, unit),
        UNIQUE (store_id, account_id),
        FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines,
        FOREIGN KEY (store_id, order_id) REFERENCES orders
      );
      CREATE INDEX order_gift_cards_by_order ON order_gift_cards (store_id, order_id);
    `);
    await q.query(storeTable('order_gift_cards'));
    await q.query('REVOKE DELETE ON order_gift_cards FROM caravel_app, caravel_across');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE order_gift_cards');
  }
}
