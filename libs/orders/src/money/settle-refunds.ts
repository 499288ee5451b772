import type { Payments } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { RefundArrived } from '../orders.events';

interface PendingPart {
  refundId: string;
  position: number;
  paymentId: string;
  amountMinor: number;
}

/**
 * Marks the parts of refunds that arrived, the oldest first: a provider tells how much of a payment went back, not for
 * what. A refund has succeeded when all its parts have.
 */
export async function settleRefunds(
  store: StoreWriter,
  payments: Payments,
  orderId: string,
): Promise<void> {
  const pending = await store.query<PendingPart>(
    `SELECT t.refund_id AS "refundId", t.position, t.tender_id AS "paymentId", t.amount_minor AS "amountMinor"
     FROM refund_tenders t JOIN refunds r USING (store_id, refund_id)
     WHERE store_id = $1 AND r.order_id = $2 AND t.kind = 'provider' AND t.state = 'pending'
     ORDER BY r.created_at, t.refund_id, t.position`,
    [store.storeId, orderId],
  );
  if (pending.length === 0) return;
  const arrived = await arrivedByPayment(store, payments, orderId);
  for (const { refundId, position, paymentId, amountMinor } of pending) {
    const left = arrived.get(paymentId) ?? 0;
    if (left < amountMinor) continue;
    arrived.set(paymentId, left - amountMinor);
    await store.execute(
      `UPDATE refund_tenders SET state = 'succeeded' WHERE store_id = $1 AND refund_id = $2 AND position = $3`,
      [store.storeId, refundId, position],
    );
  }
  const done = await store.query<{ refundId: string }>(
    `UPDATE refunds r SET state = 'succeeded' WHERE r.store_id = $1 AND r.order_id = $2 AND r.state = 'pending'
       AND NOT EXISTS (SELECT FROM refund_tenders t
         WHERE t.store_id = r.store_id AND t.refund_id = r.refund_id AND t.state <> 'succeeded')
     RETURNING r.refund_id AS "refundId"`,
    [store.storeId, orderId],
  );
  for (const { refundId } of done) store.publish(RefundArrived, { orderId, refundId });
}

/** What went back by each payment beyond the parts that are marked already. */
async function arrivedByPayment(
  store: StoreWriter,
  payments: Payments,
  orderId: string,
): Promise<Map<string, number>> {
  const marked = await store.query<{ paymentId: string; amountMinor: number }>(
    `SELECT t.tender_id AS "paymentId", sum(t.amount_minor)::bigint AS "amountMinor"
     FROM refund_tenders t JOIN refunds r USING (store_id, refund_id)
     WHERE store_id = $1 AND r.order_id = $2 AND t.kind = 'provider' AND t.state = 'succeeded'
       AND t.credited_to IS NULL GROUP BY 1`,
    [store.storeId, orderId],
  );
  const known = new Map(marked.map(({ paymentId, amountMinor }) => [paymentId, amountMinor]));
  const views = await payments.ofOrder(store, orderId);
  return new Map(
    views.map(({ paymentId, refundedMinor }) => [
      paymentId,
      refundedMinor - (known.get(paymentId) ?? 0),
    ]),
  );
}
