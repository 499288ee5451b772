import { currencyExponent } from './currency';
import { formatDecimal } from './money';

/**
 * An amount as borrowed scripts read it: hundredths of the currency's unit, whatever its exponent (100 JPY = 10000).
 * Exact for two decimals and less, and for three with the quantum of 10 (commerce.md, chapter 1); others are rounded.
 * @param amountMinor in minor units
 */
export function hundredths(amountMinor: number, currency: string): number {
  return Math.round(amountMinor * 10 ** (2 - currencyExponent(currency)));
}

/** An amount as a decimal number: 4900 EUR minor units are 49. */
export function decimalNumber(amountMinor: number, currency: string): number {
  return Number(formatDecimal(amountMinor, currency));
}
