import * as fc from 'fast-check';
import { codeKey } from '../discounts/discount-codes.queries';
import { cartLimits } from './cart';
import { distinctCodes } from './distinct-codes';

describe('the codes of a cart', () => {
  it('are each there once, as first written, the last ones of too many', () => {
    expect(distinctCodes([' ten ', 'TEN', '', 'Two', 'a\0b'])).toEqual(['ten', 'Two', 'ab']);
    const many = Array.from({ length: 9 }, (_, at) => `C${at}`);
    expect(distinctCodes(many)).toEqual(['C3', 'C4', 'C5', 'C6', 'C7', 'C8']);
  });

  it('can be written into the database, whatever a link says', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (codes) => {
        const kept = distinctCodes([...codes, '\ud800x', '\0']);
        expect(kept.length).toBeLessThanOrEqual(cartLimits.codes);
        expect(new Set(kept.map(codeKey)).size).toBe(kept.length);
        for (const code of kept) {
          expect(code).toMatch(/^\P{C}+$/u);
          expect(distinctCodes([code])).toEqual([code]);
        }
      }),
    );
  });
});
