import { formatDecimal, isLargestFirst, postalLines } from '@libs/kernel';
import type { Address } from '../../checkouts/checkout';
import { provinceName } from '../../addresses/countries';

/** Writes an amount as the language does, below 0 with a minus and not a hyphen. @param amountMinor in minor units */
export function moneyText(amountMinor: number, currency: string, lang: string): string {
  const format = new Intl.NumberFormat(lang, { style: 'currency', currency });
  // The decimal text is exact; the typings know numbers alone.
  return format.format(formatDecimal(amountMinor, currency) as unknown as number).replace('-', '−');
}

/** Writes a rate as the language does. @param ppm parts per million: 190,000 is 19 % */
export function percentText(ppm: number, lang: string): string {
  const format = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 4 });
  return format.format(ppm / 1_000_000);
}

/** The lines of an address as they stand on a label. */
export function addressLines(address: Address, lang: string): string[] {
  const { country, province } = address;
  const named = province === undefined ? {} : { province: provinceName(country, province) };
  return postalLines({ ...address, ...named }, lang);
}

/** The same in one line; Chinese and Japanese put no comma between its parts. */
export function addressLine(address: Address, lang: string): string {
  return addressLines(address, lang).join(isLargestFirst(address) ? ' ' : ', ');
}

/** A country in the words of a language. */
export function countryName(country: string, lang: string): string {
  return new Intl.DisplayNames([lang, 'en'], { type: 'region' }).of(country) ?? country;
}

/** From one day to another: `23–25 Nov`. @param from and to `YYYY-MM-DD` */
export function daysText({ from, to }: { from: string; to: string }, lang: string): string {
  const format = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  // Between two days Chinese data has numbers with slashes, which beside `11月23日` read as something else.
  if (!lang.startsWith('zh') || from === to) return format.formatRange(first, last);
  const month = (day: string): string => day.slice(0, 7);
  const end = format.format(last);
  return `${format.format(first)}至${month(from) === month(to) ? end.replace(/^.*月/, '') : end}`;
}
