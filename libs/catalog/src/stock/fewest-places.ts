/** A place as routing sees it. */
export interface Place {
  locationId: string;
  /** Smaller comes first; places of one rank are told apart by what they have. */
  rank: number;
}

/** What is to be taken of one item from several places together. */
export interface Need {
  /** Not more than all places have. */
  units: number;
  /** What each place may give. */
  at: ReadonlyMap<string, number>;
}

/** Up to so many places every combination is looked at: 1,023 of them, the small ones first. */
const exactUpTo = 10;

/**
 * The fewest places that serve all needs together: each is a parcel. Among as many the smallest sum of ranks decides,
 * then who has most of what is needed, then the ids. Exact for up to 10 places that have something of it; of more,
 * whoever serves most of what is missing is taken until nothing is missing, and whoever turns out to be needless is
 * left out again, so that one place more than needed is possible there. Pure.
 * @param must places that are used anyway
 */
export function fewestPlaces(
  needs: readonly Need[],
  places: readonly Place[],
  must: ReadonlySet<string>,
): Set<string> {
  const open = needs.filter(({ units }) => units > 0);
  const useful = places
    .filter(({ locationId }) => must.has(locationId) || unitsAt(open, locationId) > 0)
    .sort((a, b) => a.rank - b.rank || (a.locationId < b.locationId ? -1 : 1));
  const chosen =
    useful.length <= exactUpTo ? smallest(open, useful, must) : greedy(open, useful, must);
  return new Set(chosen.map(({ locationId }) => locationId));
}

function smallest(
  needs: readonly Need[],
  places: readonly Place[],
  must: ReadonlySet<string>,
): Place[] {
  const masks = Array.from({ length: 2 ** places.length }, (_, mask) => mask);
  for (let size = must.size; size <= places.length; size += 1) {
    const enough = masks
      .filter((mask) => bitsOf(mask) === size)
      .map((mask) => places.filter((_, index) => mask & (1 << index)))
      .filter((some) => serves(needs, some) && hasAll(some, must));
    const [first, ...others] = enough;
    if (first) return others.reduce((best, one) => better(needs, best, one), first);
  }
  return [...places];
}

function greedy(
  needs: readonly Need[],
  places: readonly Place[],
  must: ReadonlySet<string>,
): Place[] {
  const chosen = places.filter(({ locationId }) => must.has(locationId));
  while (!serves(needs, chosen)) {
    const missing = needs.map((need) => ({ ...need, units: need.units - given(need, chosen) }));
    const gain = ({ locationId }: Place): number =>
      missing.reduce(
        (sum, { units, at }) => sum + Math.min(Math.max(0, units), at.get(locationId) ?? 0),
        0,
      );
    const [first, ...others] = places.filter((place) => !chosen.includes(place));
    if (!first) break;
    chosen.push(others.reduce((best, one) => (gain(one) > gain(best) ? one : best), first));
  }
  for (const place of [...places].reverse()) {
    const others = chosen.filter((one) => one !== place);
    if (must.has(place.locationId) || !serves(needs, others)) continue;
    chosen.splice(0, chosen.length, ...others);
  }
  return chosen;
}

function better(needs: readonly Need[], a: Place[], b: Place[]): Place[] {
  const ranks = sumOf(a, ({ rank }) => rank) - sumOf(b, ({ rank }) => rank);
  if (ranks !== 0) return ranks < 0 ? a : b;
  const there = (some: readonly Place[]): number =>
    sumOf(some, ({ locationId }) => unitsAt(needs, locationId));
  const more = there(a) - there(b);
  if (more !== 0) return more > 0 ? a : b;
  return idsOf(a) < idsOf(b) ? a : b;
}

function serves(needs: readonly Need[], places: readonly Place[]): boolean {
  return needs.every((need) => given(need, places) >= need.units);
}

function given({ at }: Need, places: readonly Place[]): number {
  return sumOf(places, ({ locationId }) => at.get(locationId) ?? 0);
}

function unitsAt(needs: readonly Need[], locationId: string): number {
  return needs.reduce((sum, { at }) => sum + (at.get(locationId) ?? 0), 0);
}

function hasAll(places: readonly Place[], must: ReadonlySet<string>): boolean {
  return places.filter(({ locationId }) => must.has(locationId)).length === must.size;
}

function idsOf(places: readonly Place[]): string {
  return places
    .map(({ locationId }) => locationId)
    .sort()
    .join();
}

function sumOf(places: readonly Place[], of: (place: Place) => number): number {
  return places.reduce((sum, place) => sum + of(place), 0);
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let left = mask; left > 0; left &= left - 1) bits += 1;
  return bits;
}
