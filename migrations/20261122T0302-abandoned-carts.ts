import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  CREATE TABLE abandoned_cart_settings (
    store_id uuid PRIMARY KEY REFERENCES stores,
    -- null: no mails; checkouts that were begun before are left alone
    enabled_at timestamptz,
    delay_hours int NOT NULL DEFAULT 10 CHECK (delay_hours BETWEEN 1 AND 20),
    version int NOT NULL DEFAULT 1
  );
  CREATE TABLE abandoned_cart_mails (
    store_id uuid NOT NULL REFERENCES stores,
    checkout_id uuid NOT NULL,
    cart_id uuid NOT NULL,
    email text NOT NULL,
    locale text NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    PRIMARY KEY (store_id, checkout_id),
    UNIQUE (store_id, cart_id)
  );
  CREATE TABLE marketing_opt_outs (
    store_id uuid NOT NULL REFERENCES stores,
    email text NOT NULL CHECK (email = lower(email)),
    source text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, email)
  );
`;

/** Reminders of carts that were left, and who wants none. */
export class AbandonedCarts1795316520000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    for (const table of ['abandoned_cart_settings', 'abandoned_cart_mails', 'marketing_opt_outs'])
      await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE marketing_opt_outs, abandoned_cart_mails, abandoned_cart_settings');
  }
}
