import * as fc from 'fast-check';
import { aLine, anOffer } from '../../test/cart.builder';
import { cartLimits } from './cart';
import { joinLines } from './join-carts';
import { judge } from './judge';

describe('two carts that become one', () => {
  const shirt = anOffer(1, { quantity: 5 });
  const cup = anOffer(2);

  it('sum equal lines, and keep the others', () => {
    const joined = joinLines([aLine(shirt, 2)], [aLine(shirt, 1), aLine(cup, 3)]);
    expect(joined.map(({ offer, quantity }) => [offer.publicId, quantity])).toEqual([
      [2, 3],
      [1, 3],
    ]);
  });

  it('take no more than there is, over all lines of a variant', () => {
    const engraved = aLine(shirt, 4, [['Name', 'Ada']]);
    const joined = joinLines([aLine(shirt, 3)], [engraved, aLine(shirt, 4)]);
    expect(joined.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(5);
  });

  it('never lose what was in the customer’s own, and are always a cart that may be', () => {
    const stock = fc.constantFrom(null, 0, 3, 10);
    const lines = fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 6 }),
        quantity: fc.integer({ min: 1, max: 6_000 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(stock, { minLength: 6, maxLength: 6 }), lines, lines, (units, a, b) => {
        const cart = (rows: typeof a) => [
          ...new Map(
            rows.map(({ id, quantity }) => [
              id,
              aLine(anOffer(id, { quantity: units[id - 1] ?? null }), quantity),
            ]),
          ).values(),
        ];
        const own = cart(a);
        const brought = cart(b);
        const joined = joinLines(own, brought);
        const before = { lines: own, attributes: {} };
        expect(judge(before, { lines: joined, attributes: {} })).toBeNull();
        for (const line of own) {
          const after = joined.find(({ key }) => key === line.key);
          expect(after?.quantity).toBeGreaterThanOrEqual(line.quantity);
        }
        for (const { key, quantity } of joined) {
          const sum = [...own, ...brought]
            .filter((line) => line.key === key)
            .reduce((all, line) => all + line.quantity, 0);
          expect(quantity).toBeLessThanOrEqual(Math.max(sum, 0));
        }
        expect(joined.length).toBeLessThanOrEqual(cartLimits.lines);
      }),
    );
  });
});
