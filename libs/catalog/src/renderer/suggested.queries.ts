import type { StoreReader } from '@platform/database';
import { canBeBought } from './page-sql';

/** Which products are suggested to somebody who types. */
export interface SuggestionWindow {
  limit: number;
  /** Products that are sold out: among the others, left out, or behind them. */
  unavailable: 'show' | 'hide' | 'last';
}

/** So many of the best are asked whether they can be bought, where those that cannot come last. */
const mostJudged = 60;

const buyable = `EXISTS (SELECT FROM variants v
  WHERE v.store_id = p.store_id AND v.product_id = p.product_id AND ${canBeBought})`;

/**
 * Visible products that match, the best first.
 * @param columns SQL over `p`, what is wanted of each @param wanted the text of a tsquery
 */
export function findSuggested<Row>(
  store: StoreReader,
  columns: string,
  wanted: string,
  { limit, unavailable }: SuggestionWindow,
): Promise<Row[]> {
  const judged = { show: limit, hide: null, last: mostJudged }[unavailable];
  return store.query<Row>(
    `WITH best AS MATERIALIZED (
       SELECT p.*, s.rank FROM search_products($2::tsquery, true) s JOIN products p USING (product_id)
       WHERE p.store_id = $1 ORDER BY s.rank DESC, p.product_id DESC LIMIT $3::int),
     judged AS MATERIALIZED (
       SELECT p.*, ${unavailable === 'show' ? 'true' : buyable} AS buyable FROM best p)
     SELECT ${columns} FROM (
       SELECT * FROM judged WHERE buyable OR $5::boolean
       ORDER BY buyable DESC, rank DESC, product_id DESC LIMIT $4) p
     ORDER BY p.buyable DESC, p.rank DESC, p.product_id DESC`,
    [store.storeId, wanted, judged, limit, unavailable !== 'hide'],
  );
}
