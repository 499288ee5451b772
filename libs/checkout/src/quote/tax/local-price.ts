import { grainOf } from '@libs/kernel';
import type { QuoteLine } from '../input';
import { quoteErrors } from '../quote.errors';
import { combine, sameNet } from './combined-rate';
import { categoryRates } from './line-rates';
import type { TaxTerms } from './terms';

/**
 * The unit price that counts at the destination, where prices contain the tax of the store's own country: the same
 * gross or the same net where another tax is due, the net or the price as it is where none is.
 * @param untaxed whether the line travels in a consignment that is taxed on delivery
 * @returns minor units, rounded to the currency's quantum
 * @throws quote.no-tax-rates
 */
export function localUnitPrice(
  line: QuoteLine,
  terms: Pick<TaxTerms, 'included' | 'home' | 'regime'>,
  untaxed: boolean,
  currency: string,
): number {
  const { home, regime } = terms;
  if (line.priceAgreed || !terms.included || home === null || !line.taxable) return line.unitMinor;
  const homeRates = home.rates[line.taxCategory];
  if (homeRates === undefined) {
    throw quoteErrors.error('no-tax-rates', { line: line.id, category: line.taxCategory });
  }
  const none = untaxed || !regime.taxed;
  if (none ? home.untaxed === 'keep' : home.abroad === 'same_gross') return line.unitMinor;
  const there = combine(none ? [] : categoryRates(line, regime));
  return sameNet(line.unitMinor, combine(homeRates), there, grainOf(currency));
}
