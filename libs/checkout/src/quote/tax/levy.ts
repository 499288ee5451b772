import { allocate, type Grain } from '@libs/kernel';
import { type CombinedRate, combine, sharesOf, taxOf } from './combined-rate';
import type { TaxRate, TaxTerms } from './terms';

/** An amount that is taxed at one list of rates. */
export interface TaxPart {
  on: 'line' | 'shipping' | 'fee';
  id: string;
  amountMinor: number;
  units: number;
  rates: readonly TaxRate[];
}

/** A tax of one authority on one part. */
export interface Levy {
  part: TaxPart;
  rate: TaxRate;
  taxableMinor: number;
  taxMinor: number;
}

/** How taxes are computed; the rounding is the grain's. */
export type LevyTerms = Pick<TaxTerms, 'included' | 'level'> & { grain: Grain };

/**
 * The taxes of some parts. At level `document` each list of rates is rounded once over all of its parts and shared out
 * to them by largest remainder, so that they add up; at `line` and `unit` each part stands for itself. Several
 * authorities share the combined tax by largest remainder.
 */
export function levy(parts: readonly TaxPart[], terms: LevyTerms): Levy[] {
  const groups = new Map<string, TaxPart[]>();
  for (const part of parts) {
    const key = terms.level === 'document' ? rateKey(part.rates) : String(groups.size);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  const levies = [...groups.values()].flatMap((group) => levyGroup(group, terms));
  // In the order of the parts, whatever their rates.
  return parts.flatMap((part) => levies.filter((one) => one.part === part));
}

/** The sum of taxes. */
export function taxSum(levies: readonly Levy[]): number {
  return levies.reduce((all, { taxMinor }) => all + taxMinor, 0);
}

const keys = new WeakMap<readonly TaxRate[], string>();

/** Parts with the same key are taxed alike. A list of rates is asked for often, so its key is kept with it. */
export function rateKey(rates: readonly TaxRate[]): string {
  const known = keys.get(rates);
  if (known !== undefined) return known;
  const key = JSON.stringify(
    rates.map(({ name, jurisdiction, ppm, compound }) => [name, jurisdiction, ppm, !!compound]),
  );
  keys.set(rates, key);
  return key;
}

function levyGroup(group: readonly TaxPart[], terms: LevyTerms): Levy[] {
  const rates = group[0]?.rates ?? [];
  if (rates.length === 0) return [];
  const { included, grain } = terms;
  const combined = combine(rates);
  const tax =
    group.length === 1 ? taxOfOne(group[0], combined, terms) : taxOfAll(group, combined, terms);
  const weights = group.map(({ amountMinor }) => amountMinor);
  // Rows are authorities, columns are parts.
  const shares = sharesOf(tax, combined, grain).map((share) =>
    allocate(share, weights, grain.quantum),
  );
  return group.flatMap((part, column) => {
    const own = shares.reduce((all, row) => all + (row[column] ?? 0), 0);
    const taxableMinor = included ? part.amountMinor - own : part.amountMinor;
    return rates.map((rate, row) => ({
      part,
      rate,
      taxableMinor,
      taxMinor: shares[row]?.[column] ?? 0,
    }));
  });
}

function taxOfAll(
  group: readonly TaxPart[],
  combined: CombinedRate,
  { included, grain }: LevyTerms,
): number {
  const amount = group.reduce((all, part) => all + part.amountMinor, 0);
  return taxOf(amount, combined, included, grain);
}

/** At level `unit` the units of a part differ by one quantum at most, so that two calculations are enough. */
function taxOfOne(
  part: TaxPart | undefined,
  combined: CombinedRate,
  { included, level, grain }: LevyTerms,
): number {
  const { amountMinor, units } = part ?? { amountMinor: 0, units: 0 };
  if (level !== 'unit' || units < 2) return taxOf(amountMinor, combined, included, grain);
  const small = Math.floor(amountMinor / grain.quantum / units) * grain.quantum;
  const larger = (amountMinor - small * units) / grain.quantum;
  return (
    (units - larger) * taxOf(small, combined, included, grain) +
    larger * taxOf(small + grain.quantum, combined, included, grain)
  );
}
