import type { StoreWriter } from '@platform/database';
import { lockOrder } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { WithdrawalRejected } from '../orders.events';
import { record } from '../timeline/timeline';
import {
  lockWithdrawal,
  readWithdrawal,
  saveAnswer,
  type WithdrawalView,
} from './withdrawal-rows.queries';

/**
 * Answers that a withdrawal has no effect, with the reason that the consumer is mailed: sealed goods that were opened,
 * goods made to order, a period that is over. Rejecting again changes nothing.
 * @throws orders.withdrawal-not-found, orders.withdrawal-state when it was answered otherwise
 */
export async function rejectWithdrawal(
  store: StoreWriter,
  id: string,
  reason: string,
): Promise<void> {
  const withdrawal = await locked(store, id);
  if (withdrawal.status === 'rejected') return;
  const isAnswered = withdrawal.answer !== null && withdrawal.answer !== 'staff';
  if (withdrawal.status === 'completed' || isAnswered) throw wrongState(withdrawal);
  await saveAnswer(store, id, { status: 'rejected', rejection: reason });
  await tell(store, withdrawal, { kind: 'withdrawal_rejected', data: { reason } });
  store.publish(WithdrawalRejected, { withdrawalId: id });
}

/**
 * Notes that a withdrawal is settled: the money is back. Completing again changes nothing.
 * @throws orders.withdrawal-not-found, orders.withdrawal-state when it was rejected or has no order
 */
export async function completeWithdrawal(store: StoreWriter, id: string): Promise<void> {
  const withdrawal = await locked(store, id);
  if (withdrawal.status === 'completed') return;
  if (withdrawal.status !== 'matched') throw wrongState(withdrawal);
  await saveAnswer(store, id, { status: 'completed' });
  await tell(store, withdrawal, { kind: 'withdrawal_completed' });
}

/** The same for the withdrawal that a return came of, when its money is on the way. */
export async function completeOfReturn(store: StoreWriter, returnId: string): Promise<void> {
  await store.execute(
    `UPDATE withdrawals w SET status = 'completed' FROM returns r
     WHERE r.store_id = $1 AND r.return_id = $2 AND w.store_id = $1 AND w.withdrawal_id = r.withdrawal_id
       AND w.status = 'matched'`,
    [store.storeId, returnId],
  );
}

async function locked(store: StoreWriter, id: string): Promise<WithdrawalView> {
  const { orderId } = await readWithdrawal(store, id);
  if (orderId !== null) await lockOrder(store, orderId);
  return lockWithdrawal(store, id);
}

async function tell(
  store: StoreWriter,
  { id, name, orderId }: WithdrawalView,
  { kind, data = {} }: { kind: 'withdrawal_rejected' | 'withdrawal_completed'; data?: object },
): Promise<void> {
  if (orderId === null) return;
  await record(store, orderId, { kind, data: { withdrawalId: id, name, ...data } });
}

function wrongState({ name, status }: WithdrawalView) {
  return ordersErrors.error('withdrawal-state', { name, state: status });
}
