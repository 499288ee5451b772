import { type CartLine, cartLimits } from './cart';
import { addLines } from './cart-rules';

/**
 * The lines of two carts as one: quantities of equal lines are summed, as far as the stock and the limits of a cart
 * allow. What a customer had in their own cart stays in any case. Pure.
 * @param own the cart that goes on
 * @param brought what is put in
 */
export function joinLines(own: readonly CartLine[], brought: readonly CartLine[]): CartLine[] {
  const had = new Map(own.map(({ key, quantity }) => [key, quantity]));
  const left = roomByVariant(own, brought);
  const joined = addLines(own, brought).map((line) => {
    const before = had.get(line.key) ?? 0;
    const { variantId } = line.offer;
    const room = left.get(variantId) ?? Infinity;
    const most = Math.max(0, cartLimits.quantity - before);
    const gained = Math.min(line.quantity - before, room, most);
    left.set(variantId, room - gained);
    return { ...line, quantity: before + gained };
  });
  const filled = joined.filter(({ quantity }) => quantity > 0);
  const fresh = filled.filter(({ key }) => !had.has(key));
  const room = Math.max(0, cartLimits.lines - own.length);
  const kept = new Set([...had.keys(), ...fresh.slice(0, room).map(({ key }) => key)]);
  return filled.filter(({ key }) => kept.has(key));
}

/** How many more units of each variant the stock allows; unlimited where nobody counts. */
function roomByVariant(
  own: readonly CartLine[],
  brought: readonly CartLine[],
): Map<string, number> {
  const room = new Map<string, number>();
  for (const { offer } of brought) {
    const inCart = own
      .filter((line) => line.offer.variantId === offer.variantId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (offer.quantity !== null) room.set(offer.variantId, Math.max(0, offer.quantity - inCart));
  }
  return room;
}
