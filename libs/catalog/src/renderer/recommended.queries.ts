import type { StoreReader } from '@platform/database';
import type { Intent } from '../recommendations/recommendations.queries';
import { visible } from './page-sql';

/** What is asked about a product. */
export interface RecommendationsWanted {
  /** Its public id. */
  productId: string;
  intent: Intent;
  limit: number;
}

/**
 * Visible products that go with one, in the merchant's order. Related ones are filled up with what is alike: most
 * collections in common first, then the same kind, maker or words. What complements another, merchants alone know.
 * @param columns SQL over `p`, what is wanted of each
 */
export function findRecommended<Row>(
  store: StoreReader,
  columns: string,
  { productId, intent, limit }: RecommendationsWanted,
): Promise<Row[]> {
  const sql = intent === 'related' ? related(columns) : complementary(columns);
  return store.query<Row>(sql, [store.storeId, Number(productId), limit]);
}

function complementary(columns: string): string {
  return `SELECT ${columns} FROM products self
     JOIN product_recommendations picked ON picked.store_id = $1 AND picked.product_id = self.product_id
       AND picked.intent = 'complementary'
     JOIN products p ON p.store_id = $1 AND p.product_id = picked.recommended_id
     WHERE self.store_id = $1 AND self.public_id = $2 AND ${visible} ORDER BY picked.position LIMIT $3`;
}

function related(columns: string): string {
  return `SELECT ${columns} FROM (
       SELECT p.*, picked.position AS picked, near.shared,
         (p.product_type <> '' AND p.product_type = self.product_type)::int * 2
           + (p.vendor <> '' AND p.vendor = self.vendor)::int
           + (SELECT count(*) FROM unnest(p.tags) tag WHERE tag = ANY (self.tags)) AS alike
       FROM products self JOIN products p ON p.store_id = $1 AND p.product_id <> self.product_id
       LEFT JOIN product_recommendations picked ON picked.store_id = $1
         AND picked.product_id = self.product_id AND picked.intent = 'related'
         AND picked.recommended_id = p.product_id
       LEFT JOIN (
         SELECT other.product_id, count(*) AS shared FROM products own
         JOIN collection_products mine USING (store_id, product_id)
         JOIN collection_products other ON other.store_id = $1 AND other.collection_id = mine.collection_id
         WHERE own.store_id = $1 AND own.public_id = $2 GROUP BY other.product_id) near
         ON near.product_id = p.product_id
       WHERE self.store_id = $1 AND self.public_id = $2 AND ${visible}) p
     WHERE p.picked IS NOT NULL OR p.shared IS NOT NULL OR p.alike > 0
     ORDER BY p.picked, p.shared DESC NULLS LAST, p.alike DESC, p.product_id DESC LIMIT $3`;
}
