import { newId } from '@libs/kernel';
import { askByHand } from '../money/ask-by-hand';
import { takeStockOfMoney } from '../money/take-stock-of-money';
import { checkAmounts } from '../orders/check-snapshot';
import { lockOrder, type OrderRow, readCharges, readLines } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { OrderEdited } from '../orders.events';
import { type LineWithRow, writeAllocations } from '../orders/write-rows.queries';
import type { RefundTools } from '../refunds/refund';
import { type OrderDelivery, readDelivery } from '../stock/delivery-of.queries';
import { takeUnits } from '../stock/take-units.queries';
import { record } from '../timeline/timeline';
import { findEdit, saveTotals, writeEdit, writeRevision } from './edit-rows.queries';
import type { AppliedEdit, OrderEdit } from './order-edit';
import { type EditPlan, planEdit } from './plan-edit';

/** Units that a line has more than before. */
type Growth = Pick<LineWithRow, 'rowId' | 'variantId' | 'quantity' | 'title'>;

/**
 * Makes an order what an edit says: a new revision of its rows, units promised or free again, what is due. Money that
 * is owed or over is not moved here.
 * @throws orders.order-not-found, orders.cancelled, orders.edit-empty, orders.units-closed, orders.edit-below-refunds,
 * orders.out-of-stock, orders.unbalanced-snapshot
 */
export async function applyEdit(
  tools: RefundTools,
  orderId: string,
  edit: OrderEdit,
): Promise<AppliedEdit> {
  const { store } = tools;
  const order = await lockOrder(store, orderId);
  const before = await findEdit(store, orderId, edit.key);
  if (before) return before;
  const revised = await reviseOrder(tools, order, edit);
  await moveUnits(tools, orderId, revised);
  return revised.applied;
}

/** An edit that is written, and whose units are yet to be moved. */
export interface RevisedOrder {
  applied: AppliedEdit;
  plan: EditPlan;
  added: readonly LineWithRow[];
}

/**
 * Writes an edit's rows, what is due, timeline and event; everything but the stock. Throws what `applyEdit` does.
 * @param order its row, locked
 */
export async function reviseOrder(
  { store, payments }: RefundTools,
  order: OrderRow,
  edit: OrderEdit,
): Promise<RevisedOrder> {
  const { orderId } = order;
  if (order.state === 'cancelled') throw ordersErrors.error('cancelled', { name: order.name });
  checkAmounts(edit);
  const plan = planEdit(await readLines(store, orderId), edit.lines);
  const charges = await readCharges(store, orderId);
  const added = await writeRevision(store, order, { plan, edit, charges });
  await saveTotals(store, orderId, edit);
  const applied = await writeEdit(store, order, { edit, changes: plan.changes });
  await record(store, orderId, {
    kind: 'edited',
    data: {
      revision: applied.revision,
      changes: plan.changes,
      beforeMinor: order.totalMinor,
      afterMinor: edit.totals.totalMinor,
      reason: edit.reason,
    },
  });
  store.publish(OrderEdited, { orderId, revision: applied.revision, notify: edit.notify });
  await askByHand({ store, payments }, orderId);
  await takeStockOfMoney(store, payments, orderId);
  return { applied, plan, added };
}

/**
 * The last statements: units that are free again, and units that are promised now, with the levels locked in order.
 * @param heldBy under which name some of them are held already
 */
export async function moveUnits(
  { store, stock }: RefundTools,
  orderId: string,
  { plan, added }: RevisedOrder,
  heldBy?: string,
): Promise<void> {
  const fewer = [
    ...plan.kept.map(({ line, after }) => [line, line.quantity - after.quantity] as const),
    ...plan.removed.map((line) => [line, line.quantity] as const),
  ].filter(([, units]) => units > 0);
  const freed = await takeUnits(
    store,
    orderId,
    fewer.map(([{ id }, quantity]) => ({ lineId: id, quantity })),
  );
  const growth: Growth[] = [
    ...plan.kept.map(({ line, after }) => ({
      rowId: line.id,
      variantId: line.variantId,
      title: line.title,
      quantity: after.quantity - line.quantity,
    })),
    ...added,
  ].filter(({ quantity }) => quantity > 0);
  const grown = growth.flatMap(({ variantId }) => variantId ?? []);
  const delivery = growth.length > 0 ? await readDelivery(store, orderId) : { shipTo: null };
  await stock.lockItems(store, [...freed.map(({ itemId }) => itemId), ...grown]);
  if (heldBy !== undefined) await stock.release(store, heldBy);
  if (freed.length > 0) await stock.uncommit(store, { orderId, lines: freed });
  for (const line of growth) await promiseUnits({ store, stock }, orderId, { line, delivery });
}

async function promiseUnits(
  { store, stock }: Pick<RefundTools, 'store' | 'stock'>,
  orderId: string,
  { line, delivery }: { line: Growth; delivery: OrderDelivery },
): Promise<void> {
  const { variantId, quantity, title } = line;
  if (variantId === null) return writeAllocations(store, orderId, [{ ...line, allocations: [] }]);
  // Held and promised within this transaction: a name of its own is enough.
  const checkoutId = newId();
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const wants = [{ itemId: variantId, quantity }];
  const held = await stock.reserve(store, { checkoutId, wants, expiresAt, ...delivery });
  if (!held.reserved) {
    const available = held.short[0]?.available ?? 0;
    throw ordersErrors.error('out-of-stock', { title, quantity, available }, { field: 'lines' });
  }
  await stock.commit(store, checkoutId, orderId);
  return writeAllocations(store, orderId, [{ ...line, allocations: held.allocations }]);
}
