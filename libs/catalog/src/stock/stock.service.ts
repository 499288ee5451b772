import { Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import { catalogErrors } from '../catalog.errors';
import { announceStock } from './announce-stock';
import {
  checkStock,
  type Commitment,
  isMendable,
  repairStock,
  type StockFault,
} from './check-stock';
import { type MoveReason, type StockMove, moveStock } from './move-stock.queries';
import {
  type Reservation,
  endReservations,
  extendReservations,
  lockReservations,
  writeReservations,
} from './reservations.queries';
import { type Allocation, type Shortage, type Source, routeStock } from './route-stock';
import {
  type WantedItem,
  ensureLevels,
  readShelves,
  readSources,
  readWants,
} from './shelves.queries';

/** What a checkout wants to hold while it is being paid. */
export interface StockRequest {
  checkoutId: string;
  /** An item may stand on several lines: they are summed. */
  wants: readonly { itemId: string; quantity: number }[];
  /** ISO 8601; the checkout's sweeper releases what is older. */
  expiresAt: string;
  /** Set when the buyer collects: everything comes from there. */
  pickupLocationId?: string;
  /** Country that it is sent to, ISO 3166-1 alpha-2; every location serves it where it is not known. */
  shipTo?: string | null;
}

/** Held whole, or refused with every item that is short. */
export type StockAnswer =
  { reserved: true; allocations: Allocation[] } | { reserved: false; short: Shortage[] };

/** Allocations of an order, of which those of uncounted items change nothing. */
export interface OrderUnits {
  orderId: string;
  lines: readonly Allocation[];
}

interface Plan {
  request: StockRequest;
  wants: readonly WantedItem[];
  held: readonly Reservation[];
  places: { sources: readonly Source[]; fallback: string };
}

/**
 * What buyers do to stock: held while they pay, promised when they have paid, sent, put back. Each verb locks its
 * reservation rows first and levels in the order of items and locations, and is meant as the last of its transaction
 * but for the counter that numbers an order.
 */
@Injectable()
export class Stock {
  /**
   * Holds units for a checkout, all or nothing; asked again it holds what is wanted now instead. Planned without locks
   * first; when somebody was faster, once more with the levels locked, so that nobody is refused who was not short.
   * @throws catalog.stock-committed when the checkout's units are an order's already
   */
  async reserve(store: StoreWriter, request: StockRequest): Promise<StockAnswer> {
    const { checkoutId, pickupLocationId, shipTo = null } = request;
    const rows = await lockReservations(store, checkoutId);
    if (rows.some(({ state }) => state === 'committed'))
      throw catalogErrors.error('stock-committed');
    const all = await readWants(store, request.wants);
    const places = pickupLocationId ? onlyFrom(pickupLocationId) : await readSources(store, shipTo);
    const wants = all.filter(({ tracked }) => tracked);
    const held = rows.filter(({ state }) => state === 'active');
    const plan = { request, wants, held, places };
    await store.execute('SAVEPOINT before_stock');
    const answer = (await this.tryPlan(store, plan, false)) ?? (await this.tryAgain(store, plan));
    if (!answer.reserved) return answer;
    const uncounted = all.filter(({ tracked }) => !tracked).map(uncountedAllocation);
    return { reserved: true, allocations: [...answer.allocations, ...uncounted] };
  }

  /** Lets what a checkout holds stand until another moment. @param expiresAt ISO 8601 */
  extend(store: StoreWriter, checkoutId: string, expiresAt: string): Promise<void> {
    return extendReservations(store, checkoutId, expiresAt);
  }

  /** Gives back what a checkout holds; nothing when it holds nothing any more. */
  async release(store: StoreWriter, checkoutId: string): Promise<void> {
    const ended = await endReservations(store, checkoutId, 'released');
    const moves = ended.map(({ itemId, locationId, quantity }) => ({
      itemId,
      locationId,
      reserved: -quantity,
    }));
    await this.move(store, moves, { cause: 'release', refKind: 'checkout', refId: checkoutId });
  }

  /**
   * Makes what a checkout holds an order's.
   * @returns the counted items' units; none when they are committed already
   */
  async commit(store: StoreWriter, checkoutId: string, orderId: string): Promise<Allocation[]> {
    const ended = await endReservations(store, checkoutId, 'committed');
    const moves = ended.map(({ itemId, locationId, quantity }) => ({
      itemId,
      locationId,
      reserved: -quantity,
      committed: quantity,
    }));
    await this.move(store, moves, { cause: 'commit', refKind: 'order', refId: orderId });
    return ended.map(({ state: _state, ...allocation }) => allocation);
  }

  /** Units of an order leave the house in a parcel. */
  async fulfil(
    store: StoreWriter,
    { lines, parcelId }: OrderUnits & { parcelId: string },
  ): Promise<void> {
    const moves = movesOf(lines, (units) => ({ onHand: -units, committed: -units }));
    await this.move(store, moves, { cause: 'fulfil', refKind: 'parcel', refId: parcelId });
  }

  /** Units of an order that were not sent are for sale again. */
  async uncommit(store: StoreWriter, { orderId, lines }: OrderUnits): Promise<void> {
    const moves = movesOf(lines, (units) => ({ committed: -units }));
    await this.move(store, moves, { cause: 'cancel', refKind: 'order', refId: orderId });
  }

  /**
   * Lets nobody else change these items until the transaction ends: for whoever frees some and promises others, so that
   * two who go another way round do not wait for each other.
   */
  async lockItems(store: StoreWriter, itemIds: readonly string[]): Promise<void> {
    if (itemIds.length > 0) await readShelves(store, itemIds, true);
  }

  /** Units come back to a shelf; damaged ones are there and not for sale. @param ref the return or refund */
  async restock(
    store: StoreWriter,
    { lines, ref }: { ref: string; lines: readonly (Allocation & { damaged?: boolean })[] },
  ): Promise<void> {
    const counted = lines.filter(isCounted);
    for (const locationId of new Set(counted.map((line) => line.locationId))) {
      const here = counted.filter((line) => line.locationId === locationId);
      await ensureLevels(store, [...new Set(here.map(({ itemId }) => itemId))], locationId);
    }
    const moves = sumMoves(
      counted.map(({ itemId, locationId, quantity, damaged }) => ({
        itemId,
        locationId,
        onHand: quantity,
        unavailable: damaged ? quantity : 0,
      })),
    );
    await this.move(store, moves, { cause: 'restock', refKind: 'return', refId: ref });
  }

  /**
   * What of the stock does not follow from reservations, orders and movements.
   * @param commitments what orders wait for, or null to leave that comparison out
   */
  check(store: StoreReader, commitments: readonly Commitment[] | null): Promise<StockFault[]> {
    return checkStock(store, commitments);
  }

  /** Whether `repair` puts a fault right. */
  mends(fault: StockFault): boolean {
    return isMendable(fault);
  }

  /**
   * Puts right what is reserved, committed, incoming and unavailable. Locks every level of the store: its last verb.
   * @param readCommitments asked once the levels are locked
   * @returns how many levels were changed
   */
  repair(
    store: StoreWriter,
    readCommitments: () => Promise<readonly Commitment[]>,
  ): Promise<number> {
    return repairStock(store, readCommitments);
  }

  private async tryAgain(store: StoreWriter, plan: Plan): Promise<StockAnswer> {
    await store.execute('ROLLBACK TO SAVEPOINT before_stock');
    const answer = await this.tryPlan(store, plan, true);
    if (answer === null) throw new Error('A locked level changed');
    return answer;
  }

  /** Null when a level had less by the time its turn came. */
  private async tryPlan(
    store: StoreWriter,
    plan: Plan,
    hold: boolean,
  ): Promise<StockAnswer | null> {
    const { request, wants, held, places } = plan;
    const itemIds = wants.map(({ itemId }) => itemId);
    const levels = await readShelves(
      store,
      [...itemIds, ...held.map(({ itemId }) => itemId)],
      hold,
    );
    const own = new Map(held.map((row) => [placeKey(row), row.quantity]));
    const shelves = levels.map((level) => ({
      ...level,
      available: level.available + (own.get(placeKey(level)) ?? 0),
    }));
    const route = routeStock(wants, shelves, places);
    if ('short' in route) return { reserved: false, short: route.short };
    const { allocations } = route;
    await ensureDebts(store, allocations);
    await writeReservations(store, request, allocations);
    const moves = changesOf(held, allocations, wants);
    const reason = { cause: 'reserve', refKind: 'checkout', refId: request.checkoutId } as const;
    const moved = await moveStock(store, moves, reason);
    if (moved === null) return null;
    await announceStock(store, moved);
    return { reserved: true, allocations };
  }

  private async move(
    store: StoreWriter,
    moves: readonly StockMove[],
    reason: MoveReason,
  ): Promise<void> {
    await announceStock(store, (await moveStock(store, moves, reason)) ?? []);
  }
}

/** Where the buyer collects, and nowhere else. */
function onlyFrom(locationId: string): Plan['places'] {
  return { sources: [{ locationId, rank: 0, delivers: true }], fallback: locationId };
}

/** Makes the levels that debts are written on, where there are none. */
async function ensureDebts(store: StoreWriter, allocations: readonly Allocation[]): Promise<void> {
  const debts = allocations.filter(isCounted).filter(({ backordered }) => backordered > 0);
  for (const locationId of new Set(debts.map((debt) => debt.locationId))) {
    const here = debts.filter((debt) => debt.locationId === locationId);
    await ensureLevels(
      store,
      here.map(({ itemId }) => itemId),
      locationId,
    );
  }
}

/** From what is held to what shall be held, one move per place. */
function changesOf(
  held: readonly Reservation[],
  wanted: readonly Allocation[],
  wants: readonly WantedItem[],
): StockMove[] {
  const beyond = new Set(wants.filter(({ oversell }) => oversell).map(({ itemId }) => itemId));
  const rows = new Map(wanted.filter(isCounted).map((row) => [placeKey(row), row]));
  const before = held.map(({ itemId, locationId, quantity }) => ({
    itemId,
    locationId,
    reserved: -quantity,
  }));
  const after = movesOf(wanted, (units) => ({ reserved: units }));
  return sumMoves([...before, ...after])
    .filter(({ reserved = 0 }) => reserved !== 0)
    .map((move) => promised(move, rows.get(placeKey(move)), beyond.has(move.itemId)));
}

/** A move that holds more than before, with what it counts on: units that are taken as there must be there. */
function promised(move: StockMove, row: Allocation | undefined, beyond: boolean): StockMove {
  const { reserved = 0 } = move;
  if (reserved <= 0 || !row) return move;
  const promise = beyond ? 'beyond' : 'strict';
  const allOwed = row.quantity === row.backordered;
  return allOwed ? { ...move, promise } : { ...move, promise, needs: reserved - row.backordered };
}

/** A move for each counted allocation. */
function movesOf(
  lines: readonly Allocation[],
  change: (units: number) => Omit<StockMove, 'itemId' | 'locationId'>,
): StockMove[] {
  const moves = lines
    .filter(isCounted)
    .map(({ itemId, locationId, quantity }) => ({ itemId, locationId, ...change(quantity) }));
  return sumMoves(moves);
}

function isCounted<Line extends Allocation>(line: Line): line is Line & { locationId: string } {
  return line.locationId !== null && line.quantity > 0;
}

/** One move per place: an UPDATE joined to two moves of a row would apply one of them. */
function sumMoves(moves: readonly StockMove[]): StockMove[] {
  const sums = new Map<string, StockMove>();
  for (const move of moves) {
    const sum = sums.get(placeKey(move));
    sums.set(placeKey(move), sum ? addMoves(sum, move) : move);
  }
  return [...sums.values()];
}

function addMoves(a: StockMove, b: StockMove): StockMove {
  return {
    ...a,
    onHand: (a.onHand ?? 0) + (b.onHand ?? 0),
    committed: (a.committed ?? 0) + (b.committed ?? 0),
    reserved: (a.reserved ?? 0) + (b.reserved ?? 0),
    unavailable: (a.unavailable ?? 0) + (b.unavailable ?? 0),
  };
}

function placeKey({ itemId, locationId }: { itemId: string; locationId: string }): string {
  return `${itemId} ${locationId}`;
}

function uncountedAllocation({ itemId, quantity }: WantedItem): Allocation {
  return { itemId, locationId: null, quantity, backordered: 0 };
}
