import type { Payments } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { readOrder } from '../orders/order-rows.queries';
import { readBalance } from './balance';

/**
 * Ends what was begun when a provider refused the money of an order, once nothing is owed any more: the time to pay ends, and
 * what is authorized and was refused is let go, so that nobody pays twice. The order's row is locked.
 */
export async function endAsking(
  store: StoreWriter,
  payments: Payments,
  orderId: string,
): Promise<void> {
  const order = await readOrder(store, orderId);
  const { owedMinor, money } = await readBalance(store, payments, order);
  if (owedMinor > 0) return;
  const refused = money.views.filter((view) => view.captureRefused && view.authorizedMinor > 0);
  for (const { paymentId } of refused) {
    await payments.wantCancel(store, { paymentId, key: `paid-otherwise:${orderId}` });
  }
  await store.execute(
    `UPDATE orders SET unpaid_until = NULL, asked_to_pay_at = NULL
     WHERE store_id = $1 AND order_id = $2 AND (unpaid_until IS NOT NULL OR asked_to_pay_at IS NOT NULL)`,
    [store.storeId, orderId],
  );
}
