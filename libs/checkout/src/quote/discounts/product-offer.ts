import type { Grain } from '@libs/kernel';
import type { PricedLine } from '../priced-line';
import { benefitWords, offEach, type Part, tierOf } from './benefit';
import type { BuyXGetY, DiscountOf, FlashSale } from './discount';
import { means } from './targets';

/** A product discount that lowers lines as they are, without using units of others up. */
export type LineDiscount = DiscountOf<'product'> & {
  rule: Exclude<DiscountOf<'product'>['rule'], BuyXGetY>;
};

/** What a discount would take off each line. */
export interface Offer {
  amounts: number[];
  /** Units of each line that it lowers. */
  units: readonly number[];
  reason: string;
}

/**
 * What a product discount would take off the open units of the lines that it means.
 * @param open units of each line that it may lower
 */
export function offerOf(
  discount: LineDiscount,
  lines: readonly PricedLine[],
  open: readonly number[],
  grain: Grain,
): Offer {
  const { rule, targets } = discount;
  const meant = lines.map((line, index) => (means(targets, line) ? (open[index] ?? 0) : 0));
  if (rule.kind === 'flash_sale') return flashOffer(rule, lines, meant, grain);
  const parts = partsOf(lines, meant);
  if (rule.kind === 'plain') {
    const amounts = offEach(rule.benefit, parts, grain);
    return { amounts, units: meant, reason: benefitWords(rule.benefit) };
  }
  // A step is reached by all that the discount means, taken by others or not.
  const all = lines.filter((line) => means(targets, line));
  const benefit = tierOf(
    rule,
    partsOf(
      all,
      all.map(({ quantity }) => quantity),
    ),
  );
  if (benefit === null) return { amounts: lines.map(() => 0), units: meant, reason: 'no step' };
  const amounts = offEach(benefit, parts, grain);
  return { amounts, units: meant, reason: `step ${benefitWords(benefit)}` };
}

/** The parts of lines that so many units are. */
export function partsOf(lines: readonly PricedLine[], units: readonly number[]): Part[] {
  return lines.map(({ unitMinor }, index) => {
    const count = units[index] ?? 0;
    return { units: count, valueMinor: count * unitMinor };
  });
}

/** The units that are left of the sale go to the lines of a variant from the first. */
function flashOffer(
  { benefit, left }: FlashSale,
  lines: readonly PricedLine[],
  meant: readonly number[],
  grain: Grain,
): Offer {
  const stock = new Map(Object.entries(left));
  const units = lines.map(({ variantId }, index) => {
    const taken = Math.min(meant[index] ?? 0, Math.max(0, stock.get(variantId) ?? 0));
    stock.set(variantId, (stock.get(variantId) ?? 0) - taken);
    return taken;
  });
  const count = units.reduce((all, some) => all + some, 0);
  return {
    amounts: offEach(benefit, partsOf(lines, units), grain),
    units,
    reason: `flash sale ${benefitWords(benefit)}, ${count} units`,
  };
}
