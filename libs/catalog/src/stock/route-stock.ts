/** What somebody wants of one item, and whether it may be sold beyond its stock. */
export interface Want {
  itemId: string;
  /** At least 1. */
  quantity: number;
  /** The variant's policy `continue`: what is missing is taken from the default location. */
  oversell: boolean;
}

/** What one location has of an item for sale; 0 or less is nothing. */
export interface Shelf {
  itemId: string;
  locationId: string;
  available: number;
}

/** Units of an item that leave from a location. */
export interface Allocation {
  /** The variant's id: an item is the stock of one variant. */
  itemId: string;
  /** Null for an item that is not counted. */
  locationId: string | null;
  quantity: number;
  /** Units of `quantity` that were not there and are owed to the buyer. */
  backordered: number;
}

/** An item of which too little is for sale. */
export interface Shortage {
  itemId: string;
  wanted: number;
  available: number;
}

/** A plan for every want, or every item that is short. */
export type Route = { allocations: Allocation[] } | { short: Shortage[] };

/**
 * Chooses where each item is taken from: all from one location when one has everything, the first by priority; else item
 * by item, whole from one location where that can be, else from location to location by priority (commerce.md, 3.2).
 * All or nothing. Pure; the same answer whatever the order of its arguments' shelves.
 * @param wants one per item
 * @param locations ids by the store's priority, the default one among them; the only one when the buyer collects
 * @param fallback where units that are not there are taken from
 */
export function routeStock(
  wants: readonly Want[],
  shelves: readonly Shelf[],
  { locations, fallback }: { locations: readonly string[]; fallback: string },
): Route {
  const stock = new Map<string, number>();
  for (const { itemId, locationId, available } of shelves) {
    if (locations.includes(locationId))
      stock.set(keyOf(itemId, locationId), Math.max(0, available));
  }
  const at = (itemId: string, locationId: string): number =>
    stock.get(keyOf(itemId, locationId)) ?? 0;
  const totalOf = (itemId: string): number =>
    locations.reduce((sum, locationId) => sum + at(itemId, locationId), 0);
  const short = wants
    .filter(({ itemId, quantity, oversell }) => !oversell && totalOf(itemId) < quantity)
    .map(({ itemId, quantity }) => ({ itemId, wanted: quantity, available: totalOf(itemId) }));
  if (short.length > 0) return { short };
  const whole = locations.find((locationId) =>
    wants.every(({ itemId, quantity }) => at(itemId, locationId) >= quantity),
  );
  const order = whole === undefined ? locations : [whole];
  return {
    allocations: wants.flatMap((want) => takeItem(want, { order, at, fallback })),
  };
}

interface Shelves {
  order: readonly string[];
  at: (itemId: string, locationId: string) => number;
  fallback: string;
}

function takeItem({ itemId, quantity }: Want, { order, at, fallback }: Shelves): Allocation[] {
  const single = order.find((locationId) => at(itemId, locationId) >= quantity);
  if (single !== undefined) return [{ itemId, locationId: single, quantity, backordered: 0 }];
  const taken = new Map<string, Allocation>();
  let left = quantity;
  for (const locationId of order) {
    const units = Math.min(left, at(itemId, locationId));
    if (units === 0) continue;
    taken.set(locationId, { itemId, locationId, quantity: units, backordered: 0 });
    left -= units;
  }
  if (left > 0) {
    const there = taken.get(fallback)?.quantity ?? 0;
    taken.set(fallback, {
      itemId,
      locationId: fallback,
      quantity: there + left,
      backordered: left,
    });
  }
  return [...taken.values()];
}

function keyOf(itemId: string, locationId: string): string {
  return `${itemId} ${locationId}`;
}
