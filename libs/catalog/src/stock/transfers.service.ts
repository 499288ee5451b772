import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { catalogErrors } from '../catalog.errors';
import type { Transfer, TransferInput, TransferReceipt } from '../contract/transfers.contract';
import { announceStock } from './announce-stock';
import { moveStock, type StockMove } from './move-stock.queries';
import { ensureLevels, readShelves } from './shelves.queries';
import {
  insertTransfer,
  listTransfers,
  lockTransfer,
  readTransfer,
  saveTransfer,
} from './transfer-rows.queries';

type Line = Transfer['lines'][number];

/**
 * Stock on its way between locations. Each verb locks the transfer first and then levels in the order of items and
 * locations. What is to come counts as `incoming` where it goes, and is for sale once it was received.
 */
@Injectable()
export class Transfers {
  /** The newest first. @param page `before` is the id that ended the last page */
  list(
    store: StoreReader,
    page: { state?: Transfer['state']; before: string | null; limit: number },
  ): Promise<Transfer[]> {
    return listTransfers(store, page);
  }

  /** @throws catalog.transfer-not-found */
  get(store: StoreReader, id: string): Promise<Transfer> {
    return readTransfer(store, id);
  }

  /**
   * Announces a transfer: its units are incoming at the second location, and still for sale at the first.
   * @throws catalog.location-not-found, catalog.item-not-found, with the field
   */
  async create(store: StoreWriter, input: TransferInput): Promise<Transfer> {
    await refuseUnknown(store, input);
    const id = newId();
    const { toLocationId, lines } = input;
    await insertTransfer(store, id, input);
    const itemIds = lines.map(({ itemId }) => itemId);
    await ensureLevels(store, itemIds, toLocationId);
    const moves = lines.map(({ itemId, quantity }) => ({
      itemId,
      locationId: toLocationId,
      incoming: quantity,
    }));
    await this.move(store, id, moves);
    return this.noted(store, id, 'created');
  }

  /**
   * The units leave the first location. Again it changes nothing.
   * @throws catalog.transfer-not-found, catalog.transfer-state, catalog.units-not-there with how many are
   */
  async ship(store: StoreWriter, id: string): Promise<Transfer> {
    const found = await lockTransfer(store, id);
    if (found.state === 'shipped') return found;
    refuseState(found, ['open']);
    const { fromLocationId: locationId, lines } = found;
    await saveTransfer(store, id, { state: 'shipped', lines });
    await refuseMissing(store, found);
    const moves = lines.map(({ itemId, quantity }) => ({
      itemId,
      locationId,
      onHand: -quantity,
      needs: quantity,
    }));
    await this.move(store, id, moves);
    return this.noted(store, id, 'shipped');
  }

  /**
   * Units have come: they are on the shelf, or rejected. The transfer is received once nothing of it is to come.
   * @param came by item; all that is still to come, and none rejected, when left out
   * @throws catalog.transfer-not-found, catalog.transfer-state, catalog.transfer-line, catalog.transfer-excess
   */
  async receive(
    store: StoreWriter,
    id: string,
    { lines: came }: TransferReceipt,
  ): Promise<Transfer> {
    const found = await lockTransfer(store, id);
    if (found.state === 'received' && came === undefined) return found;
    refuseState(found, ['shipped']);
    const told = came ?? found.lines.filter(isOpen).map(allOf);
    const lines = received(found.lines, told);
    const state = lines.some(isOpen) ? 'shipped' : 'received';
    await saveTransfer(store, id, { state, lines });
    const { toLocationId: locationId } = found;
    const moves = told.map(({ itemId, ...units }) => ({
      itemId,
      locationId,
      onHand: units.received,
      incoming: -units.received - units.rejected,
    }));
    await this.move(store, id, moves);
    return this.noted(store, id, 'received', told);
  }

  /**
   * What is still to come will not: it is back at the first location where it had left it. Again it changes nothing.
   * @throws catalog.transfer-not-found, catalog.transfer-state
   */
  async cancel(store: StoreWriter, id: string): Promise<Transfer> {
    const found = await lockTransfer(store, id);
    if (found.state === 'cancelled') return found;
    refuseState(found, ['open', 'shipped']);
    const { fromLocationId, toLocationId, lines } = found;
    await saveTransfer(store, id, { state: 'cancelled', lines });
    const open = lines.filter(isOpen);
    const back = found.state === 'shipped' ? open : [];
    await this.move(store, id, [
      ...open.map((line) => ({
        itemId: line.itemId,
        locationId: toLocationId,
        incoming: -openOf(line),
      })),
      ...back.map((line) => ({
        itemId: line.itemId,
        locationId: fromLocationId,
        onHand: openOf(line),
      })),
    ]);
    return this.noted(store, id, 'cancelled');
  }

