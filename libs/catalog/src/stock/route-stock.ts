import { fewestPlaces, type Place } from './fewest-places';

/** What somebody wants of one item, and how it may be sold. */
export interface Want {
  itemId: string;
  /** At least 1. */
  quantity: number;
  /** The variant's policy `continue`: what is missing is taken from the default location. */
  oversell: boolean;
  /** Whether it is sent: what is not may come from any location, whatever the address. */
  ships: boolean;
}

/** What one location has of an item for sale; 0 or less is nothing. */
export interface Shelf {
  itemId: string;
  locationId: string;
  available: number;
}

/** A location from which something may leave. */
export interface Source extends Place {
  /** Whether it sends to the address. */
  delivers: boolean;
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
  /** What can be had where it is wanted. */
  available: number;
  /** What is for sale at locations that send nothing to the address. */
  elsewhere: number;
}

/** A plan for every want, or every item that is short. */
export type Route = { allocations: Allocation[] } | { short: Shortage[] };

/** A want, and which places may serve it. */
interface Reach extends Want {
  /** By rank, then by what they have of the item, then by id. */
  sources: readonly Source[];
  available: number;
  /** Where what is not there is owed; null when nothing reaches the address. */
  debtor: string | null;
}

/**
 * Chooses where each item is taken from: the fewest locations that deliver to the address and serve everything together
 * (`fewestPlaces`, exact for up to 10 of them), those of the store's priority first; an item whole from one of them where
 * that can be, else from one to the next by priority (commerce.md, 3.2). All or nothing. Pure; the same answer whatever
 * the order of its arguments.
 * @param wants one per item
 * @param sources the store's locations, the default one among them; the only one when the buyer collects
 * @param fallback where units that are not there are owed, if it delivers; else the first that does
 */
export function routeStock(
  wants: readonly Want[],
  shelves: readonly Shelf[],
  { sources, fallback }: { sources: readonly Source[]; fallback: string },
): Route {
  const stock = new Map<string, number>();
  for (const { itemId, locationId, available } of shelves)
    stock.set(`${itemId} ${locationId}`, Math.max(0, available));
  const at = (itemId: string, locationId: string): number =>
    stock.get(`${itemId} ${locationId}`) ?? 0;
  const reaches = wants.map((want) => reachOf(want, { sources, fallback, at }));
  const short = reaches
    .filter(({ quantity, available, oversell, debtor }) => {
      return available < quantity && !(oversell && debtor !== null);
    })
    .map(({ itemId, quantity, available }) => {
      const everywhere = sources.reduce((sum, one) => sum + at(itemId, one.locationId), 0);
      return { itemId, wanted: quantity, available, elsewhere: everywhere - available };
    });
  if (short.length > 0) return { short };
  const owing = reaches.filter(({ quantity, available }) => available < quantity);
  const needs = reaches.map(({ itemId, quantity, available, sources: own }) => ({
    units: Math.min(quantity, available),
    at: new Map(own.map(({ locationId }) => [locationId, at(itemId, locationId)])),
  }));
  const must = new Set(owing.flatMap(({ debtor }) => debtor ?? []));
  const chosen = fewestPlaces(needs, sources, must);
  return { allocations: reaches.flatMap((reach) => takeItem(reach, chosen, at)) };
}

type At = (itemId: string, locationId: string) => number;

function reachOf(
  want: Want,
  { sources, fallback, at }: { sources: readonly Source[]; fallback: string; at: At },
): Reach {
  const { itemId, ships } = want;
  const own = sources
    .filter(({ delivers }) => delivers || !ships)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        at(itemId, b.locationId) - at(itemId, a.locationId) ||
        (a.locationId < b.locationId ? -1 : 1),
    );
  const home = own.find(({ locationId }) => locationId === fallback) ?? own[0];
  const available = own.reduce((sum, { locationId }) => sum + at(itemId, locationId), 0);
  return { ...want, sources: own, available, debtor: home?.locationId ?? null };
}

function takeItem(
  { itemId, quantity, sources, debtor }: Reach,
  chosen: ReadonlySet<string>,
  at: At,
): Allocation[] {
  const order = sources
    .map(({ locationId }) => locationId)
    .filter((locationId) => chosen.has(locationId));
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
  if (left > 0 && debtor !== null) {
    const there = taken.get(debtor)?.quantity ?? 0;
    const owed = { itemId, locationId: debtor, quantity: there + left, backordered: left };
    taken.set(debtor, owed);
  }
  return [...taken.values()];
}
