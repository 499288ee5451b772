import type { Allocation, Markets, Stock } from '@libs/catalog';
import { newId } from '@libs/kernel';
import type { Payments, StoredValue } from '@libs/payments';
import type { StoreReader, StoreWriter } from '@platform/database';
import { readBalance } from '../money/balance';
import { withdrawCards } from '../gift-cards/withdraw-cards';
import { readMoney } from '../money/order-money';
import { lockOrder, type OrderRow, readCharges, readLines } from '../orders/order-rows.queries';
import { readOrderSettings } from '../orders/order-settings.queries';
import { ordersErrors } from '../orders.errors';
import { RefundArrived, RefundRecorded } from '../orders.events';
import { restate } from '../status/restate';
import { refuseUnknownPlaces } from '../stock/known-places.queries';
import { homeOf, takeUnits } from '../stock/take-units.queries';
import { record } from '../timeline/timeline';
import { giveBack, type GivenPart } from './give-back';
import { exchangeOfRefund, exchangeView } from './refund-exchange';
import { planRefund, type RefundGround, type RefundPlan, type RefundWish } from './plan-refund';
import { findRefund, writeRefund } from './refund-rows.queries';

/** What a refund works with. */
export interface RefundTools {
  store: StoreWriter;
  payments: Payments;
  value: StoredValue;
  stock: Stock;
  markets: Markets;
}

/** A refund to be made. */
export interface RefundRequest extends RefundWish {
  /** Of the request: the same key makes no second refund. */
  key: string;
  reason?: string | null;
}

/** What a refund of this order can be of. */
export async function readGround(
  store: StoreReader,
  payments: Payments,
  order: OrderRow,
): Promise<RefundGround> {
  const { tenders } = await readMoney(store, payments, order);
  const lines = await readLines(store, order.orderId);
  const charges = await readCharges(store, order.orderId);
  const { refundTenders: tenderOrder } = await readOrderSettings(store);
  return { order, lines, charges, tenders, tenderOrder };
}

/**
 * Gives money back, and units to where they belong. The providers are asked after the commit; until they answer, the
 * refund is pending and the order not shown as refunded.
 * @returns the refund's id
 * @throws orders.order-not-found, orders.nothing-to-refund, and what planning throws
 */
export async function refund(
  tools: RefundTools,
  orderId: string,
  request: RefundRequest,
): Promise<string> {
  const { store, payments } = tools;
  const order = await lockOrder(store, orderId);
  const before = await findRefund(store, orderId, request.key);
  if (before !== null) return before;
  const plan = await planFor({ store, payments }, order, request);
  const { refundId } = await recordRefund(tools, order, {
    ...request,
    plan,
    freeMinor: plan.freeMinor,
  });
  await withdrawCards(tools, orderId);
  const moves = await unitsToMove(store, orderId, plan);
  await restate(store, orderId);
  await moveStock(tools, { orderId, refundId, ...moves });
  return refundId;
}

/**
 * Works a refund of an order out.
 * @throws orders.nothing-over, orders.location-not-found, and what planning throws
 */
export async function planFor(
  { store, payments }: { store: StoreReader; payments: Payments },
  order: OrderRow,
  wish: RefundWish,
): Promise<RefundPlan & { freeMinor: number }> {
  const named = wish.lines.map(({ locationId }, at) => ({
    locationId,
    field: `lines.${at}.locationId`,
  }));
  await refuseUnknownPlaces(store, named);
  const ground = await readGround(store, payments, order);
  if (!wish.overpaid) return { ...planRefund(ground, wish), freeMinor: wish.freeMinor };
  const { overMinor, money } = await readBalance(store, payments, order);
  const taken = money.tenders.reduce((all, row) => all + row.paidMinor - row.refundedMinor, 0);
  const freeMinor = Math.min(overMinor, taken);
  if (freeMinor === 0) throw ordersErrors.error('nothing-over', { name: order.name });
  return { ...planRefund(ground, { ...wish, lines: [], charges: [], freeMinor }), freeMinor };
}

/**
 * Writes a refund that was planned, with its operations, timeline and event; units stay where they are.
 * @throws orders.nothing-to-refund, payments.refund-too-large
 */
