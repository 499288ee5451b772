import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Automatic discounts that are open to everyone: what they take off is an applied price, which the ledger keeps. */
export class GeneralDiscounts1795388400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- When a discount took how much off what. A change ends the row and begins another; one that never began ends
      -- where it begins.
      CREATE TABLE general_discounts (
        store_id uuid NOT NULL,
        general_discount_id uuid NOT NULL,
        discount_id uuid NOT NULL,
        -- {productIds, variantIds, collectionIds, tags}, alternatives; {} is every product.
        targets jsonb NOT NULL,
        -- {ppm} or {amountMinor}, off each unit.
        benefit jsonb NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz CHECK (ends_at >= starts_at),
        PRIMARY KEY (store_id, general_discount_id),
        FOREIGN KEY (store_id) REFERENCES stores ON DELETE CASCADE
      );
      CREATE INDEX general_discounts_by_discount ON general_discounts (store_id, discount_id, ends_at);
      ALTER TABLE price_intervals
        -- Of an automatic discount: the price that it is taken off, and what was taken: [{discountId, ppm|amountMinor}].
        ADD COLUMN list_minor bigint CHECK (list_minor >= amount_minor),
        ADD COLUMN list_kind text CHECK (list_kind IN ('list', 'sale')),
        ADD COLUMN discounts jsonb,
        ADD CONSTRAINT price_intervals_discounted CHECK ((kind = 'automatic_discount')
          = (list_minor IS NOT NULL AND list_kind IS NOT NULL AND discounts IS NOT NULL));
      -- One price runs in a list, of whatever kind.
      DROP INDEX price_intervals_open;
      CREATE UNIQUE INDEX price_intervals_open ON price_intervals (store_id, variant_id, price_list)
        WHERE ends_at IS NULL;
      CREATE INDEX price_intervals_discounted ON price_intervals (store_id, variant_id)
        WHERE ends_at IS NULL AND kind = 'automatic_discount';
      -- Discounts that run already count from now on.
      INSERT INTO general_discounts (store_id, general_discount_id, discount_id, targets, benefit, starts_at, ends_at)
      SELECT store_id, gen_random_uuid(), discount_id, rule -> 'targets',
        CASE WHEN rule -> 'benefit' ? 'percent'
          THEN jsonb_build_object('ppm', round((rule -> 'benefit' ->> 'percent')::numeric * 10000))
          ELSE jsonb_build_object('amountMinor', rule -> 'benefit' -> 'amountMinor') END,
        date_trunc('milliseconds', greatest(now(), starts_at)), date_trunc('milliseconds', ends_at)
      FROM discounts
      WHERE method = 'automatic' AND enabled AND rule ->> 'kind' = 'amount_off' AND rule ->> 'on' = 'products'
        AND (rule -> 'benefit' ? 'percent' OR (rule -> 'benefit' ->> 'each')::boolean)
        AND groups IS NULL AND minimum IS NULL AND usage_limit IS NULL AND NOT once_per_customer
        AND (ends_at IS NULL OR ends_at > greatest(now(), starts_at));
      INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts, run_at)
      SELECT gen_random_uuid(), store_id, 'catalog.note-discounts', 1, 'steady', '{}', 12, moment
      FROM general_discounts, unnest(ARRAY[starts_at, ends_at]) AS m (moment) WHERE moment IS NOT NULL;
    `);
    await q.query(storeTable('general_discounts'));
    await q.query(`
      REVOKE UPDATE, DELETE ON general_discounts FROM caravel_app;
      GRANT UPDATE (ends_at) ON general_discounts TO caravel_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE general_discounts;
      DROP INDEX price_intervals_discounted;
      DROP INDEX price_intervals_open;
      CREATE UNIQUE INDEX price_intervals_open ON price_intervals (store_id, variant_id, price_list, kind)
        WHERE ends_at IS NULL;
      ALTER TABLE price_intervals DROP CONSTRAINT price_intervals_discounted,
        DROP COLUMN list_minor, DROP COLUMN list_kind, DROP COLUMN discounts;
    `);
  }
}
