import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** What the clock finds when it compares a store's sums with the rows that they follow from. */
export class StoreFaults1795323660000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE store_checks (
        store_id uuid PRIMARY KEY REFERENCES stores,
        -- When the last look began, and the last one at everything.
        checked_at timestamptz NOT NULL,
        whole_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL
      );
      CREATE TABLE store_faults (
        store_id uuid NOT NULL REFERENCES stores,
        -- Area, kind and subject: the same fault at another look, whatever its numbers are by then.
        fault_key text NOT NULL,
        area text NOT NULL CHECK (area IN ('stock', 'orders', 'payments', 'discounts')),
        kind text NOT NULL,
        subject text NOT NULL,
        found text NOT NULL,
        expected text NOT NULL,
        mendable boolean NOT NULL,
        first_seen_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        -- Null while one look alone has seen it: it may have been a sale under way.
        confirmed_at timestamptz,
        cleared_at timestamptz,
        PRIMARY KEY (store_id, fault_key)
      );
    `);
    for (const table of ['store_checks', 'store_faults']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE store_faults, store_checks');
  }
}
