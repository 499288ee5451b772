import type { Allocation, Stock } from '@libs/catalog';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import {
  lockOrder,
  type OrderLineRow,
  type OrderRow,
  readLines,
} from '../orders/order-rows.queries';
import { refuseOver, unitsWanted } from '../orders/units-wanted';
import { ordersErrors } from '../orders.errors';
import { ReturnChanged } from '../orders.events';
import { refund, type RefundRequest, type RefundTools } from '../refunds/refund';
import type { ReturnState } from '../status/return-status';
import { restate } from '../status/restate';
import { homeOf, type UnitsOfLine } from '../stock/take-units.queries';
import { record } from '../timeline/timeline';
import { completeOfReturn } from '../withdrawals/close-withdrawal';
import {
  agreeReplacements,
  extendHold,
  holdReplacements,
  letGo,
  type ReplacementWish,
} from './replacements';
import {
  findReturn,
  readReturn,
  readReturns,
  type ReturnView,
  saveReturn,
  writeReturnLines,
} from './return-rows.queries';

/** What a change of a return works with. */
type StockTools = { store: StoreWriter; stock: Stock };

const closable: readonly ReturnState[] = ['approved', 'received', 'refunded', 'exchanged'];

/** Which return of which order. */
export interface ReturnPlace {
  orderId: string;
  returnId: string;
}

/** Units that are to come back, as they were agreed on. */
export type AgreedUnits = Pick<
  ReturnView['lines'][number],
  'lineId' | 'quantity' | 'reason' | 'replacement'
>;

/** Units that somebody wants to send back. */
export interface ReturnWish {
  /** Of the request: the same key makes no second return. */
  key: string;
  lines: readonly (UnitsOfLine & { reason?: string | null; replacement?: ReplacementWish })[];
  note?: string | null;
  /** A customer's waits for approval; staff's and a withdrawal's need none. */
  by: 'customer' | 'staff' | 'withdrawal';
  /** The statement that it is of, and when the money must be back. */
  withdrawal?: { id: string; dueAt: Date };
}

/** How units came back. */
export interface ReceivedLine {
  lineId: string;
  received: number;
  damaged: number;
}

/**
 * Asks for a return of units that were shipped and are in no other return, or for others instead of them.
 * @returns the return's id
 * @throws orders.order-not-found, orders.line-not-found, orders.line-twice, orders.too-many-units, orders.no-replacement,
 * orders.replacement-price, orders.out-of-stock
 */
