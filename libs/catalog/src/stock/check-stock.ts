import type { StoreReader, StoreWriter } from '@platform/database';
import { newId } from '@libs/kernel';

/** Units that orders have been promised and not been sent, as the orders themselves tell. */
export interface Commitment {
  itemId: string;
  locationId: string;
  quantity: number;
}

/** A level whose numbers do not follow from what happened. */
export interface StockFault {
  /** `reserved`: not the sum of active reservations. `committed`: not what orders wait for. `movements`: not the sum of
   * what moved. `unavailable`: not what was set aside and not put back. `reason`: more was put back of a reason than was set
   * aside. `incoming`: not what transfers still bring. `overdue`: held longer than its
   * checkout may. */
  kind: 'reserved' | 'committed' | 'movements' | 'unavailable' | 'reason' | 'incoming' | 'overdue';
  itemId: string;
  locationId: string;
  /** As the level has it. */
  found: number;
  /** As it should be. */
  expected: number;
}

/** How long a reservation may outlive its checkout: two rounds of the sweeper and their work, in seconds (commerce.md, 3.2). */
const GRACE = 60;

/** Reasons of which more was put back than was set aside. */
const overdrawn = `SELECT 'reason', item_id, location_id, sum(delta_unavailable)::int, 0 FROM stock_movements
WHERE store_id = $1 AND delta_unavailable <> 0
GROUP BY item_id, location_id, reason HAVING sum(delta_unavailable) < 0`;

/** Levels whose unavailable units are not what is set aside; where a reason is wrong itself, nobody knows how many it is. */
const unavailable = `SELECT 'unavailable', item_id, location_id, l.unavailable, coalesce(s.n, 0)
FROM inventory_levels l LEFT JOIN (
  SELECT item_id, location_id, sum(n)::int AS n, min(n) AS least FROM (
    SELECT item_id, location_id, sum(delta_unavailable) AS n FROM stock_movements
    WHERE store_id = $1 AND delta_unavailable <> 0 GROUP BY item_id, location_id, reason) r
  GROUP BY 1, 2
) s USING (item_id, location_id)
WHERE l.store_id = $1 AND l.unavailable <> coalesce(s.n, 0) AND coalesce(s.least, 0) >= 0`;

/** Reservations that outlive their checkouts. */
const overdue = `SELECT 'overdue', item_id, location_id, sum(qty)::int, 0 FROM stock_reservations
WHERE store_id = $1 AND state = 'active' AND expires_at < now() - make_interval(secs => ${GRACE})
GROUP BY 2, 3`;

/** Levels whose incoming units are not what transfers still bring. */
const incoming = `SELECT 'incoming', item_id, location_id, l.incoming, coalesce(t.n, 0)
FROM inventory_levels l LEFT JOIN (
  SELECT tl.item_id, t.to_location_id AS location_id, sum(quantity - received - rejected)::int AS n
  FROM stock_transfers t JOIN stock_transfer_lines tl USING (store_id, transfer_id)
  WHERE t.store_id = $1 AND t.state IN ('open', 'shipped') GROUP BY 1, 2
) t USING (item_id, location_id)
WHERE l.store_id = $1 AND l.incoming <> coalesce(t.n, 0)`;

/**
 * Compares a store's levels with reservations, orders and movements, in the reader's one snapshot. Sales in flight may
 * show as a fault of orders for a moment: alarm only about what a second look finds again.
 * @param commitments what orders wait for, or null to leave that comparison out
 */
