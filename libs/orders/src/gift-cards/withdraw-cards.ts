import type { StoredValue } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { ordersErrors } from '../orders.errors';
import { record } from '../timeline/timeline';
import { markWithdrawn, readCardLines, readSoldCards } from './sold-cards.queries';

/**
 * Takes back the gift cards that an order is not worth any more, since units were refunded or taken out: as many as
 * that, of those of which nothing was used. Belongs to the transaction of the refund, so that nobody spends a card that
 * is being refunded.
 * @throws orders.gift-card-used when too much of them was spent
 */
export async function withdrawCards(
  { store, value }: { store: StoreWriter; value: StoredValue },
  orderId: string,
): Promise<void> {
  const cards = await readSoldCards(store, orderId);
  if (cards.length === 0) return;
  const gone: string[] = [];
  for (const { lineId, title, wanted } of await readCardLines(store, orderId)) {
    const own = cards.filter((card) => card.lineId === lineId).map(({ accountId }) => accountId);
    const tooMany = own.length - Math.max(0, wanted);
    if (tooMany <= 0) continue;
    const disabled = await value.disableUnused(store, own, tooMany);
    if (disabled.length < tooMany)
      throw ordersErrors.error('gift-card-used', { title, left: disabled.length });
    gone.push(...disabled);
  }
  if (gone.length === 0) return;
  await markWithdrawn(store, gone);
  await record(store, orderId, { kind: 'gift_cards_withdrawn', data: { accountIds: gone } });
}
