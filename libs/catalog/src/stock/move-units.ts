import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { catalogErrors } from '../catalog.errors';
import type { UnavailableReason } from '../contract/inventory.contract';

/** Units of an item in one place that change from one state to another. */
export interface UnitsMove {
  from: UnavailableReason | 'available';
  /** `removed`: they are gone, and no longer on hand. */
  to: UnavailableReason | 'available' | 'removed';
  /** At least 1. */
  quantity: number;
}

interface Place {
  itemId: string;
  locationId: string;
}

/** What a move adds to a level. */
interface Deltas {
  onHand: number;
  unavailable: number;
}

/**
 * Moves units between available and unavailable, with the reason. The caller has locked the level, so that units of a
 * reason can be counted; what is promised to buyers is refused by the update itself.
 * @returns what is for sale more than before; below 0 what is less
 * @throws catalog.units-not-there with how many are
 */
export async function moveUnits(
  store: StoreWriter,
  place: Place,
  move: UnitsMove,
): Promise<number> {
  const { from, to, quantity } = move;
  const reasonless = (state: UnitsMove['to']): boolean =>
    state === 'available' || state === 'removed';
  const deltas = {
    onHand: to === 'removed' ? -quantity : 0,
    unavailable: (reasonless(to) ? 0 : quantity) - (from === 'available' ? 0 : quantity),
  };
  if (from !== 'available') await refuseMissing(store, place, { reason: from, quantity });
  await changeLevel(store, place, { deltas, needs: from === 'available' ? quantity : null });
  await note(store, place, move);
  return deltas.onHand - deltas.unavailable;
}

async function changeLevel(
  store: StoreWriter,
  { itemId, locationId }: Place,
  { deltas, needs }: { deltas: Deltas; needs: number | null },
): Promise<void> {
  const moved = await store.query(
    `UPDATE inventory_levels SET on_hand = on_hand + $4, unavailable = unavailable + $5,
       version = version + 1
     WHERE store_id = $1 AND item_id = $2 AND location_id = $3
       AND ($6::int IS NULL OR on_hand - committed - reserved - unavailable >= $6) RETURNING version`,
    [store.storeId, itemId, locationId, deltas.onHand, deltas.unavailable, needs],
  );
  if (moved.length > 0) return;
  const [level] = await store.query<{ available: number }>(
    `SELECT on_hand - committed - reserved - unavailable AS available FROM inventory_levels
     WHERE store_id = $1 AND item_id = $2 AND location_id = $3`,
    [store.storeId, itemId, locationId],
  );
  if (!level) throw catalogErrors.error('item-not-found');
  refuse('available', Math.max(0, level.available));
}

async function refuseMissing(
  store: StoreWriter,
  { itemId, locationId }: Place,
  { reason, quantity }: { reason: UnavailableReason; quantity: number },
): Promise<void> {
  const [row] = await store.query<{ units: number }>(
    `SELECT coalesce(sum(delta_unavailable), 0)::int AS units FROM stock_movements
     WHERE store_id = $1 AND item_id = $2 AND location_id = $3 AND delta_unavailable <> 0 AND reason = $4`,
    [store.storeId, itemId, locationId, reason],
  );
  const units = row?.units ?? 0;
  if (units < quantity) refuse(reason, units);
}

function refuse(state: UnitsMove['from'], units: number): never {
  throw catalogErrors.error('units-not-there', { state, units }, { field: 'quantity' });
}

async function note(
  store: StoreWriter,
  { itemId, locationId }: Place,
  { from, to, quantity }: UnitsMove,
): Promise<void> {
  const gone = to === 'removed' ? -quantity : 0;
  const left = from === 'available' ? [] : [{ reason: from, units: -quantity, gone }];
  const came =
    to === 'available' || to === 'removed' ? [] : [{ reason: to, units: quantity, gone: 0 }];
  const bare = from === 'available' && to === 'removed' ? [{ reason: null, units: 0, gone }] : [];
  const rows = [...left, ...came, ...bare].map((row) => ({ id: newId(), ...row }));
  await store.execute(
    `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_on_hand, delta_unavailable,
       reason, cause, actor)
     SELECT $1, id, $2, $3, gone, units, reason, 'move', $5
     FROM jsonb_to_recordset($4) AS r (id uuid, gone int, units int, reason text)`,
    [store.storeId, itemId, locationId, JSON.stringify(rows), store.actor.label],
  );
}
