import type { Payments } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { lockOrder, type OrderRow } from '../orders/order-rows.queries';
import { OrderPaid } from '../orders.events';
import { restate } from '../status/restate';
import { record, type TimelineActor, type TimelineKind } from '../timeline/timeline';
import { settleRefunds } from './settle-refunds';
import { type OrderMoney, readMoney } from './order-money';
import { endAsking } from './unpaid-order';
import { wantWhatIsHeld } from './want-capture';

const provider: TimelineActor = { kind: 'provider', label: '' };

/**
 * Looks at what an order's payments say now and writes what is new: sums, statuses, refunds that arrived, the timeline.
 * Whatever order the facts came in, and however often it is called, the end is the same.
 */
export async function takeStockOfMoney(
  store: StoreWriter,
  payments: Payments,
  orderId: string,
): Promise<OrderMoney> {
  const order = await lockOrder(store, orderId);
  await settleRefunds(store, payments, orderId);
  const money = await readMoney(store, payments, order);
  await tellChanges(store, order, money);
  await captureWhatIsHeld(store, payments, { order, money });
  const { authorizedMinor, capturedMinor, refundedMinor, lapsed } = money.sums;
  await store.execute(
    `UPDATE orders SET authorized_minor = $3, captured_minor = $4, refunded_minor = $5, lapsed = $6,
       capture_failed = capture_failed AND $3::bigint > 0
     WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId, authorizedMinor, capturedMinor, refundedMinor, lapsed],
  );
  await endAsking(store, payments, orderId);
  const { financialStatus } = await restate(store, orderId);
  const unpaid: string[] = ['pending', 'authorized', 'expired', 'voided', 'partially_paid'];
  if (financialStatus === 'paid' && unpaid.includes(order.financialStatus)) {
    await record(store, orderId, { kind: 'paid', by: { kind: 'system', label: 'orders' } });
    store.publish(OrderPaid, { orderId });
  }
  return money;
}

/** Takes what is held by methods whose money moves when the order exists; asked for once, whoever asked before. */
async function captureWhatIsHeld(
  store: StoreWriter,
  payments: Payments,
  { order, money }: { order: OrderRow; money: OrderMoney },
): Promise<void> {
  if (order.state === 'cancelled') return;
  for (const view of money.views) {
    if (view.capture !== 'now') continue;
    await wantWhatIsHeld({ store, payments }, view, `order:${order.orderId}`);
  }
}

async function tellChanges(
  store: StoreWriter,
  order: OrderRow,
  { sums, views }: OrderMoney,
): Promise<void> {
  const by = { ...provider, label: views[0]?.title ?? '' };
  const grown: [TimelineKind, number][] = [
    ['captured', sums.capturedMinor - order.capturedMinor],
    ['refunded', sums.refundedMinor - order.refundedMinor],
  ];
  if (sums.capturedMinor === 0) {
    grown.unshift(['authorised', sums.authorizedMinor - order.authorizedMinor]);
  }
  for (const [kind, amountMinor] of grown) {
    if (amountMinor > 0) await record(store, order.orderId, { kind, data: { amountMinor }, by });
  }
}