  private async move(store: StoreWriter, id: string, moves: readonly StockMove[]): Promise<void> {
    const reason = { cause: 'transfer', refKind: 'transfer', refId: id } as const;
    const moved = await moveStock(store, moves, reason);
    if (moved === null) throw new Error('A locked level changed');
    await announceStock(store, moved);
  }

  private async noted(
    store: StoreWriter,
    id: string,
    what: 'created' | 'shipped' | 'received' | 'cancelled',
    lines?: unknown,
  ): Promise<Transfer> {
    const after = await readTransfer(store, id);
    const target = { kind: 'transfer', id };
    store.record({ action: `transfer.${what}`, target, after: { lines: lines ?? after.lines } });
    return after;
  }
}

function openOf({ quantity, received: came, rejected }: Line): number {
  return quantity - came - rejected;
}

function isOpen(line: Line): boolean {
  return openOf(line) > 0;
}

function allOf(line: Line): { itemId: string; received: number; rejected: number } {
  return { itemId: line.itemId, received: openOf(line), rejected: 0 };
}

/** The lines with what came of them. */
function received(
  lines: readonly Line[],
  came: readonly { itemId: string; received: number; rejected: number }[],
): Line[] {
  const known = new Map(lines.map((line) => [line.itemId, line]));
  for (const [index, { itemId, ...units }] of came.entries()) {
    const line = known.get(itemId);
    if (!line) throw catalogErrors.error('transfer-line', {}, { field: `lines.${index}.itemId` });
    const open = openOf(line);
    if (units.received + units.rejected > open)
      throw catalogErrors.error('transfer-excess', { open }, { field: `lines.${index}.received` });
    known.set(itemId, {
      ...line,
      received: line.received + units.received,
      rejected: line.rejected + units.rejected,
    });
  }
  return [...known.values()];
}

function refuseState({ state }: Transfer, allowed: readonly Transfer['state'][]): void {
  if (!allowed.includes(state)) throw catalogErrors.error('transfer-state', { state });
}

/** Locks the levels of a transfer's items, and refuses it where less is for sale than is to leave. */
async function refuseMissing(
  store: StoreWriter,
  { fromLocationId, lines }: Transfer,
): Promise<void> {
  const itemIds = lines.map(({ itemId }) => itemId);
  const shelves = await readShelves(store, itemIds, true);
  for (const [index, { itemId, quantity }] of lines.entries()) {
    const shelf = shelves.find((one) => one.itemId === itemId && one.locationId === fromLocationId);
    const units = Math.max(0, shelf?.available ?? 0);
    if (units >= quantity) continue;
    const field = `lines.${index}.quantity`;
    throw catalogErrors.error('units-not-there', { state: 'available', units }, { field });
  }
}

async function refuseUnknown(
  store: StoreReader,
  { fromLocationId, toLocationId, lines }: TransferInput,
): Promise<void> {
  const places = await store.query<{ id: string }>(
    'SELECT location_id AS id FROM locations WHERE store_id = $1 AND location_id = ANY ($2::uuid[])',
    [store.storeId, [fromLocationId, toLocationId]],
  );
  const known = new Set(places.map(({ id }) => id));
  for (const [field, id] of Object.entries({ fromLocationId, toLocationId }))
    if (!known.has(id)) throw catalogErrors.error('location-not-found', {}, { field });
  const counted = await store.query<{ id: string }>(
    `SELECT variant_id AS id FROM variants
     WHERE store_id = $1 AND tracked AND variant_id = ANY ($2::uuid[])`,
    [store.storeId, lines.map(({ itemId }) => itemId)],
  );
  const items = new Set(counted.map(({ id }) => id));
  const index = lines.findIndex(({ itemId }) => !items.has(itemId));
  if (index >= 0)
    throw catalogErrors.error('item-not-found', {}, { field: `lines.${index}.itemId` });
}
