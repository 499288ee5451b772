import type { StoreReader, StoreWriter } from '@platform/database';
import { PricesChanged } from '../catalog.events';
import { collectionsOf } from '../collections/membership.queries';
import type { MarketPrice } from '../contract/market-prices.contract';
import { refreshPriceFacts } from './price-facts.queries';
import { syncLedger } from './price-ledger.queries';

/** A market's own prices of variants, by variant. @param after the variant that ended the last page */
export function listMarketPrices(
  store: StoreReader,
  marketId: string,
  { limit, after }: { limit: number; after: string | null },
): Promise<MarketPrice[]> {
  return store.query<MarketPrice>(
    `SELECT variant_id AS "variantId", price_minor AS "priceMinor", compare_at_minor AS "compareAtMinor"
     FROM market_prices WHERE store_id = $1 AND market_id = $2 AND ($3::uuid IS NULL OR variant_id > $3)
     ORDER BY variant_id LIMIT $4`,
    [store.storeId, marketId, after, limit],
  );
}

/**
 * Locks the products of variants, in the order in which everybody does.
 * @returns the variants that the store has, with their products
 */
export async function lockVariants(
  store: StoreWriter,
  variantIds: readonly string[],
): Promise<Map<string, string>> {
  await store.query(
    `SELECT FROM products WHERE store_id = $1 AND product_id IN (
       SELECT product_id FROM variants WHERE store_id = $1 AND variant_id = ANY ($2::uuid[]))
     ORDER BY product_id FOR NO KEY UPDATE`,
    [store.storeId, variantIds],
  );
  const rows = await store.query<{ variantId: string; productId: string }>(
    `SELECT variant_id AS "variantId", product_id AS "productId" FROM variants
     WHERE store_id = $1 AND variant_id = ANY ($2::uuid[])`,
    [store.storeId, variantIds],
  );
  return new Map(rows.map(({ variantId, productId }) => [variantId, productId]));
}

/** Writes a market's own prices; the products have to be locked. */
export async function putMarketPrices(
  store: StoreWriter,
  marketId: string,
  prices: readonly MarketPrice[],
): Promise<void> {
  await store.execute(
    `INSERT INTO market_prices AS p (store_id, market_id, variant_id, price_minor, compare_at_minor)
     SELECT $1, $2, "variantId", "priceMinor", "compareAtMinor"
     FROM jsonb_to_recordset($3::jsonb) AS r ("variantId" uuid, "priceMinor" bigint, "compareAtMinor" bigint)
     ON CONFLICT (store_id, variant_id, market_id) DO UPDATE SET price_minor = excluded.price_minor,
       compare_at_minor = excluded.compare_at_minor`,
    [store.storeId, marketId, JSON.stringify(prices)],
  );
}

/** Takes prices away; what is sold there costs the store's price at the market's rate again. */
export async function removeMarketPrices(
  store: StoreWriter,
  marketId: string,
  variantIds: readonly string[],
): Promise<void> {
  await store.execute(
    `DELETE FROM market_prices WHERE store_id = $1 AND market_id = $2 AND variant_id = ANY ($3::uuid[])`,
    [store.storeId, marketId, variantIds],
  );
}

/** Brings ledger, prior prices and pages up to what was written. @param products of the variants, which are locked */
export async function noteMarketPrices(
  store: StoreWriter,
  products: ReadonlyMap<string, string>,
): Promise<void> {
  const [row] = await store.query<{ at: Date }>('SELECT clock_timestamp() AS at');
  const at = (row?.at ?? new Date()).toISOString();
  const scope = { variantIds: [...products.keys()], productIds: [] };
  const { changed } = await syncLedger(store, scope, { at, cause: 'edit' });
  await refreshPriceFacts(store, [...new Set(changed)]);
  const productIds = [...new Set(products.values())];
  const collectionIds = await collectionsOf(store, productIds);
  if (changed.length > 0) store.publish(PricesChanged, { productIds, collectionIds });
}
