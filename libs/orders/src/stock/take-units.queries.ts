import type { Allocation } from '@libs/catalog';
import type { StoreWriter } from '@platform/database';
import { ordersErrors } from '../orders.errors';

/** So many units of a line. */
export interface UnitsOfLine {
  lineId: string;
  quantity: number;
}

interface Shelf {
  id: string;
  lineId: string;
  itemId: string;
  locationId: string | null;
  open: number;
  backordered: number;
}

/**
 * Takes units out of those that wait to be shipped: what is not counted first, then place by place. The order's row is
 * locked. What becomes of them the caller tells the stock, as its last statements.
 * @param locationId only what lies there or nowhere
 * @returns the units with their places
 * @throws orders.not-at-location
 */
export async function takeUnits(
  store: StoreWriter,
  orderId: string,
  wants: readonly UnitsOfLine[],
  locationId: string | null = null,
): Promise<(Allocation & { lineId: string })[]> {
  const shelves = await store.query<Shelf>(
    `SELECT order_allocation_id AS id, order_line_id AS "lineId", item_id AS "itemId", location_id AS "locationId",
       quantity - done AS open, backordered
     FROM order_allocations
     WHERE store_id = $1 AND order_id = $2 AND done < quantity
       AND ($3::uuid IS NULL OR location_id IS NULL OR location_id = $3)
     ORDER BY location_id NULLS FIRST, backordered, order_allocation_id`,
    [store.storeId, orderId, locationId],
  );
  const taken = wants.flatMap((want) => takeLine(shelves, want));
  await store.execute(
    `UPDATE order_allocations a SET done = a.done + t.quantity
     FROM jsonb_to_recordset($3) AS t (id uuid, quantity int)
     WHERE a.store_id = $1 AND a.order_id = $2 AND a.order_allocation_id = t.id`,
    [store.storeId, orderId, JSON.stringify(taken)],
  );
  return taken.map(({ id: _, ...allocation }) => allocation);
}

function takeLine(shelves: readonly Shelf[], { lineId, quantity }: UnitsOfLine) {
  let left = quantity;
  const taken = [];
  for (const { id, itemId, locationId, open, ...shelf } of shelves) {
    const units = shelf.lineId === lineId ? Math.min(left, open) : 0;
    if (units > 0) taken.push({ id, lineId, itemId, locationId, quantity: units, backordered: 0 });
    left -= units;
  }
  if (left > 0) throw ordersErrors.error('not-at-location', { missing: left });
  return taken;
}

/** Where shipped units of a line came from, to be put back there. Null for what is not counted. */
export async function homeOf(
  store: StoreWriter,
  lineId: string,
): Promise<{ itemId: string; locationId: string | null }> {
  const [row] = await store.query<{ itemId: string; locationId: string | null }>(
    `SELECT item_id AS "itemId", location_id AS "locationId" FROM order_allocations
     WHERE store_id = $1 AND order_line_id = $2 ORDER BY location_id NULLS LAST LIMIT 1`,
    [store.storeId, lineId],
  );
  if (!row) throw new Error(`The line ${lineId} has no units.`);
  return row;
}
