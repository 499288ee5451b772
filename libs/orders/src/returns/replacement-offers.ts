import { findSellable, type SellableVariant } from '@libs/catalog';
import type { StoreReader } from '@platform/database';
import { type OrderLineRow, type OrderRow, readLines } from '../orders/order-rows.queries';
import { priceReplacement, type Replacement } from './replacements';
import { readDelivery } from '../stock/delivery-of.queries';
import { readReturns } from './return-rows.queries';
import { unitsLeft } from './returns';

/** A variant that a shopper may choose instead of a line's. */
export interface ReplacementOffer {
  replacement: Replacement;
  /** The variant's own title: `M / Blue`. */
  variantTitle: string;
  /** Units that can be sent to where the order goes now, 0 when it is sold out; null when there is no limit. */
  available: number | null;
  /** What its tax depends on: two offers of one price and one of these cost the same. */
  taxed: string;
}

/** Units of a line that may come back, with what may be sent instead. */
export interface OfferedLine {
  lineId: string;
  quantity: number;
  offers: ReplacementOffer[];
}

/** A list longer than this is no choice any more. */
const most = 100;

/**
 * What may come back of an order, and the variants of each line's product that may be chosen instead, in the order in
 * which they were made. None for what is not sold any more, for gift cards, and where the catalogue has no price in the
 * order's currency.
 */
export async function offeredLines(
  store: StoreReader,
  { orderId, currency }: Pick<OrderRow, 'orderId' | 'currency'>,
): Promise<OfferedLine[]> {
  const returns = await readReturns(store, orderId);
  const lines = (await readLines(store, orderId))
    .map((line) => ({ line, quantity: unitsLeft(returns, line) }))
    .filter(({ quantity }) => quantity > 0);
  const productIds = [...new Set(lines.flatMap(({ line }) => line.productId ?? []))];
  const delivery = await readDelivery(store, orderId);
  const found =
    productIds.length === 0 ? [] : await findSellable(store, { productIds }, null, delivery);
  found.sort((one, other) => one.publicId - other.publicId);
  const known = new Map(found.map((offer) => [offer.variantId, offer]));
  return lines.map(({ line, quantity }) => ({
    lineId: line.id,
    quantity,
    offers: offersFor(line, known, currency),
  }));
}

function offersFor(
  line: OrderLineRow,
  offers: ReadonlyMap<string, SellableVariant>,
  currency: string,
): ReplacementOffer[] {
  return [...offers.values()]
    .filter(({ productId, giftCard }) => productId === line.productId && !giftCard)
    .slice(0, most)
    .flatMap((offer) => {
      const replacement = priceReplacement(line, offer, { offers, currency });
      return replacement ? [offerOf(offer, replacement)] : [];
    });
}

function offerOf(
  { options, title, productTitle, quantity, taxable, taxCode }: SellableVariant,
  replacement: Replacement,
): ReplacementOffer {
  return {
    replacement,
    variantTitle: options.length === 0 ? productTitle : title,
    available: quantity === null ? null : Math.max(0, quantity),
    taxed: `${taxable} ${taxCode}`,
  };
}
