import { afterSales } from '@libs/orders';
import type { StoreReader } from '@platform/database';
import type { CartLine, Properties } from './cart';
import { readGiftWish, settledProperties, speaksOfRecipient } from './gift-wish';
import type { Refusal } from './judge';

/**
 * The lines with what they say of a recipient as a cart keeps it, or what is wrong with it. Properties of what is no
 * gift card are nobody's business.
 */
export async function settleGifts<T extends { offer: CartLine['offer']; properties: Properties }>(
  store: StoreReader,
  lines: readonly T[],
): Promise<T[] | Refusal> {
  const isGift = ({ offer, properties }: T) => offer.giftCard && speaksOfRecipient(properties);
  if (!lines.some(isGift)) return [...lines];
  const days = await afterSales.giftDays(store);
  const settled: T[] = [];
  for (const line of lines) {
    const read = isGift(line) ? readGiftWish(line.properties, days) : null;
    if (read && 'faults' in read) return { reason: 'gift', faults: read.faults };
    settled.push(
      read ? { ...line, properties: settledProperties(line.properties, read.recipient) } : line,
    );
  }
  return settled;
}
