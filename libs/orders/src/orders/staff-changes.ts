import type { StoreWriter } from '@platform/database';
import { completeTracking, type Tracking } from '../fulfilments/carriers';
import { ordersErrors } from '../orders.errors';
import { restate } from '../status/restate';
import { record } from '../timeline/timeline';
import { lockOrder, type OrderRow } from './order-rows.queries';

/** What staff may write on an order at any time. */
export interface OrderPatch {
  note?: string | null;
  tags?: string[];
  onHold?: boolean;
  archived?: boolean;
}

/**
 * Changes what staff keep about an order; what is not named stays.
 * @throws orders.order-not-found, orders.cancelled for holding or archiving a cancelled order
 */
export async function changeOrder(
  store: StoreWriter,
  orderId: string,
  patch: OrderPatch,
): Promise<void> {
  const order = await lockOrder(store, orderId);
  const { note = order.note, onHold = order.onHold } = patch;
  const tags = patch.tags === undefined ? order.tags : cleanTags(patch.tags);
  const state = stateAfter(order, patch);
  const rows = { note, tags, onHold, state };
  await store.execute(
    `UPDATE orders SET note = $3, tags = $4, on_hold = $5, state = $6 WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId, note, tags, onHold, state],
  );
  if (note !== order.note) await record(store, orderId, { kind: 'note', data: { note } });
  if (tags.join('\n') !== order.tags.join('\n')) {
    await record(store, orderId, { kind: 'tags', data: { tags } });
  }
  if (onHold !== order.onHold) await record(store, orderId, { kind: 'hold', data: { onHold } });
  if (state !== order.state) {
    await record(store, orderId, { kind: rows.state === 'archived' ? 'archived' : 'reopened' });
  }
  await restate(store, orderId);
}

/** Says something about an order that shoppers do not see. @throws orders.order-not-found */
export async function comment(store: StoreWriter, orderId: string, text: string): Promise<void> {
  await lockOrder(store, orderId);
  await record(store, orderId, { kind: 'comment', data: { text } });
}

/**
 * Corrects how a parcel is followed, or says how far it is.
 * @throws orders.order-not-found, orders.parcel-not-found
 */
export async function changeParcel(
  store: StoreWriter,
  { orderId, parcelId }: { orderId: string; parcelId: string },
  { tracking, delivered }: { tracking?: Partial<Tracking>; delivered?: boolean },
): Promise<void> {
  await lockOrder(store, orderId);
  const known = await store.execute(
    `UPDATE fulfilments SET delivery_status = CASE WHEN $4 THEN 'delivered' ELSE delivery_status END,
       delivered_at = CASE WHEN $4 THEN coalesce(delivered_at, now()) ELSE delivered_at END
     WHERE store_id = $1 AND order_id = $2 AND fulfilment_id = $3`,
    [store.storeId, orderId, parcelId, delivered ?? false],
  );
  if (known === 0) throw ordersErrors.error('parcel-not-found');
  if (delivered) await record(store, orderId, { kind: 'delivered', data: { parcelId } });
  if (!tracking) return;
  const { number, carrier, url } = completeTracking(tracking);
  await store.execute(
    `UPDATE fulfilments SET tracking_number = $3, carrier = $4, tracking_url = $5
     WHERE store_id = $1 AND fulfilment_id = $2`,
    [store.storeId, parcelId, number, carrier, url],
  );
  const data = { fulfilmentId: parcelId, number, carrier, url };
  await record(store, orderId, { kind: 'tracking_changed', data });
}

function stateAfter(order: OrderRow, { archived, onHold }: OrderPatch): OrderRow['state'] {
  if (order.state === 'cancelled') {
    if (archived || onHold) throw ordersErrors.error('cancelled', { name: order.name });
    return order.state;
  }
  if (archived === undefined) return order.state;
  return archived ? 'archived' : 'open';
}

function cleanTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
