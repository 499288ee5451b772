import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Markets that sell in currencies of their own, the history of their rates, and the reference rates they come from. */
export class Markets1795320600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE markets (
        store_id uuid NOT NULL REFERENCES stores,
        market_id uuid NOT NULL,
        name text NOT NULL CHECK (name <> ''),
        -- ISO 3166-1 alpha-2; a country is in one market, every other one at home.
        countries text[] NOT NULL,
        currency text NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        rate_source text NOT NULL CHECK (rate_source IN ('manual', 'ecb')),
        markup_ppm int NOT NULL DEFAULT 0 CHECK (markup_ppm > -1000000),
        ending jsonb,
        frozen_until timestamptz,
        prior_price jsonb NOT NULL,
        -- Why a fetched rate was not applied.
        alarm jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, market_id)
      );
      -- How base prices were converted when; it outlives every order at that rate.
      CREATE TABLE rate_intervals (
        store_id uuid NOT NULL,
        interval_id uuid NOT NULL,
        market_id uuid NOT NULL,
        -- Units of the market's currency for one of the store's, in ten-thousand-millionths.
        rate_1e10 bigint NOT NULL CHECK (rate_1e10 > 0),
        markup_ppm int NOT NULL,
        ending jsonb,
        source text NOT NULL,
        -- The day of the reference rate.
        rate_day date,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz,
        actor text NOT NULL,
        PRIMARY KEY (store_id, interval_id),
        FOREIGN KEY (store_id, market_id) REFERENCES markets
      );
      CREATE UNIQUE INDEX rate_intervals_open ON rate_intervals (store_id, market_id) WHERE ends_at IS NULL;
      CREATE INDEX rate_intervals_by_market ON rate_intervals (store_id, market_id, starts_at);
      -- The last rates of each source: units of the currency for one euro.
      CREATE TABLE reference_rates (
        source text NOT NULL,
        currency text NOT NULL,
        rate_1e10 bigint NOT NULL CHECK (rate_1e10 > 0),
        rate_day date NOT NULL,
        fetched_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (source, currency)
      );
      ALTER TABLE carts ADD COLUMN market text NOT NULL DEFAULT 'home';
    `);
    for (const table of ['markets', 'rate_intervals']) await q.query(storeTable(table));
    await q.query(`
      REVOKE UPDATE, DELETE ON rate_intervals FROM caravel_app;
      GRANT UPDATE (ends_at) ON rate_intervals TO caravel_app;
      CREATE POLICY closed_once ON rate_intervals AS RESTRICTIVE FOR UPDATE TO caravel_app
        USING (ends_at IS NULL) WITH CHECK (ends_at IS NOT NULL);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE carts DROP COLUMN market;
      DROP TABLE reference_rates, rate_intervals, markets;
    `);
  }
}
