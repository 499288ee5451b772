import { type Cart, type CartLine, cartLimits } from './cart';
import type { GiftFault } from './gift-wish';

/** Why a cart stays as it was. */
export type Refusal =
  | { reason: 'variant-missing' }
  | { reason: 'line-missing' }
  /** `left`: how many more could be added; `inCart`: how many are in it already. */
  | { reason: 'short'; title: string; left: number; inCart: number }
  /** What was typed of whom gift cards are for. */
  | { reason: 'gift'; faults: GiftFault[] }
  | { reason: 'too-many-lines'; limit: number }
  | { reason: 'too-many-units'; limit: number }
  | { reason: 'too-many-attributes'; limit: number };

/** What of a cart is judged. */
type Judged = Pick<Cart, 'lines' | 'attributes'>;

/**
 * Whether a cart may become another. Only growth is judged: lowering or removing never fails, whatever the stock says.
 * @returns null when it may
 */
export function judge(before: Judged, after: Judged): Refusal | null {
  const { lines, quantity: units, attributes } = cartLimits;
  if (after.lines.length > Math.max(lines, before.lines.length)) {
    return { reason: 'too-many-lines', limit: lines };
  }
  if (Object.keys(after.attributes).length > attributes) {
    return { reason: 'too-many-attributes', limit: attributes };
  }
  const had = new Map(before.lines.map(({ key, quantity }) => [key, quantity]));
  if (after.lines.some(({ key, quantity }) => quantity > Math.max(units, had.get(key) ?? 0))) {
    return { reason: 'too-many-units', limit: units };
  }
  return findShort(before.lines, after.lines);
}

/** Lines of one variant draw on one stock, whatever their properties. */
function findShort(before: readonly CartLine[], after: readonly CartLine[]): Refusal | null {
  const inCart = unitsByVariant(before);
  const wanted = unitsByVariant(after);
  for (const { offer } of after) {
    const { variantId, quantity: available } = offer;
    const now = inCart.get(variantId) ?? 0;
    const then = wanted.get(variantId) ?? 0;
    if (available !== null && then > now && then > available) {
      return {
        reason: 'short',
        title: titleOf(offer),
        left: Math.max(0, available - now),
        inCart: now,
      };
    }
  }
  return null;
}

/** A variant's name in a sentence: `Linen shirt - S`. */
function titleOf({ productTitle, title, options }: CartLine['offer']): string {
  return options.length === 0 ? productTitle : `${productTitle} - ${title}`;
}

function unitsByVariant(lines: readonly CartLine[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { offer, quantity } of lines) {
    units.set(offer.variantId, (units.get(offer.variantId) ?? 0) + quantity);
  }
  return units;
}
