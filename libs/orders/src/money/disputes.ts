import type { StoreReader, StoreWriter } from '@platform/database';
import { lockOrder } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { readOrderSettings } from '../orders/order-settings.queries';
import { record } from '../timeline/timeline';

/**
 * Notes on an order what became of a dispute: in its timeline, and as the risk `disputed` until it is won. Noting the
 * same twice is noting it once.
 */
export async function noteDispute(
  store: StoreWriter,
  orderId: string,
  { disputeId, status }: { disputeId: string; status: string },
): Promise<void> {
  await lockOrder(store, orderId);
  const data = { disputeId, status };
  const noted = await store.query(
    `SELECT FROM order_events WHERE store_id = $1 AND order_id = $2 AND kind = 'disputed' AND data @> $3`,
    [store.storeId, orderId, JSON.stringify(data)],
  );
  if (noted.length > 0) return;
  await store.execute(
    `UPDATE orders SET risk = array_remove(risk, 'disputed') || CASE WHEN $3 THEN '{}'::text[] ELSE '{disputed}' END,
       version = version + 1, updated_at = now()
     WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId, status === 'won'],
  );
  const by = { kind: 'provider', label: 'provider' } as const;
  await record(store, orderId, { kind: 'disputed', data, by });
}

/**
 * Refuses to ship what is disputed, where the store wants that; a dispute that was won holds nothing.
 * @throws orders.disputed
 */
export async function refuseDisputed(
  store: StoreReader,
  { orderId, name }: { orderId: string; name: string },
): Promise<void> {
  const { holdDisputed } = await readOrderSettings(store);
  if (!holdDisputed) return;
  const [open] = await store.query<{ dispute: string }>(
    `SELECT dispute FROM (SELECT DISTINCT ON (data ->> 'disputeId') data ->> 'disputeId' AS dispute,
         data ->> 'status' AS status
       FROM order_events WHERE store_id = $1 AND order_id = $2 AND kind = 'disputed'
       ORDER BY data ->> 'disputeId', order_event_id DESC) last
     WHERE status <> 'won' ORDER BY dispute LIMIT 1`,
    [store.storeId, orderId],
  );
  if (open) throw ordersErrors.error('disputed', { name, dispute: open.dispute });
}
