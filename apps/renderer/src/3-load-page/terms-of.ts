import { type MarketTerms, type PriceTerms, homeTerms } from '@renderer/catalog';
import type { Shopper } from './shopper';

/** How prices are shown to a shopper: as in the market of the country that they chose, else as at home. */
export function termsOf(
  shop: { country: string; currency: string },
  markets: readonly MarketTerms[],
  { country = null }: Pick<Shopper, 'country'>,
): PriceTerms {
  const market = markets.find(({ countries }) => country !== null && countries.includes(country));
  return market ?? homeTerms(shop);
}
