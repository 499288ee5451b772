import type { Grain } from '@libs/kernel';
import type { PricedLine } from '../priced-line';
import { benefitWords, offTogether, tierOf } from './benefit';
import { byPrecedence, type Benefit, type Cut, type DiscountOf } from './discount';

/**
 * What the order discounts of one set take off, in sequence, each of what the one before left, shared over the lines by
 * largest remainder. Percentages come before fixed amounts, which is the lower total; among themselves by precedence.
 * Steps of tiered discounts look at the subtotal after product discounts.
 * @param rests what is left of each line after product discounts
 */
export function applyOrderDiscounts(
  lines: readonly PricedLine[],
  rests: readonly number[],
  discounts: readonly DiscountOf<'order'>[],
  grain: Grain,
): Cut[] {
  const parts = lines.map(({ quantity, discountable }, index) => ({
    units: discountable ? quantity : 0,
    valueMinor: discountable ? (rests[index] ?? 0) : 0,
  }));
  const sequence = discounts
    .map((discount) => ({ discount, benefit: benefitOf(discount, parts) }))
    .toSorted((a, b) => kind(a.benefit) - kind(b.benefit) || byPrecedence(a.discount, b.discount));
  return sequence.flatMap(({ discount, benefit }) => {
    if (benefit === null) return [];
    const amounts = offTogether(benefit, parts, grain);
    return lines.flatMap(({ id }, index) => {
      const [part, amountMinor = 0] = [parts[index], amounts[index]];
      if (!part || amountMinor === 0) return [];
      part.valueMinor -= amountMinor;
      const reason = `${benefitWords(benefit)} of the order`;
      return [{ discount, target: id, units: part.units, amountMinor, reason }];
    });
  });
}

function benefitOf(
  { rule }: DiscountOf<'order'>,
  parts: Parameters<typeof tierOf>[1],
): Benefit | null {
  return rule.kind === 'plain' ? rule.benefit : tierOf(rule, parts);
}

function kind(benefit: Benefit | null): number {
  return benefit !== null && 'ppm' in benefit ? 0 : 1;
}
