import type { Quote } from '../quote';
import { codeKey } from './discount-codes.queries';

/** A use of a discount and what it takes of the limits. */
export interface HeldUse {
  discountId: string;
  codeKey: string | null;
  /** Units of a flash sale by variant. */
  units: Record<string, number>;
  /** Whether the discount's own counter counts it. */
  counted: boolean;
}

/** A discount that a checkout is to hold. */
export type WantedUse = Omit<HeldUse, 'counted'>;

/**
 * What must be held so that a quote stays true: each discount that counts, with its code and, for flash sales, the units
 * that it lowers.
 * @param variantOf the variant of a line
 * @param sales the discounts that are flash sales
 */
export function wantedUses(
  quote: Pick<Quote, 'discounts' | 'lines'>,
  variantOf: (lineId: string) => string,
  sales: ReadonlySet<string>,
): WantedUse[] {
  return quote.discounts.map(({ id, code }) => {
    const units: Record<string, number> = {};
    for (const line of sales.has(id) ? quote.lines : []) {
      for (const { discountId, units: lowered } of line.allocations) {
        const variant = variantOf(line.id);
        if (discountId === id) units[variant] = (units[variant] ?? 0) + lowered;
      }
    }
    return { discountId: id, codeKey: code === null ? null : codeKey(code), units };
  });
}
