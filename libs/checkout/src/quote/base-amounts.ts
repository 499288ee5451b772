import { allocate, currencyQuantum, toBase } from '@libs/kernel';
import type { QuoteInput } from './input';
import type { Pass } from './price-pass';
import { taxSum } from './tax/levy';

/** The amounts in the store's base currency. */
export interface BaseAmounts {
  currency: string;
  totalMinor: number;
  taxMinor: number;
  lines: number[];
  shipping: number[];
  fees: number[];
  /** One for each tax row. */
  taxes: number[];
}

/**
 * The total converted once at the bare rate, then shared over lines, shipping, fees and tax on top by largest remainder,
 * so that they add up to it; included tax is converted once and shared over its rows.
 */
export function baseAmounts(input: QuoteInput, pass: Pass, totalMinor: number): BaseAmounts {
  const { applied, fees, levies } = pass;
  const { currency, convert } = conversion(input);
  const quantum = currencyQuantum(currency);
  const tax = taxSum(levies);
  const weights = [
    ...applied.lineTotals,
    ...applied.shippingTotals,
    ...fees.map(({ amountMinor }) => amountMinor),
    input.tax.included ? 0 : tax,
  ];
  const total = convert(totalMinor);
  const shares = allocate(total, weights, quantum);
  const taxMinor = input.tax.included ? convert(tax) : (shares.at(-1) ?? 0);
  const taxWeights = levies.map(({ taxMinor: one }) => one);
  const afterLines = applied.lineTotals.length;
  const afterShipping = afterLines + applied.shippingTotals.length;
  return {
    currency,
    totalMinor: total,
    taxMinor,
    lines: shares.slice(0, afterLines),
    shipping: shares.slice(afterLines, afterShipping),
    fees: shares.slice(afterShipping, -1),
    taxes: allocate(taxMinor, taxWeights, quantum),
  };
}

function conversion({ currency, exchange }: QuoteInput): {
  currency: string;
  convert: (amountMinor: number) => number;
} {
  if (exchange === null) return { currency, convert: (amountMinor) => amountMinor };
  const { base, rate1e10 } = exchange;
  return {
    currency: base,
    convert: (amountMinor) => toBase(amountMinor, { base, currency, rate1e10 }),
  };
}
