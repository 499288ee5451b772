import { formatDecimal } from '@libs/kernel';

/** An amount in minor units as it is written in a language. */
export function printedMoney(
  { amountMinor, currency }: { amountMinor: number; currency: string },
  locale: string,
): string {
  const decimal = formatDecimal(amountMinor, currency) as `${number}`;
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(decimal);
}
