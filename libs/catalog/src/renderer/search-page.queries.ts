import type { StoreReader } from '@platform/database';
import type { Listing } from './collection-pages.queries';
import { filterSql, listCondition, SqlParameters } from './filters/filter-sql';
import { cardJson, sortSql } from './page-sql';
import type { ProductRow } from './product-row';

/** One page of what was found, and how much there is in all. */
export interface FoundProducts {
  count: number;
  products: ProductRow[];
}

/** The answer to a question without words. */
export const nothingFound: FoundProducts = { count: 0, products: [] };

/**
 * Products that a shopper may see and that match; the best first when no order is asked for.
 * @param wanted the text of a tsquery
 */
export async function findProducts(
  store: StoreReader,
  wanted: string,
  { sort, limit, offset, filters, currency }: Listing,
): Promise<FoundProducts> {
  const known = sort === null || sort === 'manual' ? null : sort;
  const order = known === null ? 'p.rank DESC, p.product_id DESC' : sortSql[known];
  const parameters = new SqlParameters([store.storeId, wanted, limit, offset]);
  const condition = listCondition(filterSql(filters, currency, parameters));
  const [found] = await store.query<FoundProducts>(
    `WITH found AS MATERIALIZED (
       SELECT p.*, s.rank FROM search_products($2::tsquery, true) s JOIN products p USING (product_id)
       WHERE p.store_id = $1${condition})
     SELECT (SELECT count(*)::int FROM found) AS count,
       (SELECT coalesce(jsonb_agg(${cardJson} ORDER BY p.place), '[]') FROM (
         SELECT p.*, row_number() OVER (ORDER BY ${order}) AS place
         FROM found p ORDER BY place LIMIT $3 OFFSET $4) p) AS products`,
    parameters.values,
  );
  return found ?? nothingFound;
}
