import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Whom the gift cards of an order's line are for, and when their codes are mailed. */
export class GiftRecipients1795392060000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE order_gift_recipients (
        store_id uuid NOT NULL,
        order_line_id uuid NOT NULL,
        order_id uuid NOT NULL,
        -- Null once it was erased who it was.
        email text,
        name text,
        message text,
        -- A day where the store is; null for at once.
        send_on date,
        PRIMARY KEY (store_id, order_line_id),
        FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines,
        FOREIGN KEY (store_id, order_id) REFERENCES orders
      );
      CREATE INDEX order_gift_recipients_by_order ON order_gift_recipients (store_id, order_id);
      CREATE INDEX order_gift_recipients_by_email ON order_gift_recipients (store_id, lower(email));

      -- When the recipient is mailed the code, and when that was done; both null for a card whose code the buyer gets.
      ALTER TABLE order_gift_cards ADD COLUMN due_at timestamptz, ADD COLUMN sent_at timestamptz;
      CREATE INDEX order_gift_cards_due ON order_gift_cards (due_at)
        WHERE due_at IS NOT NULL AND sent_at IS NULL AND withdrawn_at IS NULL;
    `);
    await q.query(storeTable('order_gift_recipients'));
    await q.query('REVOKE DELETE ON order_gift_recipients FROM caravel_app, caravel_across');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP INDEX order_gift_cards_due;
      ALTER TABLE order_gift_cards DROP COLUMN due_at, DROP COLUMN sent_at;
      DROP TABLE order_gift_recipients;
    `);
  }
}
