import { allocate, type Grain, percentOf } from '@libs/kernel';
import { sum } from '../sum';
import type { Benefit, Tiered } from './discount';

/** Some units of a line and what they cost together. */
export interface Part {
  units: number;
  valueMinor: number;
}

/**
 * What a benefit takes off each part. Percentages are of the part's amount, never of a unit; a fixed amount that counts
 * once is shared over the parts by largest remainder. Never more than a part is worth.
 */
export function offEach(benefit: Benefit, parts: readonly Part[], grain: Grain): number[] {
  if ('ppm' in benefit) {
    return parts.map(({ valueMinor }) => percentOf(valueMinor, benefit.ppm, grain));
  }
  if (!benefit.each) return offTogether(benefit, parts, grain);
  return parts.map((part) => Math.min(part.valueMinor, fixed(benefit, [part], grain)));
}

/** What a benefit takes off the sum of the parts, shared over them by largest remainder. */
export function offTogether(benefit: Benefit, parts: readonly Part[], grain: Grain): number[] {
  const values = parts.map(({ valueMinor }) => valueMinor);
  const all = sum(values);
  const off =
    'ppm' in benefit
      ? percentOf(all, benefit.ppm, grain)
      : Math.min(all, fixed(benefit, parts, grain));
  return allocate(off, values, grain.quantum);
}

/** The benefit of the highest step that is reached, or null below the first. */
export function tierOf({ by, tiers }: Tiered, parts: readonly Part[]): Benefit | null {
  const reached = sum(parts.map((part) => (by === 'quantity' ? part.units : part.valueMinor)));
  const steps = tiers.filter(({ from }) => from <= reached);
  return steps.toSorted((a, b) => b.from - a.from)[0]?.benefit ?? null;
}

/** A benefit as the trace says it, such as `10 %` or `500 off each`. */
export function benefitWords(benefit: Benefit): string {
  if ('ppm' in benefit) return benefit.ppm === 1_000_000 ? 'free' : `${benefit.ppm / 10_000} %`;
  return benefit.each ? `${benefit.amountMinor} off each` : `${benefit.amountMinor} off`;
}

/** A fixed amount, to the quantum: 5.005 KWD off are 5.010. */
function fixed(
  { amountMinor, each }: Extract<Benefit, { each: boolean }>,
  parts: readonly Part[],
  grain: Grain,
): number {
  const rounded = percentOf(amountMinor, 1_000_000, grain);
  return each ? rounded * sum(parts.map(({ units }) => units)) : rounded;
}
