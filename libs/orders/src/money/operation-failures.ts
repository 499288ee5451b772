import type { Payments } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { lockOrder } from '../orders/order-rows.queries';
import { CaptureFailed } from '../orders.events';
import { readRefundKey } from '../refunds/refund';
import { restate } from '../status/restate';
import { isRecorded, record } from '../timeline/timeline';
import { readBalance } from './balance';
import { RetryCapture } from './retry-capture.job';
import { wantWhatIsHeld } from './want-capture';

const minute = 60_000;

/** When a capture that a provider refused for good is wanted once more, counted from the refusal. */
const retryAfterMs: readonly number[] = [minute, 15 * minute, 360 * minute];

/** Hours in which the shopper can pay another way before the order is over, where a store wants that. */
const hoursToPay = 72;

/** What a provider refused for good. */
export interface Refusal {
  /** The operation; it is refused once, however often it is told. */
  operationId: string;
  kind: 'capture' | 'cancel' | 'refund';
  key: string;
  /** The provider's code. */
  reason: string;
}

/**
 * Notes on an order that a provider refused what was wanted; a capture is tried again thrice, a refund waits for staff.
 * The same refusal again changes nothing.
 */
export async function noteRefusal(
  store: StoreWriter,
  orderId: string,
  { operationId, kind, key, reason }: Refusal,
): Promise<void> {
  if (kind === 'capture') await noteFailedCapture(store, orderId, { operationId, reason });
  const part = kind === 'refund' ? readRefundKey(key) : null;
  if (part !== null) await noteFailedRefund(store, orderId, { ...part, reason });
}

/**
 * Wants once more what is authorized.
 * @param attempt counts the tries, so that each is an operation of its own
 */
export async function retryCapture(
  { store, payments }: { store: StoreWriter; payments: Payments },
  orderId: string,
  attempt: number,
): Promise<void> {
  const order = await lockOrder(store, orderId);
  if (order.state === 'cancelled' || !order.captureFailed) return;
  const { money, owedMinor } = await readBalance(store, payments, order);
  // The shopper has paid another way meanwhile.
  if (owedMinor === 0) return;
  for (const view of money.views) {
    await wantWhatIsHeld({ store, payments }, view, `order:${orderId}:try:${attempt}`);
  }
}

async function noteFailedCapture(
  store: StoreWriter,
  orderId: string,
  { operationId, reason }: { operationId: string; reason: string },
): Promise<void> {
  const { captureTries: tries } = await lockOrder(store, orderId);
  if (await isRecorded(store, orderId, { kind: 'capture_failed', data: { operationId } })) return;
  await store.execute(
    `UPDATE orders SET capture_failed = true, capture_tries = capture_tries + 1,
       unpaid_until = CASE WHEN asked_to_pay_at IS NULL THEN coalesce(unpaid_until, now() + interval '${hoursToPay} hours')
         ELSE unpaid_until END
     WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId],
  );
  store.publish(CaptureFailed, { orderId });
  await record(store, orderId, {
    kind: 'capture_failed',
    data: { reason, tries: tries + 1, operationId },
  });
  await restate(store, orderId);
  const wait = retryAfterMs[tries];
  if (wait === undefined) return;
  const runAt = new Date(Date.now() + wait);
  store.enqueue(RetryCapture, { orderId, attempt: tries + 1 }, { runAt, dedupeKey: orderId });
}

async function noteFailedRefund(
  store: StoreWriter,
  orderId: string,
  { refundId, position, reason }: { refundId: string; position: number; reason: string },
): Promise<void> {
  await lockOrder(store, orderId);
  const changed = await store.execute(
    `UPDATE refund_tenders SET state = 'failed'
     WHERE store_id = $1 AND refund_id = $2 AND position = $3 AND state = 'pending'`,
    [store.storeId, refundId, position],
  );
  if (changed === 0) return;
  await store.execute(
    `UPDATE refunds SET state = 'failed' WHERE store_id = $1 AND order_id = $2 AND refund_id = $3`,
    [store.storeId, orderId, refundId],
  );
  await record(store, orderId, { kind: 'refund_failed', data: { refundId, reason } });
  await restate(store, orderId);
}