export async function requestReturn(
  tools: StockTools,
  orderId: string,
  wish: ReturnWish,
): Promise<string> {
  const { store } = tools;
  const order = await lockOrder(store, orderId);
  const before = await findReturn(store, orderId, wish.key);
  if (before !== null) return before;
  const lines = await agreeUnits(store, order, wish);
  const returnId = newId();
  const state = wish.by === 'customer' ? 'requested' : 'approved';
  await store.execute(
    `INSERT INTO returns (store_id, return_id, order_id, request_key, state, requested_by, note, withdrawal_id, due_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      store.storeId,
      returnId,
      orderId,
      wish.key,
      state,
      wish.by,
      wish.note ?? null,
      wish.withdrawal?.id ?? null,
      wish.withdrawal?.dueAt ?? null,
    ],
  );
  await writeReturnLines(store, returnId, lines);
  await record(store, orderId, {
    kind: 'return_requested',
    data: { returnId, lines },
    ...(wish.by === 'staff' ? {} : { by: { kind: 'customer', label: '' } }),
  });
  await restate(store, orderId);
  store.publish(ReturnChanged, { orderId, returnId, state });
  if (state === 'approved') await holdReplacements(tools, { orderId, returnId }, lines);
  return returnId;
}

/**
 * What of a wish can be agreed on: units that were shipped and are in no other return, and what is sent instead.
 * @throws orders.line-not-found, orders.line-twice, orders.too-many-units, orders.no-replacement,
 * orders.replacement-price, orders.out-of-stock
 */
export async function agreeUnits(
  store: StoreReader,
  order: Pick<OrderRow, 'orderId' | 'currency'>,
  { lines, by }: Pick<ReturnWish, 'lines' | 'by'>,
): Promise<AgreedUnits[]> {
  const { orderId } = order;
  const wanted = unitsWanted(await readLines(store, orderId), lines);
  const returns = await readReturns(store, orderId);
  refuseOver(wanted, (line) => unitsLeft(returns, line));
  const replacements = await agreeReplacements(store, order, wanted, by === 'staff');
  return lines.map(({ lineId, quantity, reason = null }, at) => {
    const replacement = replacements[at] ?? null;
    return { lineId, quantity, reason, replacement };
  });
}

/** Units of a line that left and are in no return. */
export function unitsLeft(returns: readonly ReturnView[], line: OrderLineRow): number {
  return line.shipped - line.restocked - onTheirWay(returns, line);
}

/**
 * Approves, declines or closes a return; what replaces its units is held from the approval on. Deciding the same again
 * changes nothing.
 * @throws orders.order-not-found, orders.return-not-found, orders.return-state, orders.out-of-stock
 */
export async function decideReturn(
  tools: StockTools,
  place: ReturnPlace,
  { state, declineReason }: { state: 'approved' | 'declined' | 'closed'; declineReason?: string },
): Promise<void> {
  const { store } = tools;
  const found = await openReturn(store, place);
  if (found.state === state) return;
  refuseState(found, state === 'closed' ? closable : ['requested']);
  await saveReturn(store, place.returnId, { state, declineReason });
  await record(store, place.orderId, {
    kind: `return_${state}`,
    data: { returnId: place.returnId, ...(declineReason ? { declineReason } : {}) },
  });
  await restate(store, place.orderId);
  store.publish(ReturnChanged, { ...place, state });
  if (state === 'approved') await holdReplacements(tools, place, found.lines);
  else await letGo(tools, found);
}

/**
 * Notes what came back, and puts it where it came from; damaged units are there and not for sale. Noting it again
 * changes nothing.
 * @param lines all that is in the return, undamaged, when left out
 * @throws orders.order-not-found, orders.return-not-found, orders.return-state, orders.line-not-found,
 * orders.too-many-units
 */
export async function receiveReturn(
  { store, stock }: RefundTools,
  place: ReturnPlace,
  lines?: readonly ReceivedLine[],
): Promise<void> {
  const { orderId, returnId } = place;
  const found = await openReturn(store, place);
  if (found.state === 'received') return;
  refuseState(found, ['approved', 'in_transit']);
  const came =
    lines ??
    found.lines.map(({ lineId, quantity }) => ({ lineId, received: quantity, damaged: 0 }));
  const all = await readLines(store, orderId);
  const counted = came.map((line) => ({ ...line, quantity: line.received + line.damaged }));
  const units = unitsWanted(all, counted);
  refuseOver(units, ({ id }) => found.lines.find(({ lineId }) => lineId === id)?.quantity ?? 0);
  await store.execute(
    `WITH c AS (SELECT * FROM jsonb_to_recordset($3) AS c ("lineId" uuid, received int, damaged int)), noted AS (
       UPDATE return_lines r SET received = c.received, damaged = c.damaged FROM c
       WHERE r.store_id = $1 AND r.return_id = $2 AND r.order_line_id = c."lineId"
     )
     UPDATE order_lines l SET restocked = l.restocked + c.received + c.damaged FROM c
     WHERE l.store_id = $1 AND l.order_line_id = c."lineId"`,
    [store.storeId, returnId, JSON.stringify(came)],
  );
  await saveReturn(store, returnId, { state: 'received' });
  await record(store, orderId, { kind: 'return_received', data: { returnId, lines: came } });
  await restate(store, orderId);
  store.publish(ReturnChanged, { ...place, state: 'received' });
  await extendHold({ store, stock }, found);
  await stock.restock(store, { ref: returnId, lines: await shelvesFor(store, came) });
}

/**
 * Gives back what the units that came back are worth; they stay where they were put. Refunding again changes nothing.
 * @returns the refund's id
 * @throws orders.return-not-found, orders.return-state, and what `refund` throws
 */
export async function refundReturn(
  tools: RefundTools,
  place: ReturnPlace,
  wish: Omit<RefundRequest, 'lines'>,
): Promise<string> {
  const { store } = tools;
  const found = await openReturn(store, place);
  if (found.refundId !== null) return found.refundId;
  refuseState(found, ['received']);
  const lines = receivedUnits(found);
  const refundId = await refund(tools, place.orderId, { ...wish, lines });
  await saveReturn(store, place.returnId, { state: 'refunded', refundId });
  await record(store, place.orderId, {
    kind: 'return_refunded',
    data: { returnId: place.returnId, refundId },
  });
  await completeOfReturn(store, place.returnId);
  await restate(store, place.orderId);
  store.publish(ReturnChanged, { ...place, state: 'refunded' });
  await letGo(tools, found);
  return refundId;
}

/** What came back of a return, as a refund is of it: it stays where it was put. */
export function receivedUnits({ lines }: ReturnView) {
  return lines
    .map(({ lineId, received, damaged }) => ({ lineId, quantity: received + damaged }))
    .filter(({ quantity }) => quantity > 0)
    .map((units) => ({ ...units, restock: 'no_restock' as const }));
}

async function openReturn(store: StoreWriter, place: ReturnPlace): Promise<ReturnView> {
  await lockOrder(store, place.orderId);
  return readReturn(store, place);
}

/** Refuses a return that is not there yet, or past it. @throws orders.return-state */
export function refuseState({ state }: ReturnView, from: readonly ReturnState[]): void {
  if (!from.includes(state)) throw ordersErrors.error('return-state', { state });
}

/** Units of a line that are in a return and not back yet. */
export function onTheirWay(returns: readonly ReturnView[], { id }: OrderLineRow): number {
  return returns
    .filter(({ state }) => ['requested', 'approved', 'in_transit'].includes(state))
    .flatMap(({ lines }) => lines)
    .filter(({ lineId }) => lineId === id)
    .reduce((all, { quantity }) => all + quantity, 0);
}

async function shelvesFor(store: StoreWriter, came: readonly ReceivedLine[]) {
  const shelves: (Allocation & { damaged: boolean })[] = [];
  for (const { lineId, received, damaged } of came) {
    const home = await homeOf(store, lineId);
    shelves.push({ ...home, quantity: received, backordered: 0, damaged: false });
    shelves.push({ ...home, quantity: damaged, backordered: 0, damaged: true });
  }
  return shelves.filter(({ quantity }) => quantity > 0);
}
