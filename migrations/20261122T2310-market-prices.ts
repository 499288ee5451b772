import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Prices that a market has of its own, instead of the store's at its rate. */
export class MarketPrices1795389000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Minor units of the market's currency. The ledger has them in the list that is named by the market's id.
      CREATE TABLE market_prices (
        store_id uuid NOT NULL,
        market_id uuid NOT NULL,
        variant_id uuid NOT NULL,
        price_minor bigint NOT NULL CHECK (price_minor >= 0),
        compare_at_minor bigint CHECK (compare_at_minor >= 0),
        PRIMARY KEY (store_id, variant_id, market_id),
        FOREIGN KEY (store_id, market_id) REFERENCES markets ON DELETE CASCADE,
        FOREIGN KEY (store_id, variant_id) REFERENCES variants ON DELETE CASCADE
      );
      CREATE INDEX market_prices_by_market ON market_prices (store_id, market_id, variant_id);
    `);
    await q.query(storeTable('market_prices'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE market_prices');
  }
}
