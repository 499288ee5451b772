import type { StoreReader, StoreWriter } from '@platform/database';
import type { ProductRecommendations } from '../contract/recommendations.contract';

/** Instead of a product, or together with it. */
export type Intent = 'related' | 'complementary';

/** What a merchant recommends beside a product; null when there is no such product. */
export async function findRecommendations(
  store: StoreReader,
  productId: string,
): Promise<ProductRecommendations | null> {
  const list = (intent: Intent) => `(
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.product_id, 'handle', o.handle, 'title', o.title,
      'status', o.status) ORDER BY r.position), '[]')
    FROM product_recommendations r JOIN products o ON o.store_id = $1 AND o.product_id = r.recommended_id
    WHERE r.store_id = $1 AND r.product_id = p.product_id AND r.intent = '${intent}')`;
  const [found] = await store.query<ProductRecommendations>(
    `SELECT p.product_id AS "productId", ${list('complementary')} AS complementary,
       ${list('related')} AS related, p.version
     FROM products p WHERE p.store_id = $1 AND p.product_id = $2`,
    [store.storeId, productId],
  );
  return found ?? null;
}

/**
 * Sets one of a product's lists.
 * @param wanted ids of products, each once
 * @returns how many of them the store has; those alone are kept
 */
export async function replaceRecommendations(
  store: StoreWriter,
  productId: string,
  intent: Intent,
  wanted: readonly string[],
): Promise<number> {
  const given = [store.storeId, productId, intent];
  await store.execute(
    'DELETE FROM product_recommendations WHERE store_id = $1 AND product_id = $2 AND intent = $3',
    given,
  );
  return store.execute(
    `INSERT INTO product_recommendations (store_id, product_id, intent, recommended_id, position)
     SELECT $1, $2, $3, p.product_id, w.position
     FROM unnest($4::uuid[]) WITH ORDINALITY AS w (product_id, position)
     JOIN products p ON p.store_id = $1 AND p.product_id = w.product_id`,
    [...given, wanted],
  );
}
