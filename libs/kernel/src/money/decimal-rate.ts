import { divide } from './rounding';

/** One unit, in ten-thousand-millionths. */
export const unit1e10 = 10_000_000_000;

/** A decimal such as `0.9338`, of at most ten places, in 1e-10, exactly. */
export function rateOfDecimal(decimal: string): number {
  const [whole = '0', places = ''] = decimal.split('.');
  return Number(whole + places.padEnd(10, '0'));
}

/** The decimal of a rate in 1e-10, without zeros at its end. */
export function decimalOfRate(rate1e10: number): string {
  const digits = String(rate1e10).padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`.replace(/\.?0+$/, '');
}

/** What one unit of `base` is in `currency`, where both are known for one unit of a third. */
export function crossRate(base1e10: number, currency1e10: number): number {
  const grain = { quantum: 1, rounding: 'half-away-from-zero' } as const;
  return divide(BigInt(currency1e10) * BigInt(unit1e10), BigInt(base1e10), grain);
}
