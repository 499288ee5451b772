import type { TaxSettings } from '../contract';

/** Countries whose shops show prices without the sales tax. */
const withoutTax = new Set(['US', 'CA', 'PR']);

/** What counts until a merchant decides otherwise. @param country the store's */
export function defaultTaxSettings(country: string): Omit<TaxSettings, 'version'> {
  const included = !withoutTax.has(country);
  return {
    pricesIncludeTax: included,
    level: country === 'US' ? 'line' : 'document',
    rounding: 'half-away-from-zero',
    shipping: 'split',
    abroad: 'same_gross',
    untaxed: 'keep',
    dutyPaid: false,
    lowValueDuty: 'shopper',
  };
}
