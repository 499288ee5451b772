import type { Grain } from '@libs/kernel';
import type { Delivery } from '../input';
import { benefitWords, offEach } from './benefit';
import { byPrecedence, type Cut, type DiscountOf } from './discount';

/** A delivery and what it costs before discounts. */
export interface PricedDelivery {
  delivery: Delivery;
  priceMinor: number;
}

/**
 * What the shipping discounts of one set take off: one a delivery, the one that takes most off, among equals the one of
 * precedence.
 * @param subtotalMinor what minimums are compared with
 */
export function applyShippingDiscounts(
  deliveries: readonly PricedDelivery[],
  discounts: readonly DiscountOf<'shipping'>[],
  subtotalMinor: number,
  grain: Grain,
): Cut[] {
  const able = discounts
    .filter(({ minimum }) => subtotalMinor >= (minimum?.subtotalMinor ?? 0))
    .toSorted(byPrecedence);
  return deliveries.flatMap((priced) => {
    const cuts = able.map((discount) => ({
      discount,
      target: priced.delivery.id,
      units: 1,
      amountMinor: shippingOff(discount, priced, grain),
      reason: `shipping ${benefitWords(discount.rule.benefit)}`,
    }));
    const most = Math.max(0, ...cuts.map(({ amountMinor }) => amountMinor));
    const best = most === 0 ? undefined : cuts.find(({ amountMinor }) => amountMinor === most);
    return best ? [best] : [];
  });
}

/** Whether a shipping discount counts where a delivery goes. */
export function shipsTo({ rule }: DiscountOf<'shipping'>, { country }: Delivery): boolean {
  return rule.countries === null || rule.countries.includes(country);
}

function shippingOff(
  discount: DiscountOf<'shipping'>,
  { delivery, priceMinor }: PricedDelivery,
  grain: Grain,
): number {
  const { dearestMinor, benefit } = discount.rule;
  if (!shipsTo(discount, delivery)) return 0;
  if (dearestMinor !== null && priceMinor > dearestMinor) return 0;
  return offEach(benefit, [{ units: 1, valueMinor: priceMinor }], grain)[0] ?? 0;
}
