import type { Allocation } from '../src/stock/route-stock';
import type { StockAnswer } from '../src/stock/stock.service';

/** What the model knows of one item in one place: commerce.md, 3. */
export interface ModelLevel {
  onHand: number;
  committed: number;
  reserved: number;
  unavailable: number;
}

/** How an item may be sold. */
export type Policy = 'deny' | 'continue' | 'untracked';

/** Units that become available, unavailable for a reason, or are gone. */
export interface ModelMove {
  from: 'available' | 'damaged' | 'quality_control' | 'safety_stock';
  to: ModelMove['from'] | 'removed';
  quantity: number;
}

/** What a checkout asks for. */
export interface ModelRequest {
  checkout: string;
  wants: readonly { itemId: string; quantity: number }[];
  pickup: string | null;
  /** Country that it is sent to; null is nowhere that is known. */
  shipTo: string | null;
  /** Whether it should have been paid more than a minute ago. */
  late: boolean;
}

interface Held {
  state: 'active' | 'committed' | 'released';
  late: boolean;
  rows: Allocation[];
}

/** The answer of a count: what is there now, or how many are promised to somebody. */
export type CountAnswer = { onHand: number } | { promised: number };

/**
 * Stock as commerce.md, 3 describes it, as numbers in memory. It shares no code with the product. Where the document leaves
 * a choice (which places an item comes from when one has not everything), the model does not choose: it judges the answer
 * it is shown, and follows it.
 */
export class StockModel {
  readonly levels = new Map<string, ModelLevel>();
  /** Units that are unavailable, by item, place and reason. */
  readonly reasons = new Map<string, number>();
  readonly held = new Map<string, Held>();
  /** Units of each order that were not sent nor given up. */
  readonly orders = new Map<string, Allocation[]>();

  /** Countries to which a place sends; everywhere where there is no entry. */
  readonly deliversTo = new Map<string, readonly string[]>();

  /** @param places ids by priority, each of another one, the default one among them */
  constructor(
    readonly policies: ReadonlyMap<string, Policy>,
    readonly places: readonly string[],
    readonly fallback: string,
  ) {}

  copy(): StockModel {
    const other = new StockModel(this.policies, this.places, this.fallback);
    for (const [place, to] of this.deliversTo) other.deliversTo.set(place, to);
    for (const [key, level] of this.levels) other.levels.set(key, { ...level });
    for (const [key, units] of this.reasons) other.reasons.set(key, units);
    for (const [key, held] of this.held) other.held.set(key, structuredClone(held));
    for (const [key, rows] of this.orders) other.orders.set(key, structuredClone(rows));
    return other;
  }

  /** What is wrong with an answer to a request, or null; a right one is taken over. */
  reserve(request: ModelRequest, answer: StockAnswer): string | null {
    const { checkout, late } = request;
    const wants = sumOf(request.wants);
    const short = this.shortOf(wants, request);
    if (short.length > 0 || !answer.reserved) return sameShort(short, answer);
    const problem = this.judge(wants, request, answer.allocations);
    if (problem) return problem;
    this.drop(checkout);
    const rows = answer.allocations.filter(({ locationId }) => locationId !== null);
    for (const row of rows) this.at(row).reserved += row.quantity;
    // What is not counted is held nowhere.
    const state = rows.length > 0 ? 'active' : 'released';
    this.held.set(checkout, { state, late, rows });
    return null;
  }

  extend(checkout: string): void {
    const held = this.held.get(checkout);
    if (held?.state === 'active') held.late = false;
  }

  release(checkout: string): void {
    if (this.held.get(checkout)?.state !== 'active') return;
    this.drop(checkout);
  }

  /** @returns the units that became the order's */
  commit(checkout: string): Allocation[] {
    const held = this.held.get(checkout);
    if (held?.state !== 'active') return [];
    for (const row of held.rows) {
      this.at(row).reserved -= row.quantity;
      this.at(row).committed += row.quantity;
    }
    this.held.set(checkout, { ...held, state: 'committed' });
    this.orders.set(checkout, structuredClone(held.rows));
    return held.rows;
  }

  /** Takes up to so many units of an order's first waiting line. */
  takeOf(order: string, units: number): Allocation | null {
    const lines = this.orders.get(order) ?? [];
    const line = lines.find(({ quantity }) => quantity > 0);
    if (!line) return null;
    const quantity = Math.min(units, line.quantity);
    line.quantity -= quantity;
    return { ...line, quantity, backordered: 0 };
  }

