import type { StoreWriter } from '@platform/database';
import { StockChanged } from '../catalog.events';
import { collectionsOf } from '../collections/membership.queries';
import type { MovedLevel } from './move-stock.queries';

/**
 * Shouts which items moved. Pages go stale only for items that came to be for sale, or ceased to be, in every place:
 * most sales cross no zero and cost no further statement.
 */
export async function announceStock(
  store: StoreWriter,
  moved: readonly MovedLevel[],
): Promise<void> {
  const changed = moved.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return;
  const crossing = changed.filter(({ before, after }) => before > 0 !== after > 0);
  const productIds = await crossedProducts(store, crossing);
  const collectionIds = productIds.length === 0 ? [] : await collectionsOf(store, productIds);
  const itemIds = [...new Set(changed.map(({ itemId }) => itemId))];
  store.publish(StockChanged, { itemIds, crossedZero: { productIds, collectionIds } });
}

/** Products of the items that no other location has for sale, so that this one decided. */
async function crossedProducts(
  store: StoreWriter,
  crossing: readonly MovedLevel[],
): Promise<string[]> {
  if (crossing.length === 0) return [];
  const rows = await store.query<{ productId: string }>(
    `SELECT DISTINCT v.product_id AS "productId" FROM variants v
     WHERE v.store_id = $1 AND v.variant_id = ANY ($2::uuid[]) AND NOT EXISTS (
       SELECT FROM inventory_levels l WHERE l.store_id = $1 AND l.item_id = v.variant_id
         AND NOT l.location_id = ANY ($3::uuid[])
         AND l.on_hand - l.committed - l.reserved - l.unavailable > 0)`,
    [
      store.storeId,
      crossing.map(({ itemId }) => itemId),
      crossing.map(({ locationId }) => locationId),
    ],
  );
  return rows.map(({ productId }) => productId);
}
