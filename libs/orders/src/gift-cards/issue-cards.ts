import type { StoredValue } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import type { Secrets } from '@platform/secrets';
import { lockOrder } from '../orders/order-rows.queries';
import { GiftCardsIssued } from '../orders.events';
import { record } from '../timeline/timeline';
import { sendCards } from './send-cards';
import { readCardLines, readSoldCards, sealOf, writeSoldCard } from './sold-cards.queries';

const paid: readonly string[] = ['paid', 'partially_refunded'];

/**
 * Issues the gift cards that a paid order bought and has not got yet: one for each unit, of what the unit cost. The
 * order's row is locked and each card noted in the transaction that makes it, so that asking again makes none. Codes
 * are sealed; the mail opens them. The buyer is mailed at once what is for nobody else, a recipient on the day that was
 * chosen for it. A test order gets none.
 * @returns how many were issued
 */
export async function issueCards(
  { store, value, secrets }: { store: StoreWriter; value: StoredValue; secrets: Secrets },
  orderId: string,
): Promise<number> {
  const order = await lockOrder(store, orderId);
  // No money moved for a test order: a card of it would be good for real goods.
  if (order.test || order.state === 'cancelled' || !paid.includes(order.financialStatus)) return 0;
  const there = await readSoldCards(store, orderId);
  const issued: { accountId: string; lastCharacters: string; amountMinor: number }[] = [];
  const forBuyer: string[] = [];
  const lines = await readCardLines(store, orderId);
  for (const { lineId, unitMinor, wanted, lastUnit, recipient } of lines) {
    const missing = wanted - there.filter((card) => card.lineId === lineId).length;
    if (unitMinor <= 0) continue;
    for (let unit = lastUnit + 1; unit <= lastUnit + missing; unit++) {
      const { accountId, code } = await value.issueGiftCard(store, {
        money: { amountMinor: unitMinor, currency: order.currency },
        ref: `order:${lineId}:${unit}`,
      });
      const sealedCode = secrets.seal(code, sealOf(store.storeId, accountId));
      await writeSoldCard(store, orderId, { accountId, lineId, unit, sealedCode });
      issued.push({ accountId, lastCharacters: code.slice(-4), amountMinor: unitMinor });
      if (recipient === null) forBuyer.push(accountId);
    }
  }
  if (issued.length === 0) return 0;
  const by = { kind: 'system' as const, label: 'orders' };
  await record(store, orderId, { kind: 'gift_cards_issued', data: { cards: issued }, by });
  if (forBuyer.length > 0) store.publish(GiftCardsIssued, { orderId, accountIds: forBuyer });
  for (const { lineId } of lines) await sendCards(store, { orderId, lineId }, 'due');
  return issued.length;
}
