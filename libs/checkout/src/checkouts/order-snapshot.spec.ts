import * as fc from 'fast-check';
import { shareAllocations } from './order-snapshot';

const line = (id: string, variantId: string, quantity: number) => ({ id, variantId, quantity });
const shelf = (itemId: string, locationId: string, quantity: number, backordered = 0) => ({
  itemId,
  locationId,
  quantity,
  backordered,
});

describe('the units of an order’s lines', () => {
  it('share what was taken of their item, line by line and place by place', () => {
    const shares = shareAllocations(
      [line('a', 'shirt', 2), line('b', 'hat', 1), line('c', 'shirt', 2)],
      [shelf('shirt', 'north', 3), shelf('shirt', 'south', 1)],
    );
    expect(shares.get('a')).toEqual([shelf('shirt', 'north', 2)]);
    expect(shares.get('b')).toEqual([
      { itemId: 'hat', locationId: null, quantity: 1, backordered: 0 },
    ]);
    expect(shares.get('c')).toEqual([shelf('shirt', 'north', 1), shelf('shirt', 'south', 1)]);
  });

  it('give the first line what is there, and let the last one wait', () => {
    const lines = [line('a', 'shirt', 2), line('b', 'shirt', 3)];
    const shares = shareAllocations(lines, [shelf('shirt', 'north', 5, 2)]);
    expect(shares.get('a')).toEqual([shelf('shirt', 'north', 2)]);
    expect(shares.get('b')).toEqual([shelf('shirt', 'north', 3, 2)]);
  });

  it('add up to the lines and to what was taken', () => {
    const anyLines = fc.array(
      fc.tuple(fc.constantFrom('shirt', 'hat'), fc.integer({ min: 1, max: 9 })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 0, max: 9 }), (given, first) => {
        const lines = given.map(([item, quantity], at) => line(String(at), item, quantity));
        const wanted = lines
          .filter(({ variantId }) => variantId === 'shirt')
          .reduce((sum, { quantity }) => sum + quantity, 0);
        const here = Math.min(first, wanted);
        const taken = [
          shelf('shirt', 'north', here),
          shelf('shirt', 'south', wanted - here, wanted - here),
        ];
        const shares = shareAllocations(lines, taken);
        for (const { id, quantity } of lines) {
          const units = shares.get(id) ?? [];
          expect(units.reduce((sum, one) => sum + one.quantity, 0)).toBe(quantity);
        }
        for (const place of taken) {
          const out = [...shares.values()]
            .flat()
            .filter((one) => one.locationId === place.locationId);
          expect(out.reduce((sum, one) => sum + one.quantity, 0)).toBe(place.quantity);
          expect(out.reduce((sum, one) => sum + one.backordered, 0)).toBe(place.backordered);
        }
      }),
    );
  });
});
