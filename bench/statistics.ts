/** A source of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The value that such a share of all values lies below; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}

/** Often enough for two digits. */
const resamples = 1_000;

/**
 * A quantile of one kind of measurement over that of another, and between which values it lies in 95 of 100 such runs:
 * by drawing the rounds anew, both kinds of a round together.
 * @param ours values by round @param reference of as many rounds
 */
export function ratioOf(
  ours: readonly number[][],
  reference: readonly number[][],
  q: number,
): { ratio: number; low: number; high: number } {
  const of = (rounds: readonly number[]): number => {
    const all = (kind: readonly number[][]) => rounds.flatMap((round) => kind[round] ?? []);
    return quantile(all(ours), q) / quantile(all(reference), q);
  };
  const random = seeded(1);
  const drawn = Array.from({ length: resamples }, () =>
    of(ours.map(() => Math.floor(random() * ours.length))),
  );
  return {
    ratio: of([...ours.keys()]),
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
  };
}

/** A ratio as the rounds show it: their median, and where it lies 95 times in 100. */
export interface Ratio {
  median: number;
  low: number;
  high: number;
}

/**
 * How often the second goes into the first. The interval is that of medians of rounds drawn anew (bootstrap).
 * @param first values by round @param second of as many rounds
 */
export function medianRatio(first: readonly number[], second: readonly number[]): Ratio {
  const ratios = first.map((value, round) => value / (second[round] ?? NaN));
  const random = seeded(1);
  const draw = (): number => ratios[Math.floor(random() * ratios.length)] ?? NaN;
  const medians = Array.from({ length: resamples }, () => quantile(ratios.map(draw), 0.5));
  return {
    median: quantile(ratios, 0.5),
    low: quantile(medians, 0.025),
    high: quantile(medians, 0.975),
  };
}
