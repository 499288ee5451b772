import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Units on their way from one location to another. */
export class StockTransfers1795392720000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE stock_transfers (
        store_id uuid NOT NULL REFERENCES stores,
        transfer_id uuid NOT NULL,
        from_location_id uuid NOT NULL,
        to_location_id uuid NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'shipped', 'received', 'cancelled')),
        note text,
        created_at timestamptz NOT NULL DEFAULT now(),
        shipped_at timestamptz,
        closed_at timestamptz,
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, transfer_id),
        FOREIGN KEY (store_id, from_location_id) REFERENCES locations,
        FOREIGN KEY (store_id, to_location_id) REFERENCES locations,
        CHECK (from_location_id <> to_location_id)
      );
      CREATE TABLE stock_transfer_lines (
        store_id uuid NOT NULL,
        transfer_id uuid NOT NULL,
        item_id uuid NOT NULL,
        quantity int NOT NULL CHECK (quantity > 0),
        -- Of quantity, what came and is on the shelf, and what came or was lost and is not.
        received int NOT NULL DEFAULT 0 CHECK (received >= 0),
        rejected int NOT NULL DEFAULT 0 CHECK (rejected >= 0),
        PRIMARY KEY (store_id, transfer_id, item_id),
        FOREIGN KEY (store_id, transfer_id) REFERENCES stock_transfers,
        CHECK (received + rejected <= quantity)
      );
      ALTER TABLE stock_movements ADD COLUMN delta_incoming int NOT NULL DEFAULT 0;
    `);
    await q.query(storeTable('stock_transfers'));
    await q.query(storeTable('stock_transfer_lines'));
    await q.query('REVOKE DELETE ON stock_transfers, stock_transfer_lines FROM caravel_app');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE stock_transfer_lines;
      DROP TABLE stock_transfers;
      ALTER TABLE stock_movements DROP COLUMN delta_incoming;
    `);
  }
}
