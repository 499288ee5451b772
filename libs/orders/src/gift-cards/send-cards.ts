import type { StoreWriter } from '@platform/database';
import { newId } from '@libs/kernel';
import { lockOrder } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { GiftCardsIssued, GiftCardsSent } from '../orders.events';
import { record } from '../timeline/timeline';
import { takeUnsent } from './recipients.queries';
import { readCardLines, readSoldCards } from './sold-cards.queries';

/** A line of gift cards of an order. */
export interface CardPlace {
  orderId: string;
  lineId: string;
}

/**
 * Has the cards of a line mailed to their recipient, if their time has come and nobody did before: that a card is taken
 * and that its mail is asked for are one transaction. The order's row is locked by then.
 */
export async function sendCards(
  store: StoreWriter,
  { orderId, lineId }: CardPlace,
  which: 'due' | 'waiting',
): Promise<void> {
  const accountIds = await takeUnsent(store, lineId, which);
  if (accountIds.length === 0) return;
  const by = { kind: 'system' as const, label: 'orders' };
  const data = { lineId, cards: accountIds.length };
  await record(store, orderId, { kind: 'gift_cards_sent', data, by });
  store.publish(GiftCardsSent, { orderId, lineId, accountIds, sending: newId(), tellBuyer: true });
}

/** The same, for a line whose day was found to be there; of a cancelled order nothing is sent. */
export async function sendDueCards(store: StoreWriter, place: CardPlace): Promise<void> {
  const { state } = await lockOrder(store, place.orderId);
  if (state !== 'cancelled') await sendCards(store, place, 'due');
}

/**
 * Mails the cards of a line now, whether they wait for their day or were mailed before: to their recipient, else to the
 * buyer, who is told of it when it is the first time.
 * @param sending the asker's name for it: asked again under it, the mail is the same
 * @throws orders.order-not-found, orders.cancelled, orders.gift-line-not-found, orders.gift-cards-missing,
 * orders.gift-recipient-erased
 */
export async function sendAgain(
  store: StoreWriter,
  { orderId, lineId }: CardPlace,
  sending: string,
): Promise<void> {
  const { state, name } = await lockOrder(store, orderId);
  if (state === 'cancelled') throw ordersErrors.error('cancelled', { name });
  const line = (await readCardLines(store, orderId)).find((each) => each.lineId === lineId);
  if (!line) throw ordersErrors.error('gift-line-not-found');
  const cards = (await readSoldCards(store, orderId)).filter((card) => card.lineId === lineId);
  if (cards.length === 0) throw ordersErrors.error('gift-cards-missing', { title: line.title });
  const accountIds = cards.map(({ accountId }) => accountId);
  const data = { lineId, cards: cards.length };
  if (line.recipient === null) store.publish(GiftCardsIssued, { orderId, accountIds, sending });
  else {
    if (line.recipient.email === null) throw ordersErrors.error('gift-recipient-erased');
    const first = await takeUnsent(store, lineId, 'waiting');
    const tellBuyer = first.length > 0;
    store.publish(GiftCardsSent, { orderId, lineId, accountIds, sending, tellBuyer });
  }
  await record(store, orderId, { kind: 'gift_cards_sent', data });
}
