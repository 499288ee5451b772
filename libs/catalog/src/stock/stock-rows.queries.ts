import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';

/** What is done to the level of an item in a place; 0 only brings its levels in line with its variant's policy. */
export interface LevelChange {
  itemId: string;
  /** Whether the level is new. */
  fresh: boolean;
  /** Added to what is on hand. */
  delta: number;
  /** Whether its variant may be sold beyond its stock. */
  oversell: boolean;
}

/** Why stock moved; the words of the table's check. */
export type StockCause = 'import' | 'count';

/** The id of the store's default location, or null when nothing was counted yet. */
export async function findDefaultLocation(store: StoreReader): Promise<string | null> {
  const [found] = await store.query<{ location_id: string }>(
    'SELECT location_id FROM locations WHERE store_id = $1 AND is_default',
    [store.storeId],
  );
  return found?.location_id ?? null;
}

/** The id of the store's default location, which is made when it is first needed. */
export async function ensureDefaultLocation(store: StoreWriter): Promise<string> {
  const found = await findDefaultLocation(store);
  if (found !== null) return found;
  // Somebody else may be making it: theirs is then what the second look finds.
  await store.execute(
    `INSERT INTO locations (store_id, location_id, name, is_default) VALUES ($1, $2, 'Main location', true)
     ON CONFLICT (store_id) WHERE is_default DO NOTHING`,
    [store.storeId, newId()],
  );
  return (await findDefaultLocation(store)) as string;
}

/** What is on hand after the change of an item's level, which concerns one location. */
const counted = 'l.on_hand + CASE WHEN l.location_id = $4 THEN r.delta ELSE 0 END';

/** Writes levels of one location and the movements that explain them. The levels that are there are locked already. */
export async function writeLevels(
  store: StoreWriter,
  changes: readonly LevelChange[],
  { locationId, cause, at }: { locationId: string; cause: StockCause; at: string },
): Promise<void> {
  const ordered = [...changes].sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
  const fresh = ordered.filter((change) => change.fresh);
  const old = ordered.filter((change) => !change.fresh);
  // A change to `deny` below zero stays open to what was sold already: the check would refuse it (commerce.md, 3.2).
  await send(
    store,
    `UPDATE inventory_levels l SET version = l.version + 1, on_hand = ${counted},
       oversell = r.oversell OR (${counted} >= 0 AND ${counted} < l.committed + l.reserved + l.unavailable)
     FROM unnest($2::uuid[], $3::int[], $5::boolean[]) AS r (item_id, delta, oversell)
     WHERE l.store_id = $1 AND l.item_id = r.item_id`,
    [...listsOf(old), locationId, old.map(({ oversell }) => oversell)],
  );
  await send(
    store,
    `INSERT INTO inventory_levels (store_id, item_id, location_id, on_hand, oversell)
     SELECT $1, item_id, $4, on_hand, oversell
     FROM unnest($2::uuid[], $3::int[], $5::boolean[]) AS r (item_id, on_hand, oversell)`,
    [...listsOf(fresh), locationId, fresh.map(({ oversell }) => oversell)],
  );
  const moved = ordered.filter(({ delta }) => delta !== 0);
  await noteMovements(store, moved, { locationId, cause, at });
}

function listsOf(changes: readonly LevelChange[]): [string[], number[]] {
  return [changes.map(({ itemId }) => itemId), changes.map(({ delta }) => delta)];
}

function noteMovements(
  store: StoreWriter,
  moved: readonly LevelChange[],
  { locationId, cause, at }: { locationId: string; cause: StockCause; at: string },
): Promise<void> {
  return send(
    store,
    `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_on_hand, cause, actor, at)
     SELECT $1, movement_id, item_id, $5, delta, $6, $7, $8
     FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS r (movement_id, item_id, delta)`,
    [
      moved.map(() => newId()),
      moved.map(({ itemId }) => itemId),
      moved.map(({ delta }) => delta),
      locationId,
      cause,
      store.actor.label,
      at,
    ],
  );
}

/** Sends a statement whose first list, `$2`, is not empty. */
async function send(
  store: StoreWriter,
  sql: string,
  params: [readonly unknown[], ...unknown[]],
): Promise<void> {
  if (params[0].length > 0) await store.execute(sql, [store.storeId, ...params]);
}