  fulfil(row: Allocation): void {
    this.at(row).onHand -= row.quantity;
    this.at(row).committed -= row.quantity;
  }

  uncommit(row: Allocation): void {
    this.at(row).committed -= row.quantity;
  }

  restock(row: Allocation, damaged: boolean): void {
    this.at(row).onHand += row.quantity;
    if (damaged) this.setAside(row, 'damaged', row.quantity);
  }

  /** A count sets what is on hand, but never below what is promised where nothing may be owed. */
  count(itemId: string, locationId: string, onHand: number): CountAnswer {
    const level = this.at({ itemId, locationId });
    const promised = level.committed + level.reserved + level.unavailable;
    if (this.policies.get(itemId) === 'deny' && onHand < promised) return { promised };
    level.onHand = onHand;
    return { onHand };
  }

  /** Units of a reason that are on hand and not for sale. */
  aside(itemId: string, locationId: string, reason: string): number {
    return this.reasons.get(`${itemId} ${locationId} ${reason}`) ?? 0;
  }

  /** Units change their state; refused with how many there are where it asks for more. */
  move(
    row: { itemId: string; locationId: string },
    { from, to, quantity }: ModelMove,
  ): number | null {
    const { itemId, locationId } = row;
    const there =
      from === 'available'
        ? Math.max(0, this.available(itemId, locationId))
        : this.aside(itemId, locationId, from);
    if (there < quantity) return there;
    if (from !== 'available') this.setAside(row, from, -quantity);
    if (to === 'removed') this.at(row).onHand -= quantity;
    else if (to !== 'available') this.setAside(row, to, quantity);
    return null;
  }

  private setAside(
    row: { itemId: string; locationId: string | null },
    reason: string,
    units: number,
  ): void {
    const key = `${keyOf(row)} ${reason}`;
    this.reasons.set(key, (this.reasons.get(key) ?? 0) + units);
    this.at(row).unavailable += units;
  }

  available(itemId: string, locationId: string): number {
    const level = this.levels.get(`${itemId} ${locationId}`);
    return level ? level.onHand - level.committed - level.reserved - level.unavailable : 0;
  }

