import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gift cards and store credit: what a store owes its shoppers. */
export class StoredValue1795295100000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE stored_value_accounts (
        store_id uuid NOT NULL REFERENCES stores,
        account_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('gift_card', 'store_credit')),
        -- Of a gift card's code: the code itself is kept nowhere.
        code_hash text,
        last_characters text,
        -- Of store credit: one account for each customer and currency.
        customer_id uuid,
        currency text NOT NULL,
        -- What can be spent: everything that came in, less what was spent or is held.
        balance_minor bigint NOT NULL DEFAULT 0 CHECK (balance_minor >= 0),
        expires_at timestamptz,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, account_id),
        UNIQUE (store_id, code_hash),
        CHECK ((kind = 'gift_card') = (code_hash IS NOT NULL)),
        CHECK ((kind = 'store_credit') = (customer_id IS NOT NULL))
      );
      CREATE UNIQUE INDEX stored_value_credit ON stored_value_accounts (store_id, customer_id, currency)
        WHERE customer_id IS NOT NULL;

      -- What a checkout has set aside. Whoever changes the row owns the effect.
      CREATE TABLE stored_value_holds (
        store_id uuid NOT NULL,
        checkout_id uuid NOT NULL,
        account_id uuid NOT NULL,
        amount_minor bigint NOT NULL CHECK (amount_minor > 0),
        state text NOT NULL CHECK (state IN ('held', 'spent', 'released')),
        order_id uuid,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, checkout_id, account_id),
        FOREIGN KEY (store_id, account_id) REFERENCES stored_value_accounts
      );
      CREATE INDEX stored_value_holds_by_order ON stored_value_holds (store_id, order_id) WHERE order_id IS NOT NULL;

      -- Append-only: the balance is the sum of these.
      CREATE TABLE stored_value_entries (
        store_id uuid NOT NULL,
        entry_id uuid NOT NULL,
        account_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('issue', 'hold', 'release', 'spend', 'refund')),
        -- Added to the balance. A hold takes it off, a release gives it back, spending a hold changes nothing more.
        delta_minor bigint NOT NULL,
        -- What the entry is about: a checkout for hold and release, an order for spend, the asker's key for others.
        ref text NOT NULL,
        order_id uuid,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, entry_id),
        FOREIGN KEY (store_id, account_id) REFERENCES stored_value_accounts
      );
      CREATE UNIQUE INDEX stored_value_entries_once ON stored_value_entries (store_id, account_id, kind, ref)
        WHERE kind IN ('issue', 'refund');
      CREATE INDEX stored_value_entries_by_account ON stored_value_entries (store_id, account_id, at);
    `);
    for (const table of ['stored_value_accounts', 'stored_value_holds', 'stored_value_entries']) {
      await q.query(storeTable(table));
    }
    await q.query('REVOKE UPDATE, DELETE ON stored_value_entries FROM caravel_app');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE stored_value_entries, stored_value_holds, stored_value_accounts');
  }
}
