import type { CartLine } from './cart';

/**
 * How much of each line can be bought now. Lines of one variant draw on one stock: the first has it before the others.
 * @returns units by the line's key; a line that can be bought whole is not among them
 */
export function shortLines(
  lines: readonly Pick<CartLine, 'key' | 'quantity' | 'offer'>[],
): Map<string, number> {
  const taken = new Map<string, number>();
  const short = new Map<string, number>();
  for (const { key, quantity, offer } of lines) {
    if (offer.quantity === null) continue;
    const before = taken.get(offer.variantId) ?? 0;
    const left = Math.max(0, Math.min(quantity, offer.quantity - before));
    taken.set(offer.variantId, before + left);
    if (left < quantity) short.set(key, left);
  }
  return short;
}
