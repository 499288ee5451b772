import { type PriceRule, grainOf, marketPrice, percentOf } from '@libs/kernel';

/** What a general discount takes off each unit: parts per million of the price, or minor units of the base currency. */
export type UnitBenefit = { ppm: number } | { amountMinor: number };

/** A benefit with the discount that gives it, as the ledger keeps it. */
export type UnitDiscount = UnitBenefit & { discountId: string };

/** Products that a discount means; the lists are alternatives, none of them is every product. */
export interface DiscountTargets {
  productIds?: readonly string[] | undefined;
  variantIds?: readonly string[] | undefined;
  collectionIds?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
}

/** An automatic discount that everyone gets on every unit, as long as it runs. */
export interface GeneralDiscount {
  targets: DiscountTargets;
  benefit: UnitBenefit;
  /** Null is at once. */
  startsAt: Date | null;
  /** Null is never. */
  endsAt: Date | null;
}

/** In which currency discounts are taken off: `rule` converts fixed amounts; null in the base currency. */
export interface DiscountedIn {
  currency: string;
  rule: PriceRule | null;
}

/**
 * What one unit costs with the best of these discounts, as a quote computes it: discounts of products do not add up.
 * @param listMinor the price without them, in minor units of `currency`
 * @returns the price itself where none of them lowers it
 */
export function discountedPrice(
  listMinor: number,
  discounts: readonly UnitBenefit[],
  { currency, rule }: DiscountedIn,
): number {
  const grain = grainOf(currency);
  // A price below the quantum cannot be paid; quotes round it first.
  const unit = Math.round(listMinor / grain.quantum) * grain.quantum;
  const off = Math.max(
    0,
    ...discounts.map((benefit) => {
      if ('ppm' in benefit) return percentOf(unit, benefit.ppm, grain);
      const { amountMinor } = benefit;
      const shown =
        rule === null ? amountMinor : marketPrice(amountMinor, { ...rule, ending: null });
      return percentOf(shown, 1_000_000, grain);
    }),
  );
  return off === 0 ? listMinor : Math.max(0, unit - off);
}
