import * as fc from 'fast-check';
import { shareOut } from './share-out';

describe('a limit shared among lists', () => {
  it.each([
    [[10, 10, 10], 10, [4, 3, 3]],
    [[10, 1, 0, 2], 10, [7, 1, 0, 2]],
    [[3, 2], 10, [3, 2]],
    [[5, 5], 1, [1, 0]],
    [[], 10, []],
  ])('%j within %i', (lengths, limit, shares) => expect(shareOut(lengths, limit)).toEqual(shares));

  it('is used up as far as there is anything, and no list waits behind one that has more', () => {
    const lengths = fc.array(fc.nat(15), { maxLength: 6 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 10 }), (given, limit) => {
        const shares = shareOut(given, limit);
        const total = given.reduce((sum, one) => sum + one, 0);
        expect(shares.reduce((sum, one) => sum + one, 0)).toBe(Math.min(limit, total));
        for (const [index, share] of shares.entries()) {
          expect(share).toBeLessThanOrEqual(given[index] as number);
          // Whoever has less than another by two or more has nothing left to give.
          if (shares.some((other) => other > share + 1)) expect(share).toBe(given[index]);
        }
      }),
    );
  });
});
