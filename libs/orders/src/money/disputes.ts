import type { StoreWriter } from '@platform/database';
import { lockOrder } from '../orders/order-rows.queries';
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
