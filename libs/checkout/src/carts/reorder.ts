import type { SellableVariant } from '@libs/catalog';
import type { CartLine, Properties } from './cart';
import { lineKey } from './line-key';

/** Something that was bought before and is wanted again. */
export interface ReorderedLine {
  /** Null for what was in no catalogue. */
  variantId: string | null;
  /** As it was called in the order. */
  title: string;
  quantity: number;
  properties: Properties;
}

/** What of an order did not come into the cart, or not all of it. */
export interface LeftOut {
  title: string;
  wanted: number;
  /** Units that came into the cart; 0 but for `reduced`. */
  got: number;
  /** Not sold any more, sold out, no more than so many left, or the cart is full. */
  reason: 'gone' | 'sold-out' | 'reduced' | 'full';
}

/** The lines of an order that are still sold, as a cart takes them. */
export function reorderLines(
  wanted: readonly ReorderedLine[],
  offers: ReadonlyMap<string, SellableVariant>,
): CartLine[] {
  return wanted.flatMap(({ variantId, quantity, properties }) => {
    const offer = offers.get(variantId ?? '');
    const key = offer && lineKey(offer.publicId, properties);
    return offer && key ? [{ key, offer, quantity, properties }] : [];
  });
}

/**
 * Compares what was wanted with what came into the cart, in the order's order. Pure.
 * @param offers what is still sold, by the variant's id
 * @param gained lines of the quantities that came
 */
export function leftOut(
  wanted: readonly ReorderedLine[],
  offers: ReadonlyMap<string, SellableVariant>,
  gained: readonly CartLine[],
): LeftOut[] {
  const came = new Map(gained.map(({ key, quantity }) => [key, quantity]));
  return wanted.flatMap(({ variantId, title, quantity, properties }): LeftOut[] => {
    const offer = offers.get(variantId ?? '');
    if (!offer) return [{ title, wanted: quantity, got: 0, reason: 'gone' }];
    const key = lineKey(offer.publicId, properties);
    const left = came.get(key) ?? 0;
    const got = Math.min(left, quantity);
    came.set(key, left - got);
    if (got === quantity) return [];
    const missing = (offer.quantity ?? Infinity) <= 0 ? 'sold-out' : 'full';
    return [{ title, wanted: quantity, got, reason: got > 0 ? 'reduced' : missing }];
  });
}
