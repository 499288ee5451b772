import type { StoreReader } from '@platform/database';
import { cardJson, type Sort, sortSql } from './page-sql';
import type { ProductRow } from './product-row';

/** One page of what was found, and how much there is in all. */
export interface FoundProducts {
  count: number;
  products: ProductRow[];
}

/** The answer to a question without words. */
export const nothingFound: FoundProducts = { count: 0, products: [] };

/**
 * Products that a shopper may see and that match.
 * @param wanted the text of a tsquery
 * @param sort null for the best first
 */
export async function findProducts(
  store: StoreReader,
  wanted: string,
  sort: Exclude<Sort, 'manual'> | null,
  { limit, offset }: { limit: number; offset: number },
): Promise<FoundProducts> {
  const order = sort === null ? 'f.rank DESC, p.product_id DESC' : sortSql[sort];
  const [found] = await store.query<FoundProducts>(
    `WITH found AS MATERIALIZED (SELECT * FROM search_products($2::tsquery, true))
     SELECT (SELECT count(*)::int FROM found) AS count,
       (SELECT coalesce(jsonb_agg(${cardJson} ORDER BY p.place), '[]') FROM (
         SELECT p.*, row_number() OVER (ORDER BY ${order}) AS place
         FROM found f JOIN products p USING (product_id) WHERE p.store_id = $1
         ORDER BY place LIMIT $3 OFFSET $4) p) AS products`,
    [store.storeId, wanted, limit, offset],
  );
  return found ?? nothingFound;
}
