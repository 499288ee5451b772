import { formatDecimal, postalLines } from '@libs/kernel';
import type { Address } from '../../orders/snapshot';
import type { Language } from '../words';

/** How a language writes what papers hold that tell no price. */
export interface Wording {
  /** @param day `YYYY-MM-DD` */
  day(day: string): string;
  /** @param ppm parts per million */
  percent(ppm: number): string;
  count(quantity: number): string;
  /** An exchange rate. @param rate1e10 ten-thousand-millionths */
  rate(rate1e10: number): string;
  /** As it stands on a label. */
  address(address: Address): string;
}

/** How a language writes what documents hold. */
export interface Say extends Wording {
  /** An amount of minor units of the document's currency, or of another one. */
  money(minor: number, currency?: string): string;
}

/** @param currency of the document, ISO 4217 */
export function sayIn(language: Language, currency: string): Say {
  return {
    ...wordingIn(language),
    money: (minor, other = currency) =>
      new Intl.NumberFormat(language.locale, { style: 'currency', currency: other }).format(
        // The decimal text is exact; the typings know numbers alone.
        formatDecimal(minor, other) as `${number}`,
      ),
  };
}

/** What a language writes of papers without prices. */
export function wordingIn({ locale }: Language): Wording {
  const days = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  const number = (value: number, maximumFractionDigits: number): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 });
  return {
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    percent: (ppm) => percent.format(ppm / 1_000_000),
    count: (quantity) => number(quantity, 0),
    rate: (rate1e10) => number(rate1e10 / 1e10, 10),
    address: (address) => postalLines(address, locale).join('\n'),
  };
}
