import { allocate, divide, type Grain } from '@libs/kernel';
import type { TaxRate } from './terms';

/** So many parts are the whole; finer than ppm, so that taxes on taxes are not rounded. */
const one = 1_000_000_000_000n;

/** All taxes of a thing as one rate, in 1e-12, and the part that each has in it. */
export interface CombinedRate {
  rate: bigint;
  parts: number[];
}

/** Adds rates up; a compound one is levied on the amount with those before it. */
export function combine(rates: readonly TaxRate[]): CombinedRate {
  let rate = 0n;
  const parts = rates.map(({ ppm, compound }) => {
    const plain = BigInt(ppm) * 1_000_000n;
    const part = compound ? (plain * (one + rate)) / one : plain;
    rate += part;
    return Number(part);
  });
  return { rate, parts };
}

/** The tax in or on an amount. */
export function taxOf(
  amountMinor: number,
  { rate }: CombinedRate,
  included: boolean,
  grain: Grain,
): number {
  return divide(BigInt(amountMinor) * rate, included ? one + rate : one, grain);
}

/** A tax as the shares of its authorities, by largest remainder. */
export function sharesOf(taxMinor: number, { parts }: CombinedRate, grain: Grain): number[] {
  return allocate(taxMinor, parts, grain.quantum);
}

/** A price that contained one tax as it is with another, the net being the same. */
export function sameNet(
  grossMinor: number,
  from: CombinedRate,
  to: CombinedRate,
  grain: Grain,
): number {
  return divide(BigInt(grossMinor) * (one + to.rate), one + from.rate, grain);
}
