import type { StoreWriter } from '@platform/database';
import { cancel } from '../orders/cancel';
import {
  lockOrder,
  type OrderLineRow,
  type OrderRow,
  readLines,
} from '../orders/order-rows.queries';
import { changeOrder } from '../orders/staff-changes';
import { unitsWanted } from '../orders/units-wanted';
import { refund, type RefundTools } from '../refunds/refund';
import { readReturns } from '../returns/return-rows.queries';
import { onTheirWay, requestReturn } from '../returns/returns';
import { openUnits } from '../status/fulfilment-status';
import type { UnitsOfLine } from '../stock/take-units.queries';
import {
  lockWithdrawal,
  readWithdrawal,
  saveAnswer,
  type WithdrawalAnswer,
  type WithdrawalView,
} from './withdrawal-rows.queries';

/** What of an order is withdrawn from: units that have left, and units that have not. */
interface WithdrawnUnits {
  back: UnitsOfLine[];
  unsent: UnitsOfLine[];
}

/**
 * Does what a matched statement asks for: an order of which nothing left is cancelled, units that left may come back,
 * and units that did not are refunded. What came late, names goods in words, or is of goods that are not sent is left to
 * staff. Answering again changes nothing.
 * @param chosen the units that staff read out of the words
 * @throws what cancelling, refunding and returning throw
 */
export async function answerWithdrawal(
  tools: RefundTools,
  id: string,
  chosen?: readonly UnitsOfLine[],
): Promise<void> {
  const { store } = tools;
  const seen = await readWithdrawal(store, id);
  if (seen.orderId === null) return;
  const order = await lockOrder(store, seen.orderId);
  const withdrawal = await lockWithdrawal(store, id);
  const open = withdrawal.answer === null || (withdrawal.answer === 'staff' && chosen);
  if (withdrawal.status !== 'matched' || !open) return;
  if (!chosen && isForStaff(withdrawal)) return leaveToStaff(store, id);
  const units = await unitsOf(store, order, chosen ?? withdrawal.lines);
  if (units === null) return leaveToStaff(store, id);
  const answer = await act(tools, order, { withdrawal, ...units });
  if (answer === null) return leaveToStaff(store, id);
  await saveAnswer(store, id, { status: answer === 'return' ? 'matched' : 'completed', answer });
}

/** Notes that staff have to answer, and holds what has not left until they do. */
export async function leaveToStaff(store: StoreWriter, id: string): Promise<void> {
  const { orderId } = await readWithdrawal(store, id);
  if (orderId === null) return;
  const order = await lockOrder(store, orderId);
  await saveAnswer(store, id, { status: 'matched', answer: 'staff' });
  const waits = (await readLines(store, orderId)).some((line) => openUnits(line) > 0);
  if (order.state === 'open' && waits && !order.onHold)
    await changeOrder(store, orderId, { onHold: true });
}

function isForStaff({ late, lines, statedGoods }: WithdrawalView): boolean {
  return late || (lines === null && statedGoods !== null);
}

/** Which units are meant, those that have not left first; null when staff have to look at them. */
async function unitsOf(
  store: StoreWriter,
  { orderId, state }: OrderRow,
  wanted: readonly UnitsOfLine[] | null,
): Promise<WithdrawnUnits | null> {
  if (state === 'cancelled') return { back: [], unsent: [] };
  const lines = await readLines(store, orderId);
  const returns = await readReturns(store, orderId);
  const all = lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
  const units: WithdrawnUnits = { back: [], unsent: [] };
  for (const { line, lineId, quantity } of unitsWanted(lines, wanted ?? all)) {
    if (line.giftCard || !line.requiresShipping) return null;
    const unsent = Math.min(quantity, openUnits(line));
    const there = line.shipped - line.restocked - onTheirWay(returns, line);
    const back = Math.min(quantity - unsent, there);
    if (unsent > 0) units.unsent.push({ lineId, quantity: unsent });
    if (back > 0) units.back.push({ lineId, quantity: back });
  }
  return units;
}

async function act(
  tools: RefundTools,
  order: OrderRow,
  { withdrawal, back, unsent }: WithdrawnUnits & { withdrawal: WithdrawalView },
): Promise<WithdrawalAnswer | null> {
  const { store } = tools;
  const { orderId } = order;
  if (order.state === 'cancelled') return 'cancelled';
  const lines = await readLines(store, orderId);
  if (isWhole(lines, unsent)) {
    const note = withdrawal.name;
    await cancel(tools, orderId, { reason: 'customer', refund: true, restock: true, note });
    return 'cancelled';
  }
  const key = `withdrawal:${withdrawal.id}`;
  if (back.length > 0) {
    const { id, dueAt } = withdrawal;
    const wish = { key, lines: back, by: 'withdrawal', withdrawal: { id, dueAt } } as const;
    await requestReturn(tools, orderId, wish);
  }
  if (unsent.length > 0) {
    const gone = unsent.map((units) => ({ ...units, restock: 'cancel' as const }));
    const reason = withdrawal.name;
    await refund(tools, orderId, { key, lines: gone, charges: [], freeMinor: 0, reason });
  }
  if (back.length > 0) return 'return';
  return unsent.length > 0 ? 'refunded' : null;
}

/** Whether nothing of the order has left and all of it is withdrawn from. */
function isWhole(lines: readonly OrderLineRow[], unsent: readonly UnitsOfLine[]): boolean {
  const byLine = new Map(unsent.map(({ lineId, quantity }) => [lineId, quantity]));
  return lines.every(
    (line) => line.shipped === 0 && openUnits(line) === (byLine.get(line.id) ?? 0),
  );
}
