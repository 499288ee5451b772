import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Checkouts: frozen copies of carts on their way to an order. */
export class Checkouts1795296600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE checkouts (
        store_id uuid NOT NULL REFERENCES stores,
        checkout_id uuid NOT NULL,
        -- Of the address that leads back to it; the token itself is kept nowhere.
        token_hash text NOT NULL,
        -- Of the cookie of the browser that began it: only there, the status page shows name and address.
        browser_hash text,
        -- Null for a checkout that no cart led to.
        cart_id uuid,
        cart_version int,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paying', 'completed', 'expired')),
        version int NOT NULL DEFAULT 1,
        locale text NOT NULL,
        currency text NOT NULL,
        source text,
        -- The cart's lines as they were: {id, variantId, quantity, properties, title, …}, see checkout.ts.
        lines jsonb NOT NULL,
        note text,
        attributes jsonb NOT NULL DEFAULT '{}',
        email text,
        phone text,
        shipping_address jsonb,
        -- Null is the same as the shipping address.
        billing_address jsonb,
        delivery_rate_id text,
        codes text[] NOT NULL DEFAULT '{}',
        -- The method with its title and terms as they were when it was chosen.
        payment_method jsonb,
        consent jsonb,
        delivery_options jsonb NOT NULL DEFAULT '[]',
        quote jsonb,
        quote_hash text,
        -- Of the attempt to pay that is under way, or the last one.
        pay_key text,
        payment_id uuid,
        failure text,
        order_id uuid,
        expires_at timestamptz NOT NULL,
        completed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, checkout_id),
        UNIQUE (store_id, token_hash),
        FOREIGN KEY (store_id, cart_id) REFERENCES carts,
        CHECK ((state = 'completed') = (order_id IS NOT NULL)),
        CHECK (state <> 'paying' OR pay_key IS NOT NULL)
      );
      -- A cart is paid for once at a time.
      CREATE UNIQUE INDEX checkouts_of_cart ON checkouts (store_id, cart_id) WHERE state IN ('open', 'paying');
      CREATE INDEX checkouts_due ON checkouts (expires_at) WHERE state IN ('open', 'paying');
      CREATE INDEX checkouts_by_order ON checkouts (store_id, order_id) WHERE order_id IS NOT NULL;
    `);
    await q.query(storeTable('checkouts'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE checkouts');
  }
}
