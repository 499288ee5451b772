import type { Grain } from '@libs/kernel';
import type { PricedLine } from '../priced-line';
import { sum } from '../sum';
import { benefitWords, offEach } from './benefit';
import { useBuyXGetY } from './buy-x-get-y';
import { byPrecedence, type BuyXGetY, type Cut, type DiscountOf } from './discount';
import { type LineDiscount, offerOf, partsOf } from './product-offer';

type ProductDiscount = DiscountOf<'product'>;
type UnitDiscount = ProductDiscount & { rule: BuyXGetY };

/** Beyond so many buy X get Y in one set it is not tried whether the shopper is better off without one of them. */
const triedWithout = 3;

/** Units that no discount has used, and lines that a discount has lowered. */
interface Open {
  units: number[];
  cuts: Cut[];
}

/**
 * What the product discounts of one set take off the lines. Units of a buy X get Y take no other product discount, and a
 * line takes at most one: the one that takes most off, among equals the one of precedence. Where leaving a buy X get Y
 * out takes more off in all, it is left out.
 */
export function applyProductDiscounts(
  lines: readonly PricedLine[],
  discounts: readonly ProductDiscount[],
  grain: Grain,
): Cut[] {
  const sorted = discounts.toSorted(byPrecedence);
  const ofUnits = sorted.filter((discount): discount is UnitDiscount => usesUnits(discount));
  const ofLines = sorted.filter((discount): discount is LineDiscount => !usesUnits(discount));
  const tries = ofUnits.length > triedWithout ? [ofUnits] : subsets(ofUnits);
  const outcomes = tries.map((some) =>
    lowerLines(lines, ofLines, useUnits(lines, some, grain), grain),
  );
  return outcomes.reduce((best, next) => (worth(next) > worth(best) ? next : best));
}

function usesUnits(discount: ProductDiscount): discount is UnitDiscount {
  return discount.rule.kind === 'buy_x_get_y';
}

/** Every subset, the whole first. */
function subsets<T>(of: readonly T[]): T[][] {
  const [first, ...rest] = of;
  if (first === undefined) return [[]];
  const others = subsets(rest);
  return [...others.map((some) => [first, ...some]), ...others];
}

function useUnits(
  lines: readonly PricedLine[],
  discounts: readonly UnitDiscount[],
  grain: Grain,
): Open {
  const open: Open = { units: lines.map(({ quantity }) => quantity), cuts: [] };
  for (const discount of discounts) {
    const { benefit } = discount.rule.get;
    const { bought, gifts } = useBuyXGetY(discount.rule, lines, open.units);
    const amounts = offEach(benefit, partsOf(lines, gifts), grain);
    lines.forEach(({ id }, index) => {
      const [count = 0, amountMinor = 0] = [gifts[index], amounts[index]];
      const reason = `${count} as gifts, ${benefitWords(benefit)}`;
      const cut = { discount, target: id, units: count, amountMinor, reason };
      if (amountMinor > 0) open.cuts.push(cut);
      // A line that took a discount is closed; of one that was only bought from, the rest stays open.
      open.units[index] = count > 0 ? 0 : (open.units[index] ?? 0) - (bought[index] ?? 0);
    });
  }
  return open;
}

function lowerLines(
  lines: readonly PricedLine[],
  discounts: readonly LineDiscount[],
  { units, cuts }: Open,
  grain: Grain,
): Cut[] {
  const offers = discounts.map((discount) => offerOf(discount, lines, units, grain).amounts);
  const winners = lines.map((_, index) => {
    const most = Math.max(0, ...offers.map((amounts) => amounts[index] ?? 0));
    return most === 0 ? -1 : offers.findIndex((amounts) => amounts[index] === most);
  });
  // What was shared over lines that another discount won moves to those that are left.
  const won = discounts.flatMap((discount, which) => {
    const own = units.map((count, index) => (winners[index] === which ? count : 0));
    const { amounts, units: lowered, reason } = offerOf(discount, lines, own, grain);
    return lines.map(({ id }, index) => ({
      discount,
      target: id,
      units: lowered[index] ?? 0,
      amountMinor: amounts[index] ?? 0,
      reason,
    }));
  });
  return [...cuts, ...won.filter(({ amountMinor }) => amountMinor > 0)];
}

function worth(cuts: readonly Cut[]): number {
  return sum(cuts.map(({ amountMinor }) => amountMinor));
}
