import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** The tables of the checkout slice: carts and what is in them. */
export class Checkout1795284000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE carts (
        store_id uuid NOT NULL REFERENCES stores,
        cart_id uuid NOT NULL,
        -- Of the shopper's cookie; the token itself is kept nowhere.
        token_hash text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'converted', 'merged', 'abandoned')),
        currency text NOT NULL,
        note text,
        attributes jsonb NOT NULL DEFAULT '{}',
        version int NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, cart_id),
        UNIQUE (store_id, token_hash)
      );
      CREATE INDEX carts_idle ON carts (store_id, updated_at) WHERE state = 'open';
      -- Prices are not kept: until a checkout freezes them, the catalogue's present ones apply.
      CREATE TABLE cart_lines (
        store_id uuid NOT NULL,
        cart_id uuid NOT NULL,
        line_key text NOT NULL,
        variant_id uuid NOT NULL,
        quantity int NOT NULL CHECK (quantity > 0),
        -- [["Engraving", "For Ada"]]: pairs, since a jsonb object forgets the order that the shopper saw.
        properties jsonb NOT NULL DEFAULT '[]',
        position int NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, cart_id, line_key),
        FOREIGN KEY (store_id, cart_id) REFERENCES carts ON DELETE CASCADE,
        FOREIGN KEY (store_id, variant_id) REFERENCES variants ON DELETE CASCADE
      );
      CREATE INDEX cart_lines_by_variant ON cart_lines (store_id, variant_id);
    `);
    for (const table of ['carts', 'cart_lines']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE cart_lines, carts');
  }
}
