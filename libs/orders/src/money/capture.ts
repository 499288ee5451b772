import type { Payments } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { lockOrder } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { record } from '../timeline/timeline';
import { readBalance, takeableMinor } from './balance';
import { takeStockOfMoney } from './take-stock-of-money';

/**
 * Wants money that is authorized to be taken; providers are asked after the commit.
 * @param amountMinor all that is authorized and due when left out
 * @throws orders.order-not-found, orders.cancelled, orders.nothing-authorized
 */
export async function capture(
  { store, payments }: { store: StoreWriter; payments: Payments },
  orderId: string,
  { key, amountMinor }: { key: string; amountMinor?: number },
): Promise<void> {
  const order = await lockOrder(store, orderId);
  if (order.state === 'cancelled') throw ordersErrors.error('cancelled', { name: order.name });
  const { money, overMinor } = await readBalance(store, payments, order);
  const { views, sums } = money;
  // What an edit made too much is not taken first and given back then.
  const most = Math.max(0, sums.authorizedMinor - overMinor);
  const wanted = amountMinor ?? most;
  if (wanted <= 0 || wanted > sums.authorizedMinor) {
    const params = { name: order.name, authorized: sums.authorizedMinor };
    throw ordersErrors.error('nothing-authorized', params, { field: 'amountMinor' });
  }
  let left = wanted;
  for (const { paymentId, authorizedMinor } of views) {
    const part = Math.min(left, authorizedMinor);
    if (part === 0) continue;
    left -= part;
    const final = part === authorizedMinor || (wanted === most && left === 0);
    await payments.wantCapture(store, { paymentId, amountMinor: part, key, final });
  }
  await record(store, orderId, { kind: 'capture_wanted', data: { amountMinor: wanted } });
}

/**
 * Staff say that money came which no provider tells of: a bank transfer, cash.
 * @param amountMinor all that is due when left out
 * @throws orders.order-not-found, orders.cancelled, orders.nothing-due, payments.not-by-hand
 */
export async function markPaid(
  { store, payments }: { store: StoreWriter; payments: Payments },
  orderId: string,
  { key, amountMinor }: { key: string; amountMinor?: number },
): Promise<void> {
  const order = await lockOrder(store, orderId);
  if (order.state === 'cancelled') throw ordersErrors.error('cancelled', { name: order.name });
  const { money: paid, owedMinor, overMinor } = await readBalance(store, payments, order);
  const { views } = paid;
  const byHand = views.find(({ provider }) => ['manual', 'cash_on_delivery'].includes(provider));
  const due = owedMinor - overMinor + takeableMinor(paid);
  const wanted = amountMinor ?? due;
  const payment = byHand ?? views[0];
  if (wanted <= 0 || wanted > due || !payment) {
    throw ordersErrors.error('nothing-due', { name: order.name, due }, { field: 'amountMinor' });
  }
  const money = { amountMinor: wanted, currency: order.currency };
  const after = payment.capturedMinor + wanted;
  if (byHand && after > payment.money.amountMinor)
    await payments.askByHand(store, payment.paymentId, after);
  await payments.markPaid(store, payment.paymentId, money, key);
  await record(store, orderId, { kind: 'marked_paid', data: { amountMinor: wanted } });
  await takeStockOfMoney(store, payments, orderId);
}
