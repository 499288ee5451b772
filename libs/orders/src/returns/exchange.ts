import { moveUnits, reviseOrder } from '../edits/apply-edit';
import type { OrderEdit } from '../edits/order-edit';
import { readBalance } from '../money/balance';
import { lockOrder, type OrderRow, readOrder } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { ReturnChanged } from '../orders.events';
import { planRefund, planWorth, type RefundWish } from '../refunds/plan-refund';
import { readGround, recordExchange, recordRefund, type RefundTools } from '../refunds/refund';
import type { RefundTarget } from '../refunds/refund-tenders';
import { restate } from '../status/restate';
import { record } from '../timeline/timeline';
import { completeOfReturn } from '../withdrawals/close-withdrawal';
import { forgetHold, letGo } from './replacements';
import { receivedUnits, refuseState, type ReturnPlace } from './returns';
import {
  readReturn,
  type ReturnView,
  saveReturn,
  saveReplacementLines,
} from './return-rows.queries';

/** How units that came back are replaced. */
export interface ExchangeTerms {
  /** The order with the replacements as new lines, priced by whoever sells. */
  edit: OrderEdit;
  /** Which of those lines replaces which: the line that comes back, and the edit's. */
  replaces: readonly { lineId: string; by: string }[];
  /** Where what is left over goes. */
  refundTo?: RefundTarget;
}

/**
 * Replaces units that came back: the replacements become lines of the order, what came back is taken off what is due,
 * and what is left over then goes back to what paid. What is owed then is asked for by whoever sells. Exchanging again
 * changes nothing.
 * @throws orders.order-not-found, orders.return-not-found, orders.return-state, and what an edit and a refund throw
 */
export async function exchangeReturn(
  tools: RefundTools,
  place: ReturnPlace,
  { edit, replaces, refundTo }: ExchangeTerms,
): Promise<void> {
  const { store } = tools;
  const { orderId, returnId } = place;
  const order = await lockOrder(store, orderId);
  const found = await readReturn(store, place);
  if (found.state === 'exchanged') return;
  refuseState(found, ['received']);
  const addedMinor = edit.totals.totalMinor - order.totalMinor;
  const { refundId, amountMinor } = await takeOffDue(tools, order, { found, addedMinor });
  const revised = await reviseOrder(tools, order, edit);
  const leftMinor = amountMinor - addedMinor;
  await giveRest(tools, await readOrder(store, orderId), { returnId, leftMinor, refundTo });
  const rows = new Map(revised.added.map(({ id, rowId }) => [id, rowId]));
  const lines = replaces.map(({ lineId, by }) => ({ lineId, by: rows.get(by) ?? null }));
  await saveReplacementLines(store, returnId, lines);
  await saveReturn(store, returnId, { state: 'exchanged', refundId });
  await record(store, orderId, {
    kind: 'return_exchanged',
    data: { returnId, refundId, amountMinor, addedMinor, revision: revised.applied.revision },
  });
  await completeOfReturn(store, returnId);
  await restate(store, orderId);
  store.publish(ReturnChanged, { ...place, state: 'exchanged' });
  await forgetHold(store, returnId);
  await moveUnits(tools, orderId, revised, returnId);
}

/**
 * Takes what came back off what is due. Where everything is replaced for what was paid, that is what the replacements
 * cost, to the last unit of rounding: nobody is asked for a cent, or given one.
 */
async function takeOffDue(
  tools: RefundTools,
  order: OrderRow,
  { found, addedMinor }: { found: ReturnView; addedMinor: number },
): Promise<{ refundId: string; amountMinor: number }> {
  const ground = await readGround(tools.store, tools.payments, order);
  const lines = receivedUnits(found);
  const wish: RefundWish = { lines, charges: [], freeMinor: 0 };
  const worth = planWorth(ground, wish);
  const byLine = new Map(found.lines.map(({ lineId, replacement }) => [lineId, replacement]));
  const isEven = lines.every(({ lineId }) => byLine.get(lineId)?.price === 'paid');
  const freeMinor = isEven ? addedMinor - worth.proposal.totalMinor : 0;
  const plan = freeMinor === 0 ? worth : planWorth(ground, { ...wish, freeMinor });
  const key = `exchange:${found.id}`;
  const refundId = await recordExchange(tools.store, order, { plan, key, freeMinor });
  return { refundId, amountMinor: plan.proposal.totalMinor };
}

/** Gives back what an exchange leaves over, as far as it was paid. */
async function giveRest(
  tools: RefundTools,
  order: OrderRow,
  {
    returnId,
    leftMinor,
    refundTo,
  }: { returnId: string; leftMinor: number } & Pick<ExchangeTerms, 'refundTo'>,
): Promise<void> {
  const { store, payments } = tools;
  const { overMinor } = await readBalance(store, payments, order);
  const ground = await readGround(store, payments, order);
  const taken = ground.tenders.reduce((all, row) => all + row.paidMinor - row.refundedMinor, 0);
  const freeMinor = Math.min(leftMinor, overMinor, taken);
  if (freeMinor <= 0) return;
  const wish: RefundWish = { lines: [], charges: [], freeMinor, refundTo };
  const plan = planRefund(ground, wish);
  const key = `exchange-rest:${returnId}`;
  await recordRefund(tools, order, { plan, key, freeMinor, overpaid: true, reason: null });
}

/**
 * Lets go of replacements whose time is over by the database's clock; the return stays, to be refunded, or exchanged as
 * far as there is something left. Nothing to let go of changes nothing.
 * @throws orders.order-not-found, orders.return-not-found
 */
export async function lapseExchange(
  tools: Pick<RefundTools, 'store' | 'stock'>,
  place: ReturnPlace,
): Promise<void> {
  const { store } = tools;
  const { orderId, returnId } = place;
  await lockOrder(store, orderId);
  const [due] = await store.query(
    `SELECT FROM returns WHERE store_id = $1 AND return_id = $2 AND held_until <= now()`,
    [store.storeId, returnId],
  );
  if (!due) return;
  const by = { kind: 'system' as const, label: 'orders' };
  await record(store, orderId, { kind: 'exchange_lapsed', data: { returnId }, by });
  await restate(store, orderId);
  await letGo(tools, await readReturn(store, place));
}

/** A return that is to be exchanged now. @throws orders.return-state, orders.nothing-to-exchange */
export function refuseUnreplaced(found: ReturnView): void {
  refuseState(found, ['received']);
  const replaced = found.lines.some(
    ({ replacement, received, damaged }) => replacement !== null && received + damaged > 0,
  );
  if (!replaced) throw ordersErrors.error('nothing-to-exchange');
}
