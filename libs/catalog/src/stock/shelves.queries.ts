import type { StoreReader, StoreWriter } from '@platform/database';
import type { Shelf, Want } from './route-stock';
import { ensureDefaultLocation } from './stock-rows.queries';

/** A wanted item; one that is not counted has no policy. */
export interface WantedItem extends Want {
  tracked: boolean;
}

/** Wants with what their variants say; several of one item become one. An item that is gone is counted, with nothing there. */
export async function readWants(
  store: StoreReader,
  wants: readonly { itemId: string; quantity: number }[],
): Promise<WantedItem[]> {
  const sums = new Map<string, number>();
  for (const { itemId, quantity } of wants) sums.set(itemId, (sums.get(itemId) ?? 0) + quantity);
  const rows = await store.query<{ itemId: string; tracked: boolean; oversell: boolean }>(
    `SELECT variant_id AS "itemId", tracked, inventory_policy = 'continue' AS oversell
     FROM variants WHERE store_id = $1 AND variant_id = ANY ($2::uuid[])`,
    [store.storeId, [...sums.keys()]],
  );
  const known = new Map(rows.map((row) => [row.itemId, row]));
  return [...sums].map(([itemId, quantity]) => ({
    itemId,
    quantity,
    tracked: known.get(itemId)?.tracked ?? true,
    oversell: known.get(itemId)?.oversell ?? false,
  }));
}

/** What is for sale of these items. @param hold whether the levels stay as they are until the transaction ends */
export function readShelves(
  store: StoreReader,
  itemIds: readonly string[],
  hold: boolean,
): Promise<Shelf[]> {
  return store.query<Shelf>(
    `SELECT item_id AS "itemId", location_id AS "locationId",
       on_hand - committed - reserved - unavailable AS available
     FROM inventory_levels WHERE store_id = $1 AND item_id = ANY ($2::uuid[])
     ORDER BY item_id, location_id ${hold ? 'FOR UPDATE' : ''}`,
    [store.storeId, itemIds],
  );
}

/** The store's locations by priority, and the default one, which is made where there is none. */
export async function readLocations(
  store: StoreWriter,
): Promise<{ locations: string[]; fallback: string }> {
  const rows = await store.query<{ id: string; isDefault: boolean }>(
    `SELECT location_id AS id, is_default AS "isDefault" FROM locations WHERE store_id = $1
     ORDER BY priority, is_default DESC, location_id LIMIT 1000`,
    [store.storeId],
  );
  const fallback =
    rows.find(({ isDefault }) => isDefault)?.id ?? (await ensureDefaultLocation(store));
  const locations = rows.length > 0 ? rows.map(({ id }) => id) : [fallback];
  return { locations, fallback };
}

/** Makes the levels that a debt is written on, where an item was never counted at the location. */
export async function ensureLevels(
  store: StoreWriter,
  itemIds: readonly string[],
  locationId: string,
): Promise<void> {
  if (itemIds.length === 0) return;
  await store.execute(
    `INSERT INTO inventory_levels (store_id, item_id, location_id, on_hand, oversell)
     SELECT $1, item_id, $3, 0, true FROM unnest($2::uuid[]) AS item_id ORDER BY item_id
     ON CONFLICT DO NOTHING`,
    [store.storeId, itemIds, locationId],
  );
}
