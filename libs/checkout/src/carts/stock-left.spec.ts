import * as fc from 'fast-check';
import { aLine, anOffer } from '../../test/cart.builder';
import { shortLines } from './stock-left';

const line = (publicId: number, quantity: number, stock: number | null, engraving = '') =>
  aLine(anOffer(publicId, { quantity: stock }), quantity, engraving ? [['Text', engraving]] : []);

const lines = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })), {
    maxLength: 8,
  })
  .chain((wanted) =>
    fc
      .array(fc.option(fc.integer({ min: -5, max: 20 })), { minLength: 3, maxLength: 3 })
      .map((stock) =>
        wanted.map(([id, quantity], place) =>
          line(id, quantity, stock[id - 1] ?? null, `${place}`),
        ),
      ),
  );

describe('what of a cart can be bought', () => {
  it('is told of the lines alone that are short, by what is left', () => {
    const cart = [line(1, 2, 2), line(2, 3, 1), line(3, 1, 0), line(4, 9, null), line(5, 1, -2)];
    expect([...shortLines(cart).values()]).toEqual([1, 0, 0]);
  });

  it('goes to the first line of a variant before the others', () => {
    const [first, second] = [line(1, 2, 3, 'For Ada'), line(1, 2, 3, 'For Bo')];
    expect([...shortLines([first, second])]).toEqual([[second.key, 1]]);
  });

  it('is never more than the stock, and all of it where a line is short', () => {
    fc.assert(
      fc.property(lines, (cart) => {
        const short = shortLines(cart);
        for (const { offer } of cart) {
          const own = cart.filter((one) => one.offer.variantId === offer.variantId);
          const sold = own.reduce((sum, one) => sum + (short.get(one.key) ?? one.quantity), 0);
          const stock = offer.quantity ?? Infinity;
          expect(sold).toBeLessThanOrEqual(Math.max(0, stock));
          if (own.some(({ key }) => short.has(key))) expect(sold).toBe(Math.max(0, stock));
        }
      }),
    );
  });
});
