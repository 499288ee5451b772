import * as fc from 'fast-check';
import { type Allocation, type Shelf, type Want, routeStock } from './route-stock';

const order = { locations: ['home', 'east', 'west'], fallback: 'home' };
const want = (itemId: string, quantity: number, oversell = false): Want => ({
  itemId,
  quantity,
  oversell,
});
const shelf = (itemId: string, locationId: string, available: number): Shelf => ({
  itemId,
  locationId,
  available,
});
const told = (route: ReturnType<typeof routeStock>) =>
  'short' in route
    ? route
    : route.allocations.map(({ itemId, locationId, quantity, backordered }) =>
        [itemId, locationId, quantity, ...(backordered ? [backordered] : [])].join(' '),
      );

describe('where stock is taken from', () => {
  it('is one location where one has everything, the first by priority', () => {
    const shelves = [
      shelf('cup', 'home', 5),
      shelf('bowl', 'east', 5),
      shelf('cup', 'east', 5),
      shelf('bowl', 'west', 9),
      shelf('cup', 'west', 9),
    ];
    expect(told(routeStock([want('cup', 2), want('bowl', 1)], shelves, order))).toEqual([
      'cup east 2',
      'bowl east 1',
    ]);
  });

  it('is a location for each item whole where none has everything, and several as the last resort', () => {
    const shelves = [shelf('cup', 'home', 2), shelf('cup', 'east', 5), shelf('bowl', 'west', 1)];
    expect(told(routeStock([want('cup', 4), want('bowl', 1)], shelves, order))).toEqual([
      'cup east 4',
      'bowl west 1',
    ]);
    expect(told(routeStock([want('cup', 6)], shelves, order))).toEqual([
      'cup home 2',
      'cup east 4',
    ]);
  });

  it('owes from the default location what may be sold beyond the stock', () => {
    const shelves = [shelf('cup', 'east', 1), shelf('cup', 'home', -3)];
    expect(told(routeStock([want('cup', 4, true)], shelves, order))).toEqual([
      'cup east 1',
      'cup home 3 3',
    ]);
  });

  it('names every item that is short, with what is left of it', () => {
    const shelves = [shelf('cup', 'east', 1), shelf('cup', 'home', -3)];
    const route = routeStock([want('cup', 2), want('bowl', 1), want('tea', 0)], shelves, order);
    expect(route).toEqual({
      short: [
        { itemId: 'cup', wanted: 2, available: 1 },
        { itemId: 'bowl', wanted: 1, available: 0 },
      ],
    });
  });

  it('gives every unit that is wanted and never more than a shelf has', () => {
    const items = ['a', 'b', 'c'];
    const places = ['home', 'east', 'west', 'far'];
    const shelves = fc.uniqueArray(
      fc.record({
        itemId: fc.constantFrom(...items),
        locationId: fc.constantFrom(...places),
        available: fc.integer({ min: -3, max: 8 }),
      }),
      { selector: ({ itemId, locationId }) => `${itemId} ${locationId}`, maxLength: 12 },
    );
    const wants = fc.uniqueArray(
      fc.record({
        itemId: fc.constantFrom(...items),
        quantity: fc.integer({ min: 1, max: 12 }),
        oversell: fc.boolean(),
      }),
      { selector: ({ itemId }) => itemId, minLength: 1 },
    );
    fc.assert(
      fc.property(wants, shelves, fc.boolean(), (wanted, stock, pickup) => {
        const where = pickup ? { locations: ['east'], fallback: 'east' } : order;
        const reachable = stock.filter(({ locationId }) => where.locations.includes(locationId));
        const left = (itemId: string, locationId: string | null) =>
          Math.max(
            0,
            reachable.find((one) => one.itemId === itemId && one.locationId === locationId)
              ?.available ?? 0,
          );
        const route = routeStock(wanted, stock, where);
        expect(routeStock(wanted, [...stock].reverse(), where)).toEqual(route);
        const lacking = wanted.filter(
          ({ itemId, quantity, oversell }) =>
            !oversell && where.locations.reduce((sum, id) => sum + left(itemId, id), 0) < quantity,
        );
        if ('short' in route) {
          expect(route.short.map(({ itemId }) => itemId)).toEqual(
            lacking.map(({ itemId }) => itemId),
          );
          return;
        }
        expect(lacking).toEqual([]);
        for (const { itemId, quantity, oversell } of wanted) {
          const own = route.allocations.filter((one) => one.itemId === itemId);
          expect(sum(own, 'quantity')).toBe(quantity);
          if (!oversell) expect(sum(own, 'backordered')).toBe(0);
          for (const one of own) {
            expect(one.quantity - one.backordered).toBeLessThanOrEqual(
              left(itemId, one.locationId),
            );
          }
        }
      }),
      { seed: 20261121, numRuns: 2000 },
    );
  });
});

function sum(rows: readonly Allocation[], field: 'quantity' | 'backordered'): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
