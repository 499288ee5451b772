import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Prices that begin and end by themselves. */
export class PriceSchedules1795392900000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE price_schedules (
        store_id uuid NOT NULL REFERENCES stores,
        schedule_id uuid NOT NULL,
        title text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
        -- missed: its end had come before it could begin.
        state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'ended', 'cancelled', 'missed')),
        -- When it begins or ends next; null once it is over.
        next_at timestamptz,
        began_at timestamptz,
        over_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, schedule_id),
        CHECK ((next_at IS NULL) = (state IN ('ended', 'cancelled', 'missed'))),
        CHECK ((over_at IS NULL) = (next_at IS NOT NULL)),
        CHECK (state NOT IN ('running', 'ended') OR began_at IS NOT NULL)
      );
      CREATE INDEX price_schedules_due ON price_schedules (next_at) WHERE next_at IS NOT NULL;
      CREATE TABLE scheduled_prices (
        store_id uuid NOT NULL,
        schedule_id uuid NOT NULL,
        variant_id uuid NOT NULL,
        -- Minor units of the store's currency.
        price_minor bigint NOT NULL CHECK (price_minor >= 0),
        compare_at_minor bigint CHECK (compare_at_minor >= 0),
        -- What it cost when the schedule began, to be put back at its end.
        before_minor bigint,
        before_compare_at_minor bigint,
        PRIMARY KEY (store_id, schedule_id, variant_id),
        FOREIGN KEY (store_id, schedule_id) REFERENCES price_schedules ON DELETE CASCADE,
        FOREIGN KEY (store_id, variant_id) REFERENCES variants ON DELETE CASCADE
      );
      CREATE INDEX scheduled_prices_by_variant ON scheduled_prices (store_id, variant_id);
    `);
    for (const table of ['price_schedules', 'scheduled_prices']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE scheduled_prices, price_schedules');
  }
}