  /** Units, by place, that are held longer than their checkout may. */
  overdue(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const { state, late, rows } of this.held.values()) {
      if (state !== 'active' || !late) continue;
      for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.quantity);
    }
    return sums;
  }

  private drop(checkout: string): void {
    const held = this.held.get(checkout);
    if (held?.state !== 'active') return;
    for (const row of held.rows) this.at(row).reserved -= row.quantity;
    held.state = 'released';
  }

  private at(place: { itemId: string; locationId: string | null }): ModelLevel {
    const level = this.levels.get(keyOf(place)) ?? {
      onHand: 0,
      committed: 0,
      reserved: 0,
      unavailable: 0,
    };
    this.levels.set(keyOf(place), level);
    return level;
  }

  /** What a checkout may take of an item in a place: what is for sale, and what it holds already. */
  private free(itemId: string, locationId: string, checkout: string): number {
    const held = this.held.get(checkout);
    const own = (held?.state === 'active' ? held.rows : [])
      .filter((row) => row.itemId === itemId && row.locationId === locationId)
      .reduce((sum, row) => sum + row.quantity, 0);
    return Math.max(0, this.available(itemId, locationId) + own);
  }

  private reachable({ pickup, shipTo }: ModelRequest): readonly string[] {
    if (pickup !== null) return [pickup];
    return this.places.filter((place) => {
      const to = this.deliversTo.get(place);
      return shipTo === null || to === undefined || to.includes(shipTo);
    });
  }

  /** Who owes what is not there: the default place, or the first that delivers; nobody where none does. */
  private debtor(request: ModelRequest): string | undefined {
    const there = this.reachable(request);
    return there.includes(this.fallback) ? this.fallback : there[0];
  }

  private totalOf(itemId: string, request: ModelRequest): number {
    return this.reachable(request).reduce(
      (sum, place) => sum + this.free(itemId, place, request.checkout),
      0,
    );
  }

  private shortOf(wants: ReadonlyMap<string, number>, request: ModelRequest) {
    return [...wants]
      .filter(([itemId]) => {
        const policy = this.policies.get(itemId);
        return policy === 'deny' || (policy === 'continue' && this.debtor(request) === undefined);
      })
      .map(([itemId, wanted]) => ({ itemId, wanted, available: this.totalOf(itemId, request) }))
      .filter(({ wanted, available }) => available < wanted);
  }

  private judge(
    wants: ReadonlyMap<string, number>,
    request: ModelRequest,
    rows: readonly Allocation[],
  ): string | null {
    for (const row of rows) {
      if (!wants.has(row.itemId)) return `an item nobody wanted: ${row.itemId}`;
    }
    for (const [itemId, wanted] of wants) {
      const own = rows.filter((row) => row.itemId === itemId);
      const problem = this.judgeItem({ itemId, wanted, own }, request);
      if (problem) return `${itemId}: ${problem}`;
    }
    return this.judgeParcels(wants, request, rows);
  }

  private judgeItem(
    { itemId, wanted, own }: { itemId: string; wanted: number; own: readonly Allocation[] },
    request: ModelRequest,
  ): string | null {
    const units = own.reduce((sum, row) => sum + row.quantity, 0);
    if (units !== wanted) return `${units} units, ${wanted} wanted`;
    if (this.policies.get(itemId) === 'untracked') {
      return own.length === 1 && own[0]?.locationId === null ? null : 'counted, and is not';
    }
    if (new Set(own.map(keyOf)).size !== own.length) return 'two rows of one place';
    const home = this.debtor(request);
    for (const { locationId, quantity, backordered } of own) {
      if (locationId === null || !this.reachable(request).includes(locationId)) return 'nowhere';
      if (quantity - backordered > this.free(itemId, locationId, request.checkout))
        return 'not there';
      if (backordered > 0 && locationId !== home) return 'owed by another place than the default';
    }
    const owed = own.reduce((sum, row) => sum + row.backordered, 0);
    const missing = Math.max(0, wanted - this.totalOf(itemId, request));
    return owed === missing ? null : `${owed} owed, ${missing} missing`;
  }

  /** Fewest parcels first, then the smallest sum of priorities; what is partly owed is not judged. */
  private judgeParcels(
    wants: ReadonlyMap<string, number>,
    request: ModelRequest,
    rows: readonly Allocation[],
  ): string | null {
    const used = new Set(rows.flatMap(({ locationId }) => locationId ?? []));
    if (used.size === 0 || rows.some(({ backordered }) => backordered > 0)) return null;
    const counted = [...wants].filter(([itemId]) => this.policies.get(itemId) !== 'untracked');
    const enough = (places: readonly string[]) =>
      counted.every(([itemId, wanted]) => {
        const there = places.map((place) => this.free(itemId, place, request.checkout));
        return there.reduce((sum, units) => sum + units, 0) >= wanted;
      });
    const plans = subsetsOf(this.reachable(request)).filter(enough);
    const fewest = Math.min(...plans.map((places) => places.length));
    if (used.size > fewest) return `${used.size} parcels where ${fewest} would do`;
    const sumOf = (places: readonly string[]) =>
      places.reduce((sum, place) => sum + this.places.indexOf(place), 0);
    const least = Math.min(...plans.filter(({ length }) => length === fewest).map(sumOf));
    return sumOf([...used]) === least ? null : 'from places of less priority';
  }
}

function keyOf({ itemId, locationId }: { itemId: string; locationId: string | null }): string {
  return `${itemId} ${locationId}`;
}

function sumOf(wants: ModelRequest['wants']): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { itemId, quantity } of wants) sums.set(itemId, (sums.get(itemId) ?? 0) + quantity);
  return sums;
}

function sameShort(
  expected: readonly { itemId: string; wanted: number; available: number }[],
  answer: StockAnswer,
): string | null {
  const told = (rows: typeof expected) =>
    rows
      .map(({ itemId, wanted, available }) => `${itemId} ${wanted} ${available}`)
      .sort()
      .join();
  const found = answer.reserved ? 'held' : told(answer.short);
  return found === told(expected) ? null : `${found} where ${told(expected) || 'nothing'} is short`;
}

/** All subsets but the empty one. */
function subsetsOf(places: readonly string[]): string[][] {
  const masks = Array.from({ length: 2 ** places.length - 1 }, (_, index) => index + 1);
  return masks.map((mask) => places.filter((_, index) => (mask & (1 << index)) !== 0));
}
