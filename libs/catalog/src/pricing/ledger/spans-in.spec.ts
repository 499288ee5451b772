import * as fc from 'fast-check';
import { type ListedSpan, spansIn } from './spans-in';

const minutes = 60;

/** Intervals of a list, cut out of a row of lengths; those with an amount of 0 are left out. */
function listOf(list: string, parts: readonly { length: number; amountMinor: number }[]) {
  const spans: ListedSpan[] = [];
  let from = 0;
  parts.forEach(({ length, amountMinor }, index) => {
    const last = index === parts.length - 1;
    const to = last ? null : from + length;
    if (amountMinor > 0) spans.push({ from, to, amountMinor, kind: 'list', list });
    from += length;
  });
  return spans;
}

const aPart = (least: number) =>
  fc.record({
    length: fc.integer({ min: 0, max: 20 }),
    amountMinor: fc.integer({ min: least, max: 5 }),
  });

describe('the prices that applied in a market', () => {
  it('are its own wherever it had one, else the store’s, minute by minute', () => {
    const someBase = fc.array(aPart(1), { minLength: 1, maxLength: 6 });
    const someOwn = fc.array(aPart(0), { maxLength: 6 });
    fc.assert(
      fc.property(someBase, someOwn, (base, own) => {
        const all = [...listOf('base', base), ...listOf('france', own), ...listOf('japan', base)];
        const at = (spans: readonly { from: number; to: number | null }[], minute: number) =>
          spans.filter(({ from, to }) => from <= minute && (to === null || to > minute));
        const parts = spansIn('france', all);
        const told = Array.from({ length: minutes }, (_, minute) => at(parts, minute));
        const expected = Array.from({ length: minutes }, (_, minute) => {
          const running = at(all, minute) as ListedSpan[];
          const counts =
            running.find(({ list }) => list === 'france') ??
            running.find(({ list }) => list === 'base');
          const list = counts?.list === 'france' ? 'market' : 'base';
          return [expect.objectContaining({ amountMinor: counts?.amountMinor, list })];
        });
        expect(told).toEqual(expected);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});
