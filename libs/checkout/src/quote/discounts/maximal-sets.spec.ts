import * as fc from 'fast-check';
import { maximalSets } from './maximal-sets';

const noLimits = { sets: 100_000, branches: 1_000_000 };

/** Things with weights, and which pairs go together. */
const graph = fc
  .array(fc.nat(50), { maxLength: 9 })
  .chain((weights) =>
    fc.tuple(
      fc.constant(weights),
      fc.array(fc.boolean(), { minLength: weights.length ** 2, maxLength: weights.length ** 2 }),
    ),
  );

function pairs(count: number, bits: readonly boolean[]): (a: number, b: number) => boolean {
  return (a, b) => bits[Math.min(a, b) * count + Math.max(a, b)] ?? false;
}

/** Every maximal set, by trying all subsets. */
function bruteForce(count: number, together: (a: number, b: number) => boolean): string[] {
  const all = [...Array(count).keys()];
  const fits = (set: number[], index: number) => set.every((other) => together(other, index));
  return [...Array(2 ** count).keys()]
    .map((mask) => all.filter((index) => mask & (1 << index)))
    .filter((set) => set.every((index, at) => fits(set.slice(0, at), index)))
    .filter((set) => !all.some((index) => !set.includes(index) && fits(set, index)))
    .map((set) => set.join());
}

describe('maximal sets', () => {
  it('are all found, each once', () => {
    fc.assert(
      fc.property(graph, ([weights, bits]) => {
        const together = pairs(weights.length, bits);
        const { sets, capped } = maximalSets(weights, together, noLimits);
        expect(capped).toBe(false);
        const found = sets.map((set) => set.toSorted((a, b) => a - b).join());
        expect(found.toSorted()).toEqual(bruteForce(weights.length, together).toSorted());
      }),
      { seed: 20261121, numRuns: 150 },
    );
  });

  it('come with the highest sum of weights first', () => {
    const together = (a: number, b: number) => a < 2 === b < 2;
    expect(maximalSets([1, 2, 5, 5], together, noLimits).sets).toEqual([
      [2, 3],
      [1, 0],
    ]);
  });

  it('stop at the limit, with the greedy set among them', () => {
    // Twelve pairs of which one each: 4,096 sets.
    const together = (a: number, b: number) => a >> 1 !== b >> 1;
    const weights = Array.from({ length: 24 }, (_, i) => i);
    const { sets, capped } = maximalSets(weights, together, { sets: 2_000, branches: 20_000 });
    expect([sets.length, capped]).toEqual([2_001, true]);
    const greedy = Array.from({ length: 12 }, (_, i) => 23 - 2 * i);
    expect(sets.at(-1)).toEqual(greedy);
    expect(sets[0]).toEqual(greedy);
  });

  it('are one empty set of nothing', () => {
    expect(maximalSets([], () => true, noLimits)).toEqual({ sets: [[]], capped: false });
  });
});
