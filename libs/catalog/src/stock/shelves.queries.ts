import type { StoreReader, StoreWriter } from '@platform/database';
import type { Shelf, Source, Want } from './route-stock';
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
  const rows = await store.query<Omit<WantedItem, 'quantity'>>(
    `SELECT v.variant_id AS "itemId", v.tracked, v.inventory_policy = 'continue' AS oversell,
       v.requires_shipping AND NOT p.gift_card AS ships
     FROM variants v JOIN products p ON p.store_id = v.store_id AND p.product_id = v.product_id
     WHERE v.store_id = $1 AND v.variant_id = ANY ($2::uuid[])`,
    [store.storeId, [...sums.keys()]],
  );
  const known = new Map(rows.map((row) => [row.itemId, row]));
  return [...sums].map(([itemId, quantity]) => ({
    itemId,
    quantity,
    tracked: known.get(itemId)?.tracked ?? true,
    oversell: known.get(itemId)?.oversell ?? false,
    ships: known.get(itemId)?.ships ?? true,
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

/**
 * The store's locations, and the default one, which is made where there is none. Of equal priority the default one is
 * before the others, which are of one rank.
 * @param country ISO 3166-1 alpha-2; null is an address that nobody told, to which all of them deliver
 */
export async function readSources(
  store: StoreWriter,
  country: string | null,
): Promise<{ sources: Source[]; fallback: string }> {
  const rows = await store.query<Source & { isDefault: boolean }>(
    `SELECT location_id AS "locationId", is_default AS "isDefault",
       (dense_rank() OVER (ORDER BY priority, is_default DESC))::int AS rank,
       $2::text IS NULL OR delivers_to IS NULL OR $2 = ANY (delivers_to) AS delivers
     FROM locations WHERE store_id = $1 ORDER BY rank, location_id LIMIT 1000`,
    [store.storeId, country],
  );
  const fallback =
    rows.find(({ isDefault }) => isDefault)?.locationId ?? (await ensureDefaultLocation(store));
  const sources = rows.length > 0 ? rows : [{ locationId: fallback, rank: 1, delivers: true }];
  return { sources, fallback };
}

/** Makes the levels of items that were never counted at a location; whether they may owe is their variants' policy. */
export async function ensureLevels(
  store: StoreWriter,
  itemIds: readonly string[],
  locationId: string,
): Promise<void> {
  if (itemIds.length === 0) return;
  await store.execute(
    `INSERT INTO inventory_levels (store_id, item_id, location_id, on_hand, oversell)
     SELECT $1, variant_id, $3, 0, inventory_policy = 'continue' FROM variants
     WHERE store_id = $1 AND variant_id = ANY ($2::uuid[]) ORDER BY variant_id
     ON CONFLICT DO NOTHING`,
    [store.storeId, itemIds, locationId],
  );
}
