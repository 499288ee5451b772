import type { StoreReader } from '@platform/database';
import { visible } from './page-sql';

/**
 * Visible products that go with one: most collections in common first, then the same kind, maker or words.
 * @param columns SQL over `p`, what is wanted of each @param productId the public id of the one
 */
export function findRecommended<Row>(
  store: StoreReader,
  columns: string,
  productId: string,
  limit: number,
): Promise<Row[]> {
  return store.query<Row>(
    `SELECT ${columns} FROM (
       SELECT p.*, near.shared,
         (p.product_type <> '' AND p.product_type = self.product_type)::int * 2
           + (p.vendor <> '' AND p.vendor = self.vendor)::int
           + (SELECT count(*) FROM unnest(p.tags) tag WHERE tag = ANY (self.tags)) AS alike
       FROM products self JOIN products p ON p.store_id = $1 AND p.product_id <> self.product_id
       LEFT JOIN (
         SELECT other.product_id, count(*) AS shared FROM products own
         JOIN collection_products mine USING (store_id, product_id)
         JOIN collection_products other ON other.store_id = $1 AND other.collection_id = mine.collection_id
         WHERE own.store_id = $1 AND own.public_id = $2 GROUP BY other.product_id) near
         ON near.product_id = p.product_id
       WHERE self.store_id = $1 AND self.public_id = $2 AND ${visible}) p
     WHERE p.shared IS NOT NULL OR p.alike > 0
     ORDER BY p.shared DESC NULLS LAST, p.alike DESC, p.product_id DESC LIMIT $3`,
    [store.storeId, Number(productId), limit],
  );
}
