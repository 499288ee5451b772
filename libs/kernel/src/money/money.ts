import { currencyExponent } from './currency';
import { moneyErrors } from './money.errors';

/** An amount in the currency's minor unit (ISO 4217: 1234 EUR is 12.34 €, 1234 JPY is ¥1234). */
export interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}

/**
 * @param amountMinor a safe integer, in minor units
 * @param currency an ISO 4217 code
 * @throws money.not-an-integer, money.unknown-currency
 */
export function money(amountMinor: number, currency: string): Money {
  if (!Number.isSafeInteger(amountMinor)) {
    throw moneyErrors.error('not-an-integer', { amount: amountMinor });
  }
  currencyExponent(currency);
  return { amountMinor, currency };
}

/**
 * Reads a decimal such as `12.34`, digit by digit and never through a float.
 * @param text digits with at most one point; a sign and surrounding spaces are allowed
 * @returns minor units of the currency; zeros beyond its exponent are dropped (`12.3400` EUR is 1234)
 * @throws money.bad-decimal, money.too-precise, money.too-large
 */
export function parseDecimal(text: string, currency: string): number {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || whole + fraction === '') throw moneyErrors.error('bad-decimal', { text });
  const exponent = currencyExponent(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw moneyErrors.error('too-precise', { text, currency, exponent });
  }
  const amount = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  if (!Number.isSafeInteger(amount)) throw moneyErrors.error('too-large', { text });
  return sign === '-' && amount !== 0 ? -amount : amount;
}

/**
 * Writes minor units as a plain decimal with the currency's own number of decimals, as CSV files and APIs want it.
 * @returns for example `12.34` for 1234 EUR, `1234` for 1234 JPY
 */
export function formatDecimal(amountMinor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return amountMinor < 0 ? `-${text}` : text;
}
