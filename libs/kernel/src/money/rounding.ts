import { currencyExponent } from './currency';
import { moneyErrors } from './money.errors';

/** What becomes of a fraction. Half away from zero is the rule; `floor` is what a store may choose for its taxes. */
export type Rounding = 'half-away-from-zero' | 'floor';

/** How fine the results of a calculation are, and what becomes of the rest. */
export interface Grain {
  /** Results are multiples of so many minor units. */
  quantum: number;
  rounding: Rounding;
}

/**
 * The least step of amounts in a currency, in minor units: 10 where there are three decimals, since card networks want
 * the last of them to be 0, else 1.
 * @throws currency.unknown
 */
export function currencyQuantum(code: string): number {
  return currencyExponent(code) === 3 ? 10 : 1;
}

/** The grain of a currency. @throws currency.unknown */
export function grainOf(code: string, rounding: Rounding = 'half-away-from-zero'): Grain {
  return { quantum: currencyQuantum(code), rounding };
}

/**
 * A fraction as an amount. Every division of money in the product is this one.
 * @param denominator above 0
 * @returns minor units, a multiple of the grain's quantum
 * @throws money.too-large
 */
export function divide(numerator: bigint, denominator: bigint, grain: Grain): number {
  const quantum = BigInt(grain.quantum);
  return toSafe(wholes(numerator, denominator * quantum, grain.rounding) * quantum);
}

/**
 * A share of an amount, such as 33 % of 2997.
 * @param amountMinor minor units, may be negative
 * @param ppm parts per million: 330,000 are 33 %
 * @throws money.bad-ppm, money.not-an-integer, money.too-large
 */
export function percentOf(amountMinor: number, ppm: number, grain: Grain): number {
  return divide(whole(amountMinor) * wholePpm(ppm), 1_000_000n, grain);
}

/**
 * The tax that an amount contains: `gross * ppm / (1e6 + ppm)`.
 * @throws money.bad-ppm, money.not-an-integer
 */
export function taxWithin(grossMinor: number, ppm: number, grain: Grain): number {
  const rate = wholePpm(ppm);
  return divide(whole(grossMinor) * rate, 1_000_000n + rate, grain);
}

/** The whole number as a BigInt. @throws money.not-an-integer */
export function whole(amount: number): bigint {
  if (!Number.isSafeInteger(amount)) throw moneyErrors.error('not-an-integer', { amount });
  return BigInt(amount);
}

/** The number of a result that left the BigInts. @throws money.too-large */
export function toSafe(amount: bigint): number {
  const result = Number(amount);
  if (!Number.isSafeInteger(result)) throw moneyErrors.error('too-large', { text: String(amount) });
  return result;
}

function wholePpm(ppm: number): bigint {
  if (!Number.isSafeInteger(ppm) || ppm < 0) throw moneyErrors.error('bad-ppm', { ppm, least: 0 });
  return BigInt(ppm);
}

function wholes(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  if (rounding === 'floor') {
    const up = negative && size % denominator !== 0n ? 1n : 0n;
    return negative ? -(size / denominator + up) : size / denominator;
  }
  const rounded = (2n * size + denominator) / (2n * denominator);
  return negative ? -rounded : rounded;
}
