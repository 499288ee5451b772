/** A decimal such as `0.9338` in 1e-10, exactly; null stays null. */
export function rate1e10Of(decimal: string | null): number | null {
  if (decimal === null) return null;
  const [whole = '0', places = ''] = decimal.split('.');
  return Number(whole + places.padEnd(10, '0'));
}

/** The decimal of a rate in 1e-10, without zeros at its end; null stays null. */
export function decimalOf1e10(rate: number | null): string | null {
  if (rate === null) return null;
  const digits = String(rate).padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`.replace(/\.?0+$/, '');
}
