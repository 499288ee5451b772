import type { QuoteLine } from '../input';
import { quoteErrors } from '../quote.errors';
import type { TaxRate, TaxRegime } from './terms';

/**
 * The taxes that a line bears.
 * @param totalMinor what the line costs after discounts, for limits per unit
 * @throws quote.no-tax-rates when the regime does not know the line's category
 */
export function lineRates(line: QuoteLine, totalMinor: number, regime: TaxRegime): TaxRate[] {
  return categoryRates(line, regime).filter(
    ({ exemptBelowMinor }) =>
      exemptBelowMinor === undefined || totalMinor >= exemptBelowMinor * line.quantity,
  );
}

/** The taxes of a line's category, limits per unit left aside. @throws quote.no-tax-rates */
export function categoryRates(line: QuoteLine, regime: TaxRegime): readonly TaxRate[] {
  if (!regime.taxed || !line.taxable) return [];
  const rates = regime.rates[line.taxCategory];
  if (rates === undefined) {
    throw quoteErrors.error('no-tax-rates', { line: line.id, category: line.taxCategory });
  }
  return rates;
}
