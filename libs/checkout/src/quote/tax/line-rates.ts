import type { QuoteLine } from '../input';
import { quoteErrors } from '../quote.errors';
import type { TaxRate, TaxRegime } from './terms';

/**
 * The taxes that a line bears.
 * @param totalMinor what the line costs after discounts, for limits per unit
 * @throws quote.no-tax-rates when the regime does not know the line's category
 */
export function lineRates(
  line: QuoteLine,
  totalMinor: number,
  regime: TaxRegime,
): readonly TaxRate[] {
  const rates = categoryRates(line, regime);
  const spared = ({ exemptBelowMinor }: TaxRate): boolean =>
    exemptBelowMinor !== undefined && totalMinor < exemptBelowMinor * line.quantity;
  return rates.some(spared) ? rates.filter((rate) => !spared(rate)) : rates;
}

const none: readonly TaxRate[] = [];

/** The taxes of a line, or of its category, limits per unit left aside. @throws quote.no-tax-rates */
export function categoryRates(line: QuoteLine, regime: TaxRegime): readonly TaxRate[] {
  if (!line.taxable) return none;
  if (line.rates) return line.rates;
  if (!regime.taxed) return none;
  const rates = regime.rates[line.taxCategory];
  if (rates === undefined) {
    throw quoteErrors.error('no-tax-rates', { line: line.id, category: line.taxCategory });
  }
  return rates;
}
