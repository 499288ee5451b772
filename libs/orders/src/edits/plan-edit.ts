import type { OrderLineRow } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import type { OrderLineInput } from '../orders/snapshot';
import { openUnits } from '../status/fulfilment-status';
import type { LineChange } from './order-edit';

/** What an edit does to each line. */
export interface EditPlan {
  /** Lines that stay, as they shall be. */
  kept: { line: OrderLineRow; after: OrderLineInput }[];
  added: OrderLineInput[];
  /** Lines of which nothing stays. */
  removed: OrderLineRow[];
  changes: Omit<LineChange, 'lineId'>[];
}

/**
 * Works out what an edit does. Units that were shipped, or given back their price, stay on their line, and a line costs
 * no less than what went back of it. Pure.
 * @throws orders.edit-empty, orders.units-closed, orders.edit-below-refunds
 */
export function planEdit(
  lines: readonly OrderLineRow[],
  wanted: readonly OrderLineInput[],
): EditPlan {
  const known = new Map(lines.map((line) => [line.id, line]));
  const left = wanted.filter(({ quantity }) => quantity > 0);
  if (left.length === 0) throw ordersErrors.error('edit-empty', {}, { field: 'lines' });
  const kept = left.flatMap((after) => {
    const line = known.get(after.id);
    return line ? [{ line, after }] : [];
  });
  const staying = new Set(kept.map(({ line }) => line.id));
  const removed = lines.filter(({ id }) => !staying.has(id));
  for (const { line, after } of kept) refuseLess(line, after);
  for (const line of removed) refuseLess(line, { quantity: 0, totalMinor: 0, taxMinor: 0 });
  const added = left.filter(({ id }) => !known.has(id));
  return {
    kept,
    added,
    removed,
    changes: [
      ...kept.map(({ line, after }) => change(line.title, line.quantity, after.quantity)),
      ...removed.map((line) => change(line.title, line.quantity, 0)),
      ...added.map((line) => change(line.title, 0, line.quantity)),
    ].filter(({ before, after }) => before !== after),
  };
}

function refuseLess(
  line: OrderLineRow,
  after: Pick<OrderLineInput, 'quantity' | 'totalMinor' | 'taxMinor'>,
): void {
  const { title, quantity } = line;
  const least = quantity - openUnits(line);
  if (after.quantity < least) {
    const params = { title, least, quantity: after.quantity };
    throw ordersErrors.error('units-closed', params, { field: 'lines' });
  }
  if (after.totalMinor < line.refundedMinor || after.taxMinor < line.refundedTaxMinor) {
    const params = { title, refunded: line.refundedMinor };
    throw ordersErrors.error('edit-below-refunds', params, { field: 'lines' });
  }
}

function change(title: string, before: number, after: number) {
  return { title, before, after };
}
