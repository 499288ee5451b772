import type { StoreReader } from '@platform/database';
import { moveUnits, reviseOrder } from '../edits/apply-edit';
import type { OrderEdit } from '../edits/order-edit';
import { type Balance, readBalance } from '../money/balance';
import { lockOrder, type OrderRow, readOrder } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { ReturnChanged } from '../orders.events';
import { planRefund, type RefundGround } from '../refunds/plan-refund';
import { readGround, recordExchange, recordRefund, type RefundTools } from '../refunds/refund';
import type { RefundTarget } from '../refunds/refund-tenders';
import { restate } from '../status/restate';
import { record } from '../timeline/timeline';
import { completeOfReturn } from '../withdrawals/close-withdrawal';
import { type ExchangedUnits, type ExchangePlan, planExchange } from './exchange-sums';
import { forgetHold, letGo } from './replacements';
import { refuseState, type ReturnPlace } from './returns';
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
  const ground = await readExchangeGround(tools, order);
  const sums = planExchange(ground, {
    units: unitsBack(found),
    addedMinor: edit.totals.totalMinor - order.totalMinor,
  });
  const refundId = await recordExchange(store, order, { ...sums, key: `exchange:${returnId}` });
  const revised = await reviseOrder(tools, order, edit);
  await giveRest(tools, await readOrder(store, orderId), { returnId, sums, refundTo });
  const rows = new Map(revised.added.map(({ id, rowId }) => [id, rowId]));
  const lines = replaces.map(({ lineId, by }) => ({ lineId, by: rows.get(by) ?? null }));
  await saveReplacementLines(store, returnId, lines);
  await saveReturn(store, returnId, { state: 'exchanged', refundId });
  await record(store, orderId, {
    kind: 'return_exchanged',
    data: {
      returnId,
      refundId,
      amountMinor: sums.creditMinor,
      addedMinor: sums.addedMinor,
      revision: revised.applied.revision,
    },
  });
  await completeOfReturn(store, returnId);
  await restate(store, orderId);
  store.publish(ReturnChanged, { ...place, state: 'exchanged' });
  await forgetHold(store, returnId);
  await moveUnits(tools, orderId, revised, returnId);
}

/** What an exchange of this order is worked out of. */
export async function readExchangeGround(
  { store, payments }: { store: StoreReader; payments: RefundTools['payments'] },
  order: OrderRow,
): Promise<RefundGround & { balance: Balance }> {
  const ground = await readGround(store, payments, order);
  return { ...ground, balance: await readBalance(store, payments, order) };
}

/** What came back, or is to come back, of a return that is exchanged. */
export function unitsBack({ state, lines }: ReturnView): ExchangedUnits[] {
  return lines
    .map(({ lineId, quantity, received, damaged, replacement }) => ({
      lineId,
      quantity: state === 'received' ? received + damaged : quantity,
      price: replacement?.price ?? null,
    }))
    .filter(({ quantity }) => quantity > 0);
}

/** Gives back what an exchange leaves over, as far as it was paid. */
async function giveRest(
  tools: RefundTools,
  order: OrderRow,
  {
    returnId,
    sums: { refundMinor: freeMinor },
    refundTo,
  }: { returnId: string; sums: ExchangePlan } & Pick<ExchangeTerms, 'refundTo'>,
): Promise<void> {
  if (freeMinor === 0) return;
  const ground = await readGround(tools.store, tools.payments, order);
  const plan = planRefund(ground, { lines: [], charges: [], freeMinor, refundTo });
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
  if (unitsBack(found).every(({ price }) => price === null))
    throw ordersErrors.error('nothing-to-exchange');
}
