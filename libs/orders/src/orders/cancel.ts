import type { StoreWriter } from '@platform/database';
import { withdrawCards } from '../gift-cards/withdraw-cards';
import { readMoney } from '../money/order-money';
import { ordersErrors } from '../orders.errors';
import { OrderCancelled } from '../orders.events';
import { everythingLeft, planRefund } from '../refunds/plan-refund';
import { readGround, recordRefund, type RefundTools } from '../refunds/refund';
import { openUnits } from '../status/fulfilment-status';
import { restate } from '../status/restate';
import { takeUnits } from '../stock/take-units.queries';
import { record } from '../timeline/timeline';
import {
  type CancelReason,
  lockOrder,
  type OrderLineRow,
  type OrderRow,
  readLines,
} from './order-rows.queries';

/** How an order is to be cancelled. */
export interface CancelWish {
  reason: CancelReason;
  /** Whether what was captured goes back; what is only authorized is let go in any case. */
  refund: boolean;
  /** Whether the units are for sale again; those that are not are written off. */
  restock: boolean;
  note?: string | null;
}

/**
 * Cancels an order of which nothing was shipped: units out of it, money back, in one transaction; providers are asked
 * after the commit. Cancelling again changes nothing.
 * @throws orders.order-not-found, orders.shipped-already, orders.gift-card-used
 */
export async function cancel(tools: RefundTools, orderId: string, wish: CancelWish): Promise<void> {
  const { store, stock } = tools;
  const order = await lockOrder(store, orderId);
  if (order.state === 'cancelled') return;
  const lines = await readLines(store, orderId);
  if (lines.some(({ shipped }) => shipped > 0)) {
    throw ordersErrors.error('shipped-already', { name: order.name });
  }
  const taken = await takeOut(store, orderId, lines);
  await store.execute(
    `UPDATE orders SET state = 'cancelled', cancelled_at = now(), cancel_reason = $3
     WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId, wish.reason],
  );
  const { reason, note = null, refund, restock } = wish;
  await record(store, orderId, { kind: 'cancelled', data: { reason, note, refund, restock } });
  await letMoneyGo(tools, order, wish);
  await withdrawCards(tools, orderId);
  await restate(store, orderId);
  store.publish(OrderCancelled, { orderId, checkoutId: order.checkoutId, reason });
  if (restock) await stock.uncommit(store, { orderId, lines: taken });
  else await stock.fulfil(store, { orderId, parcelId: orderId, lines: taken });
}

async function takeOut(store: StoreWriter, orderId: string, lines: readonly OrderLineRow[]) {
  const units = lines
    .map((line) => ({ lineId: line.id, quantity: openUnits(line) }))
    .filter(({ quantity }) => quantity > 0);
  const taken = await takeUnits(store, orderId, units);
  await store.execute(
    `UPDATE order_lines SET removed = quantity - shipped - refunded_unshipped
     WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId],
  );
  return taken;
}

/** Lets go what is held, and gives back what was captured. */
async function letMoneyGo(
  tools: RefundTools,
  order: OrderRow,
  { refund, reason }: CancelWish,
): Promise<void> {
  const { store, payments } = tools;
  const { views } = await readMoney(store, payments, order);
  for (const { paymentId, state } of views) {
    if (['captured', 'failed', 'canceled', 'expired', 'surplus'].includes(state)) continue;
    await payments.wantCancel(store, { paymentId, key: `cancel:${order.orderId}` });
  }
  const ground = await readGround(store, payments, order);
  const paid = ground.tenders.some((row) => row.paidMinor > row.refundedMinor);
  if (!refund || !paid) return;
  const wish = everythingLeft(ground);
  await recordRefund(tools, order, {
    plan: planRefund(ground, wish),
    key: `cancel:${order.orderId}`,
    reason,
    freeMinor: wish.freeMinor,
  });
}
