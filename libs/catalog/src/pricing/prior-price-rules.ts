import { economicArea } from '@libs/kernel';
import type { PriorPriceRule } from './prior-price';

/**
 * The rule where a merchant has not said otherwise: both exceptions that the directive leaves to the countries are made,
 * as most of them do. Countries differ, so markets can be told.
 */
export const usualPriorPriceRule: PriorPriceRule = { gradual: true, young: 'since_first_sale' };

/** Whether announced reductions have to name the lowest price of the 30 days before in any of these countries. */
export function asksForPriorPrice(countries: readonly string[]): boolean {
  return countries.some((country) => economicArea.includes(country));
}