export async function recordRefund(
  tools: Omit<RefundTools, 'stock'>,
  order: OrderRow,
  {
    plan,
    key,
    reason,
    freeMinor,
    overpaid,
  }: { plan: RefundPlan } & Omit<RefundRequest, 'lines' | 'charges'>,
): Promise<{ refundId: string }> {
  const { store } = tools;
  const { orderId } = order;
  const { totalMinor } = plan.proposal;
  if (totalMinor <= 0) throw ordersErrors.error('nothing-to-refund', { name: order.name });
  const refundId = newId();
  const parts = await giveBack(tools, order, plan.parts, (at) => refundKey(refundId, at));
  const exchange = await exchangeOfRefund(tools, order, totalMinor, parts);
  await writeRefund(store, order, {
    refundId,
    exchange,
    plan,
    parts,
    key,
    reason: reason ?? null,
    freeMinor,
    kind: overpaid ? 'overpaid' : 'goods',
  });
  await record(store, orderId, {
    kind: 'refund_wanted',
    data: {
      refundId,
      amountMinor: totalMinor,
      reason: reason ?? null,
      parts: parts.map(({ kind, to, amountMinor }) => ({ kind, to, amountMinor })),
      ...(exchange && { exchange: { currency: order.base.currency, ...exchangeView(exchange) } }),
    },
  });
  await noteArrived(store, orderId, refundId, parts);
  store.publish(RefundRecorded, { orderId, refundId });
  if (parts.every(({ state }) => state === 'succeeded'))
    store.publish(RefundArrived, { orderId, refundId });
  return { refundId };
}

/**
 * Writes that units came back and are replaced: what they are worth is not due any more, and no money moves. Whoever
 * hears of refunds hears of it; it has no tenders.
 */
export async function recordExchange(
  store: StoreWriter,
  order: OrderRow,
  exchange: { plan: RefundPlan; key: string; freeMinor: number },
): Promise<string> {
  const refundId = newId();
  await writeRefund(store, order, {
    ...exchange,
    refundId,
    parts: [],
    exchange: null,
    reason: null,
    kind: 'exchange',
  });
  store.publish(RefundRecorded, { orderId: order.orderId, refundId });
  return refundId;
}

/** Stored value is back at once; nobody has to tell. */
async function noteArrived(
  store: StoreWriter,
  orderId: string,
  refundId: string,
  parts: readonly GivenPart[],
): Promise<void> {
  const amountMinor = parts
    .filter(({ state }) => state === 'succeeded')
    .reduce((sum, part) => sum + part.amountMinor, 0);
  if (amountMinor === 0) return;
  await store.execute(
    'UPDATE orders SET refunded_minor = refunded_minor + $3 WHERE store_id = $1 AND order_id = $2',
    [store.storeId, orderId, amountMinor],
  );
  await record(store, orderId, { kind: 'refunded', data: { refundId, amountMinor } });
}

/** Under which name an operation of a payment gives back a part of a refund. */
export function refundKey(refundId: string, position: number): string {
  return `refund:${refundId}:${position}`;
}

/** The refund and the part that a name of an operation tells; null for another one. */
export function readRefundKey(key: string): { refundId: string; position: number } | null {
  const [, refundId, position] = /^refund:([0-9a-f-]{36}):(\d+)$/.exec(key) ?? [];
  return refundId === undefined ? null : { refundId, position: Number(position) };
}

/** What the stock is to be told: units for sale again, units written off, units that come back. */
async function unitsToMove(store: StoreWriter, orderId: string, { lines }: RefundPlan) {
  const ofUnshipped = (restock: string) =>
    lines
      .filter((each) => each.restock === restock && each.unshipped > 0)
      .map(({ lineId, unshipped }) => ({ lineId, quantity: unshipped }));
  const released = await takeUnits(store, orderId, ofUnshipped('cancel'));
  const gone = await takeUnits(store, orderId, ofUnshipped('no_restock'));
  const back: Allocation[] = [];
  for (const { lineId, quantity, restock, locationId } of lines) {
    if (restock !== 'return') continue;
    const home = await homeOf(store, lineId);
    const place = home.locationId === null ? null : (locationId ?? home.locationId);
    back.push({ itemId: home.itemId, locationId: place, quantity, backordered: 0 });
  }
  return { released, gone, back };
}

/** Tells the stock item by item in their order, since two refunds that go another way round would wait for each other. */
async function moveStock(
  { store, stock }: RefundTools,
  {
    orderId,
    refundId,
    released,
    gone,
    back,
  }: { orderId: string; refundId: string } & Record<'released' | 'gone' | 'back', Allocation[]>,
): Promise<void> {
  const place = ({ itemId, locationId }: Allocation) => `${itemId} ${locationId}`;
  const places = new Set([...released, ...gone, ...back].map(place));
  for (const here of [...places].sort()) {
    const at = (units: readonly Allocation[]) => units.filter((each) => place(each) === here);
    const [freed, lost, returned] = [at(released), at(gone), at(back)];
    if (freed.length > 0) await stock.uncommit(store, { orderId, lines: freed });
    if (lost.length > 0) await stock.fulfil(store, { orderId, parcelId: refundId, lines: lost });
    if (returned.length > 0) await stock.restock(store, { ref: refundId, lines: returned });
  }
}
