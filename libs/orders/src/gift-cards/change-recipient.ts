import type { StoreWriter } from '@platform/database';
import { lockOrder } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { record } from '../timeline/timeline';
import { giftDays } from './gift-days';
import type { GiftRecipient } from './recipient';
import { writeRecipient } from './recipients.queries';
import type { CardPlace } from './send-cards';
import { readCardLines } from './sold-cards.queries';

/** What staff may change of a recipient; what is left out stays. */
export interface RecipientPatch {
  email?: string;
  name?: string | null;
  message?: string | null;
  sendOn?: string | null;
}

/**
 * Names whom the cards of a line are for, or when they are mailed, as long as nobody has their codes.
 * @throws orders.order-not-found, orders.gift-line-not-found, orders.gift-cards-sent, orders.gift-recipient-needed,
 * orders.gift-day
 */
export async function changeRecipient(
  store: StoreWriter,
  place: CardPlace,
  patch: RecipientPatch,
): Promise<void> {
  await lockOrder(store, place.orderId);
  const lines = await readCardLines(store, place.orderId);
  const line = lines.find(({ lineId }) => lineId === place.lineId);
  if (!line) throw ordersErrors.error('gift-line-not-found');
  await refuseKnown(store, place.lineId, line.title);
  const nobody: GiftRecipient = { email: null, name: null, message: null, sendOn: null };
  const next = { ...nobody, ...line.recipient, ...patch };
  if (next.email === null)
    throw ordersErrors.error('gift-recipient-needed', {}, { field: 'email' });
  if (patch.sendOn) await refuseDay(store, patch.sendOn);
  await writeRecipient(store, place, next);
  const data = { lineId: place.lineId, fields: Object.keys(patch) };
  await record(store, place.orderId, { kind: 'gift_recipient_changed', data });
}

/** Whoever was mailed a code keeps it. */
async function refuseKnown(store: StoreWriter, lineId: string, title: string): Promise<void> {
  const [known] = await store.query(
    `SELECT FROM order_gift_cards WHERE store_id = $1 AND order_line_id = $2 AND withdrawn_at IS NULL
       AND (due_at IS NULL OR sent_at IS NOT NULL) LIMIT 1`,
    [store.storeId, lineId],
  );
  if (known) throw ordersErrors.error('gift-cards-sent', { title });
}

/** The days that shoppers may choose too: from today where the store is. */
async function refuseDay(store: StoreWriter, sendOn: string): Promise<void> {
  const days = await giftDays(store);
  if (!days || (sendOn >= days.first && sendOn <= days.last)) return;
  const { first, last } = days;
  throw ordersErrors.error('gift-day', { first, last }, { field: 'sendOn' });
}
