import * as fc from 'fast-check';
import { fewestPlaces } from './fewest-places';
import { type Allocation, type Shelf, type Source, type Want, routeStock } from './route-stock';

const source = (locationId: string, rank: number, delivers = true): Source => ({
  locationId,
  rank,
  delivers,
});
const order = {
  sources: [source('home', 0), source('east', 1), source('west', 2)],
  fallback: 'home',
};
const want = (itemId: string, quantity: number, oversell = false): Want => ({
  itemId,
  quantity,
  oversell,
  ships: true,
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
        { itemId: 'cup', wanted: 2, available: 1, elsewhere: 0 },
        { itemId: 'bowl', wanted: 1, available: 0, elsewhere: 0 },
      ],
    });
  });

  it('is the smallest number of locations that serve the cart together', () => {
    const shelves = [
      shelf('cup', 'home', 2),
      shelf('cup', 'east', 9),
      shelf('bowl', 'west', 9),
      shelf('bowl', 'home', 1),
      shelf('tea', 'east', 9),
    ];
    // Cups from the first by priority would make three parcels of two.
    expect(
      told(routeStock([want('cup', 2), want('bowl', 3), want('tea', 1)], shelves, order)),
    ).toEqual(['cup east 2', 'bowl west 3', 'tea east 1']);
  });

  it('is among locations of one rank the one that has most, then the first by id', () => {
    const sources = [source('c', 1), source('b', 1), source('a', 1)];
    const where = { sources, fallback: 'c' };
    const cups = (a: number, b: number, c: number) => [
      shelf('cup', 'a', a),
      shelf('cup', 'b', b),
      shelf('cup', 'c', c),
    ];
    expect(told(routeStock([want('cup', 2)], cups(3, 7, 5), where))).toEqual(['cup b 2']);
    expect(told(routeStock([want('cup', 2)], cups(5, 5, 5), where))).toEqual(['cup a 2']);
    expect(told(routeStock([want('cup', 9)], cups(2, 6, 5), where))).toEqual([
      'cup b 6',
      'cup c 3',
    ]);
  });

  it('leaves out locations that send nothing to the address, but for what is not sent', () => {
    const sources = [source('home', 0, false), source('east', 1), source('west', 2, false)];
    const where = { sources, fallback: 'home' };
    const shelves = [shelf('cup', 'home', 5), shelf('cup', 'east', 2), shelf('cup', 'west', 1)];
    expect(told(routeStock([want('cup', 2)], shelves, where))).toEqual(['cup east 2']);
    expect(routeStock([want('cup', 3)], shelves, where)).toEqual({
      short: [{ itemId: 'cup', wanted: 3, available: 2, elsewhere: 6 }],
    });
    expect(told(routeStock([{ ...want('cup', 3), ships: false }], shelves, where))).toEqual([
      'cup home 3',
    ]);
    // What is missing is owed by a location that can send it; where none can, it cannot be owed either.
    expect(told(routeStock([want('cup', 3, true)], shelves, where))).toEqual(['cup east 3 1']);
    const nowhere = { sources: [source('home', 0, false)], fallback: 'home' };
    expect(routeStock([want('cup', 1, true)], shelves, nowhere)).toEqual({
      short: [{ itemId: 'cup', wanted: 1, available: 0, elsewhere: 5 }],
    });
  });

  const items = ['a', 'b', 'c'];
  const anyWants = fc.uniqueArray(
    fc.record({
      itemId: fc.constantFrom(...items),
      quantity: fc.integer({ min: 1, max: 12 }),
      oversell: fc.boolean(),
      ships: fc.boolean(),
    }),
    { selector: ({ itemId }) => itemId, minLength: 1 },
  );
  const shelvesIn = (places: string[]) =>
    fc.uniqueArray(
      fc.record({
        itemId: fc.constantFrom(...items),
        locationId: fc.constantFrom(...places),
        available: fc.integer({ min: -3, max: 8 }),
      }),
      { selector: ({ itemId, locationId }) => `${itemId} ${locationId}`, maxLength: 15 },
    );
  const sourcesOf = (places: string[]) =>
    fc
      .tuple(...places.map(() => fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean())))
      .map((told) =>
        told.map(([rank, delivers], index) => source(places[index] as string, rank, delivers)),
      );

  /** What a want may take, in words of its own: units by place, and who owes what is missing. */
  function groundOf(one: Want, stock: readonly Shelf[], where: typeof order) {
    const reached = where.sources.filter(({ delivers }) => delivers || !one.ships);
    const units = new Map<string, number>();
    for (const { itemId, locationId, available } of stock) {
      const isReached = reached.some((place) => place.locationId === locationId);
      if (itemId === one.itemId && isReached && available > 0) units.set(locationId, available);
    }
    const total = [...units.values()].reduce((sum, n) => sum + n, 0);
    return { units, total, reached };
  }

  it('gives every unit that is wanted and never more than a shelf has', () => {
    const places = ['home', 'east', 'west', 'far'];
    const property = (wanted: Want[], stock: Shelf[], sources: Source[]) => {
      const where = { sources, fallback: 'home' };
      const route = routeStock(wanted, stock, where);
      const turned = { sources: [...sources].reverse(), fallback: 'home' };
      expect(routeStock(wanted, [...stock].reverse(), turned)).toEqual(route);
      const lacking = wanted.filter((one) => {
        const { total, reached } = groundOf(one, stock, where);
        return total < one.quantity && !(one.oversell && reached.length > 0);
      });
      if ('short' in route) {
        expect(route.short.map(({ itemId }) => itemId)).toEqual(
          lacking.map(({ itemId }) => itemId),
        );
        return;
      }
      expect(lacking).toEqual([]);
      for (const one of wanted) {
        const { units, total } = groundOf(one, stock, where);
        const own = route.allocations.filter(({ itemId }) => itemId === one.itemId);
        expect(sum(own, 'quantity')).toBe(one.quantity);
        expect(sum(own, 'backordered')).toBe(Math.max(0, one.quantity - total));
        for (const { quantity, backordered, locationId } of own)
          expect(quantity - backordered).toBeLessThanOrEqual(units.get(locationId ?? '') ?? 0);
      }
    };
    fc.assert(fc.property(anyWants, shelvesIn(places), sourcesOf(places), property), {
      seed: 20261121,
      numRuns: 2000,
    });
  });

  it('needs as few parcels as the best of all combinations, and ties go by priority, units and id', () => {
    const places = ['e', 'd', 'c', 'b', 'a'];
    const property = (wanted: Want[], stock: Shelf[], sources: Source[]) => {
      const where = { sources, fallback: 'c' };
      const route = routeStock(wanted, stock, where);
      if ('short' in route) return;
      const grounds = wanted.map((one) => ({ one, ...groundOf(one, stock, where) }));
      const owed = route.allocations.filter(({ backordered }) => backordered > 0);
      const fits = (some: readonly Source[]) =>
        owed.every(({ locationId }) => some.some((place) => place.locationId === locationId)) &&
        grounds.every(({ one, units, total }) => {
          const there = some.map(({ locationId }) => units.get(locationId) ?? 0);
          return there.reduce((a, b) => a + b, 0) >= Math.min(one.quantity, total);
        });
      const all = sources.reduce<Source[][]>(
        (sets, place) => [...sets, ...sets.map((set) => [...set, place])],
        [[]],
      );
      const judged = all.filter(fits).map((set) => {
        const ranks = set.reduce((total, { rank }) => total + rank, 0);
        const there = grounds
          .filter(({ one, total }) => Math.min(one.quantity, total) > 0)
          .flatMap(({ units }) => set.map(({ locationId }) => units.get(locationId) ?? 0))
          .reduce((a, b) => a + b, 0);
        const ids = set.map(({ locationId }) => locationId).sort();
        return { ids, key: [set.length, ranks, -there] };
      });
      judged.sort((a, b) => {
        const at = a.key.findIndex((n, index) => n !== b.key[index]);
        if (at >= 0) return (a.key[at] as number) - (b.key[at] as number);
        return a.ids.join() < b.ids.join() ? -1 : 1;
      });
      const used = new Set(route.allocations.map(({ locationId }) => String(locationId)));
      expect([...used].sort()).toEqual(judged[0]?.ids);
    };
    fc.assert(fc.property(anyWants, shelvesIn(places), sourcesOf(places), property), {
      seed: 20261122,
      numRuns: 2000,
    });
  });

  it('serves everything with no needless place where there are too many to try all', () => {
    const places = Array.from({ length: 14 }, (_, n) => ({ locationId: `p${n}`, rank: n % 4 }));
    const need = fc.record({
      share: fc.double({ min: 0.05, max: 1, noNaN: true }),
      has: fc.array(fc.nat(6), { minLength: 14, maxLength: 14 }),
    });
    const property = (told: { share: number; has: number[] }[]) => {
      const needs = told.map(({ share, has }) => ({
        units: Math.ceil(share * has.reduce((a, b) => a + b, 0)),
        at: new Map(has.map((n, index) => [`p${index}`, n])),
      }));
      const chosen = [...fewestPlaces(needs, places, new Set(['p13']))];
      const serves = (ids: readonly string[]) =>
        needs.every(
          ({ units, at }) => ids.reduce((total, id) => total + (at.get(id) ?? 0), 0) >= units,
        );
      expect(chosen).toContain('p13');
      expect(serves(chosen)).toBe(true);
      const needless = chosen.filter(
        (id) => id !== 'p13' && serves(chosen.filter((one) => one !== id)),
      );
      expect(needless).toEqual([]);
    };
    fc.assert(fc.property(fc.array(need, { minLength: 1, maxLength: 4 }), property), {
      seed: 20261123,
      numRuns: 300,
    });
  });
});

function sum(rows: readonly Allocation[], field: 'quantity' | 'backordered'): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
