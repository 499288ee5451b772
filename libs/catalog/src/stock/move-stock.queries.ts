import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';

/** What changes of an item in a place. */
export interface StockMove {
  itemId: string;
  locationId: string;
  onHand?: number;
  committed?: number;
  reserved?: number;
  /** Damaged units, which are on hand and not for sale. */
  unavailable?: number;
  /** On its way here: never for sale. */
  incoming?: number;
  /**
   * Set when units are newly promised: `strict` where nothing may be owed, `beyond` where what is not there is a debt.
   * Left out for moves that are always allowed.
   */
  promise?: 'strict' | 'beyond';
  /** How many have to be for sale before the move, which is refused else; left out where that does not matter. */
  needs?: number;
}

/** Why stock moves, and for which checkout, order, parcel or transfer. */
export interface MoveReason {
  cause: 'reserve' | 'release' | 'commit' | 'fulfil' | 'cancel' | 'restock' | 'transfer';
  refKind: 'checkout' | 'order' | 'parcel' | 'return' | 'transfer';
  refId: string;
}

/** A level after its move. */
export interface MovedLevel {
  itemId: string;
  locationId: string;
  /** For sale before and after. */
  before: number;
  after: number;
}

/**
 * Applies moves to levels in the order of items and locations, which every transaction keeps, so that none waits for
 * another in a circle (commerce.md, I13). The movements are noted first: hot rows are locked last. A level that is gone
 * with its variant is passed over.
 * @param moves one per item and location
 * @returns the levels as they are now, or null when there was not what a promise needs: roll back to before
 */
export async function moveStock(
  store: StoreWriter,
  moves: readonly StockMove[],
  reason: MoveReason,
): Promise<MovedLevel[] | null> {
  const ordered = [...moves].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
  await noteMoves(store, ordered, reason);
  const moved: MovedLevel[] = [];
  for (const move of ordered) {
    const level = await moveLevel(store, move);
    if (level) moved.push(level);
    else if (move.promise || move.needs !== undefined) return null;
  }
  return moved;
}

async function moveLevel(store: StoreWriter, move: StockMove): Promise<MovedLevel | null> {
  const { itemId, locationId, onHand = 0, committed = 0, reserved = 0, unavailable = 0 } = move;
  // A promise is made under the variant's policy of this moment, which the level mirrors from now on.
  const [after] = await store.query<{ available: number }>(
    `UPDATE inventory_levels SET on_hand = on_hand + $4, committed = committed + $5, reserved = reserved + $6,
       unavailable = unavailable + $7, incoming = incoming + $10, oversell = coalesce($9, oversell), version = version + 1
     WHERE store_id = $1 AND item_id = $2 AND location_id = $3
       AND ($8::int IS NULL OR on_hand - committed - reserved - unavailable >= $8)
     RETURNING on_hand - committed - reserved - unavailable AS available`,
    [
      store.storeId,
      itemId,
      locationId,
      onHand,
      committed,
      reserved,
      unavailable,
      move.needs ?? null,
      move.promise ? move.promise === 'beyond' : null,
      move.incoming ?? 0,
    ],
  );
  if (!after) return null;
  const delta = onHand - committed - reserved - unavailable;
  return { itemId, locationId, before: after.available - delta, after: after.available };
}

async function noteMoves(
  store: StoreWriter,
  moves: readonly StockMove[],
  { cause, refKind, refId }: MoveReason,
): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map((move) => ({
    movement_id: newId(),
    item_id: move.itemId,
    location_id: move.locationId,
    on_hand: move.onHand ?? 0,
    committed: move.committed ?? 0,
    reserved: move.reserved ?? 0,
    unavailable: move.unavailable ?? 0,
    incoming: move.incoming ?? 0,
    reason: move.unavailable ? 'damaged' : null,
  }));
  await store.execute(
    `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_on_hand, delta_committed,
       delta_reserved, delta_unavailable, delta_incoming, reason, cause, ref_kind, ref_id, actor)
     SELECT $1, movement_id, item_id, location_id, on_hand, committed, reserved, unavailable, incoming, reason,
       $3, $4, $5, $6
     FROM jsonb_to_recordset($2) AS r (movement_id uuid, item_id uuid, location_id uuid, on_hand int,
       committed int, reserved int, unavailable int, incoming int, reason text)`,
    [store.storeId, JSON.stringify(rows), cause, refKind, refId, store.actor.label],
  );
}

/** Ids are lower-case, so that their order as text is PostgreSQL's order of uuids. */
function orderKey({ itemId, locationId }: StockMove): string {
  return `${itemId} ${locationId}`;
}
