import { aCart, aDelivery, aLine, percentOff } from '../../test/quote.builder';
import { quote } from '../quote';
import { priceChange } from './price-change';

describe('what a shopper is told of another price', () => {
  const lines = [aLine('a', 2, 1299), aLine('b', 1, 999)];
  const before = quote(aCart(lines, { deliveries: [aDelivery(lines, 490)] }));

  it('is nothing when nothing changed', () => {
    const same = priceChange(before, before);
    expect(same).toMatchObject({ lines: [], shipping: null, tax: null });
    expect(same.total.beforeMinor).toBe(same.total.afterMinor);
  });

  it('names the lines, the shipping and the sum', () => {
    const dearer = [aLine('a', 2, 1399), aLine('b', 1, 999)];
    const after = quote(aCart(dearer, { deliveries: [aDelivery(dearer, 590)] }));
    expect(priceChange(before, after)).toMatchObject({
      lines: [{ id: 'a', beforeMinor: 2598, afterMinor: 2798 }],
      shipping: { beforeMinor: 490, afterMinor: 590 },
      total: { beforeMinor: 4087, afterMinor: 4387 },
    });
  });

  it('counts a line that is new or gone with 0, and a price that fell', () => {
    const after = quote(
      aCart([aLine('b', 1, 999), aLine('c', 1, 500)], {
        discounts: [percentOff('ten', 10)],
      }),
    );
    const change = priceChange(before, after);
    expect(change.lines).toEqual([
      { id: 'a', beforeMinor: 2598, afterMinor: 0 },
      { id: 'b', beforeMinor: 999, afterMinor: 899 },
      { id: 'c', beforeMinor: 0, afterMinor: 450 },
    ]);
    expect(priceChange(null, before).total).toEqual({ beforeMinor: 0, afterMinor: 4087 });
  });
});
