import { divide, type Grain, percentOf } from '@libs/kernel';
import type { PricedLine } from '../priced-line';
import type { Cut, DiscountOf, GivenDiscount } from './discount';

/** Every discount that was given on any of the lines, once. */
export function givenDiscounts(lines: readonly PricedLine[]): DiscountOf<'product' | 'order'>[] {
  const all = lines.flatMap(({ given = [] }) =>
    given.map((one) => [one.id, asDiscount(one)] as const),
  );
  return [...new Map(all).values()];
}

/**
 * What discounts of one class that were given take off their lines, one after the other, never more than is left.
 * @param values what is left of each line before them
 */
export function givenCuts({
  lines,
  values,
  discountClass,
  grain,
}: {
  lines: readonly PricedLine[];
  values: readonly number[];
  discountClass: GivenDiscount['class'];
  grain: Grain;
}): Cut[] {
  return lines.flatMap(({ id, quantity, given = [] }, index) => {
    let left = values[index] ?? 0;
    const own = given.filter((one) => one.class === discountClass);
    return own.flatMap((one): Cut[] => {
      const amountMinor = Math.min(left, offOf(one, quantity, { left, grain }));
      left -= amountMinor;
      const cut = { discount: asDiscount(one), target: id, units: quantity, amountMinor };
      return amountMinor > 0 ? [{ ...cut, reason: 'as agreed' }] : [];
    });
  });
}

function offOf(
  { off }: GivenDiscount,
  quantity: number,
  { left, grain }: { left: number; grain: Grain },
): number {
  if ('ppm' in off) return percentOf(left, off.ppm, grain);
  return divide(BigInt(off.amountMinor) * BigInt(quantity), BigInt(off.ofUnits), grain);
}

/** As the rows and the trace name it; its benefit is not looked at again. */
function asDiscount(one: GivenDiscount): DiscountOf<'product' | 'order'> {
  const rule = { kind: 'plain', benefit: { amountMinor: 0, each: false } } as const;
  const shared = {
    id: one.id,
    title: one.title,
    code: one.code === null ? null : { text: one.code, place: 0 },
    createdAt: 0,
    startsAt: null,
    endsAt: null,
    combinesWith: { product: true, order: true, shipping: true },
    minimum: null,
    groups: null,
    markets: null,
    usesLeft: null,
  };
  return one.class === 'product'
    ? { ...shared, class: 'product', targets: {}, rule }
    : { ...shared, class: 'order', rule };
}