export async function checkStock(
  store: StoreReader,
  commitments: readonly Commitment[] | null,
): Promise<StockFault[]> {
  const faults = await store.query<StockFault>(
    `WITH held AS (
       SELECT item_id, location_id, sum(qty)::int AS n FROM stock_reservations
       WHERE store_id = $1 AND state = 'active' GROUP BY 1, 2
     ), moved AS (
       SELECT item_id, location_id, sum(delta_on_hand)::int AS on_hand, sum(delta_committed)::int AS committed,
         sum(delta_reserved)::int AS reserved, sum(delta_unavailable)::int AS unavailable,
         sum(delta_incoming)::int AS incoming
       FROM stock_movements WHERE store_id = $1 GROUP BY 1, 2
     ), faults AS (
       SELECT 'reserved' AS kind, item_id, location_id, l.reserved AS found, coalesce(held.n, 0) AS expected
       FROM inventory_levels l LEFT JOIN held USING (item_id, location_id)
       WHERE l.store_id = $1 AND l.reserved <> coalesce(held.n, 0)
       UNION ALL
       -- Each quantity by itself: two that are wrong by as much would hide each other. The first is told.
       SELECT 'movements', item_id, location_id, differs.found, differs.expected
       FROM inventory_levels l LEFT JOIN moved USING (item_id, location_id), LATERAL (
         SELECT found, expected FROM (VALUES (l.on_hand, coalesce(moved.on_hand, 0)),
           (l.committed, coalesce(moved.committed, 0)), (l.reserved, coalesce(moved.reserved, 0)),
           (l.unavailable, coalesce(moved.unavailable, 0)),
           (l.incoming, coalesce(moved.incoming, 0))) AS q (found, expected)
         WHERE found <> expected LIMIT 1) AS differs
       WHERE l.store_id = $1
       UNION ALL
       ${overdrawn}
       UNION ALL
       ${unavailable}
       UNION ALL
       ${incoming}
       UNION ALL
       ${overdue}
       UNION ALL
       SELECT 'committed', item_id, location_id, l.committed, coalesce(c.n, 0)
       FROM inventory_levels l LEFT JOIN (
         SELECT "itemId" AS item_id, "locationId" AS location_id, sum(quantity)::int AS n
         FROM jsonb_to_recordset($2) AS c ("itemId" uuid, "locationId" uuid, quantity int) GROUP BY 1, 2
       ) c USING (item_id, location_id)
       WHERE l.store_id = $1 AND $2 IS NOT NULL AND l.committed <> coalesce(c.n, 0)
     )
     SELECT kind, item_id AS "itemId", location_id AS "locationId", found, expected FROM faults
     ORDER BY item_id, location_id, kind`,
    [store.storeId, commitments && JSON.stringify(commitments)],
  );
  return faults;
}

/** What a repair may put right, as other rows tell it: what is on hand only a count knows. */
const mendable = ['reserved', 'committed', 'unavailable', 'incoming'] as const;

type MendableFault = StockFault & { kind: (typeof mendable)[number] };

/** Whether a repair puts a fault right. */
export function isMendable(fault: StockFault): fault is MendableFault {
  return mendable.some((kind) => kind === fault.kind);
}

/**
 * Sets what is reserved, committed, incoming and unavailable to what reservations, orders, transfers and the movements of
 * what was set aside say, under the levels' locks, and adds the movement after which the movements say so, too: a level
 * that was changed without one is not moved a second time. What is on hand is never touched: only a count knows it.
 * @param readCommitments asked for what orders wait for once the levels are locked: read before, a sale that commits
 * meanwhile would be taken for a fault
 * @returns how many levels were changed
 */
export async function repairStock(
  store: StoreWriter,
  readCommitments: () => Promise<readonly Commitment[]>,
): Promise<number> {
  await store.query(
    `SELECT FROM inventory_levels WHERE store_id = $1 ORDER BY item_id, location_id FOR UPDATE`,
    [store.storeId],
  );
  const faults = await checkStock(store, await readCommitments());
  const wrong = faults.filter(isMendable);
  const levels = new Set<string>();
  for (const fault of wrong) {
    levels.add(`${fault.itemId} ${fault.locationId}`);
    await mend(store, fault);
  }
  return levels.size;
}

async function mend(
  store: StoreWriter,
  { kind, itemId, locationId, expected }: MendableFault,
): Promise<void> {
  // Units that are promised or set aside may be more than there are; what is on its way is for sale nowhere.
  const debt =
    kind === 'incoming'
      ? ''
      : `, oversell = oversell OR (on_hand - committed - reserved - unavailable < $4::int - ${kind})`;
  await store.execute(
    `UPDATE inventory_levels SET ${kind} = $4, version = version + 1${debt}
     WHERE store_id = $1 AND item_id = $2 AND location_id = $3`,
    [store.storeId, itemId, locationId, expected],
  );
  await store.execute(
    `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_${kind}, cause, actor)
     SELECT $1, $2, $3, $4, $5::int - coalesce(sum(delta_${kind}), 0), 'repair', $6 FROM stock_movements
     WHERE store_id = $1 AND item_id = $3 AND location_id = $4`,
    [store.storeId, newId(), itemId, locationId, expected, store.actor.label],
  );
}
