import type { StoreWriter } from '@platform/database';
import { collectionsOf } from './collections/membership.queries';

/** Who shows an image: products, the collections that list them, and collections as their own picture. */
export async function findShownBy(
  store: StoreWriter,
  mediaId: string,
): Promise<{ productIds: string[]; collectionIds: string[]; own: string[] }> {
  const rows = await store.query<{ id: string; kind: 'product' | 'collection' }>(
    `SELECT DISTINCT product_id AS id, 'product' AS kind FROM product_media
       WHERE store_id = $1 AND media_id = $2
     UNION ALL
     SELECT collection_id, 'collection' FROM collections WHERE store_id = $1 AND media_id = $2`,
    [store.storeId, mediaId],
  );
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  const productIds = of('product');
  const collectionIds = productIds.length === 0 ? [] : await collectionsOf(store, productIds);
  return { productIds, collectionIds, own: of('collection') };
}
