import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** What announced reductions are compared with, per market; and a ledger that can be closed and never opened again. */
export class PriceFacts1795320000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- The lowest price of the 30 days before a reduction (Directive 98/6/EC, Article 6a), computed from price_intervals.
      CREATE TABLE variant_price_facts (
        store_id uuid NOT NULL,
        variant_id uuid NOT NULL,
        market text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('sale', 'automatic_discount')),
        prior_minor bigint NOT NULL CHECK (prior_minor >= 0),
        reduction_since timestamptz NOT NULL,
        on_market_since timestamptz NOT NULL,
        PRIMARY KEY (store_id, variant_id, market),
        FOREIGN KEY (store_id, variant_id) REFERENCES variants ON DELETE CASCADE
      );
      -- An interval that has ended keeps its end.
      CREATE POLICY closed_once ON price_intervals AS RESTRICTIVE FOR UPDATE TO caravel_app
        USING (ends_at IS NULL) WITH CHECK (ends_at IS NOT NULL);
      -- Prices that no interval tells of: known from now on.
      INSERT INTO price_intervals (store_id, interval_id, variant_id, amount_minor, currency, kind, starts_at, cause, actor)
      SELECT v.store_id, gen_random_uuid(), v.variant_id, v.price_minor, v.currency,
        CASE WHEN v.compare_at_minor > v.price_minor THEN 'sale' ELSE 'list' END, now(), 'backfill', 'system'
      FROM variants v WHERE NOT EXISTS (
        SELECT FROM price_intervals i WHERE i.store_id = v.store_id AND i.variant_id = v.variant_id
          AND i.price_list = 'base' AND i.ends_at IS NULL);
      -- Reductions that run already are computed as soon as a worker is there.
      INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts, dedupe_key)
      SELECT gen_random_uuid(), store_id, 'catalog.recompute-price-facts', 1, 'heavy', '{}', 12, 'facts'
      FROM stores WHERE state <> 'closed';
    `);
    await q.query(storeTable('variant_price_facts'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP POLICY closed_once ON price_intervals;
      DROP TABLE variant_price_facts;
    `);
  }
}
