import type { StoreReader, StoreWriter } from '@platform/database';
import { lockOrder, readLines } from '../orders/order-rows.queries';
import { readParcels } from '../orders/order-view';
import { openUnits } from '../status/fulfilment-status';
import { record } from '../timeline/timeline';
import { isLate } from './period';
import {
  lockWithdrawal,
  readWithdrawal,
  saveAnswer,
  type WithdrawalView,
} from './withdrawal-rows.queries';

/** Where a statement may be matched, and by which days its period counts. */
export interface MatchWish {
  /** The order that staff found; looked for by number and e-mail address when left out. */
  orderId?: string;
  /** IANA name, of the store. */
  timeZone: string;
}

/**
 * Finds the order that a statement is of, and whether it came in time. Nothing is done about the order yet; a statement
 * that was matched before stays as it is.
 * @throws orders.withdrawal-not-found, orders.order-not-found
 */
export async function matchWithdrawal(
  store: StoreWriter,
  id: string,
  { orderId: given, timeZone }: MatchWish,
): Promise<WithdrawalView> {
  const seen = await readWithdrawal(store, id);
  const orderId = given ?? seen.orderId ?? (await findNamedOrder(store, seen));
  if (orderId === null) {
    await lockWithdrawal(store, id);
    await store.execute(
      `UPDATE withdrawals SET status = 'unmatched'
       WHERE store_id = $1 AND withdrawal_id = $2 AND status = 'received'`,
      [store.storeId, id],
    );
    return readWithdrawal(store, id);
  }
  await lockOrder(store, orderId);
  const { status, confirmedAt, name, lines } = await lockWithdrawal(store, id);
  if (status !== 'received' && status !== 'unmatched') return readWithdrawal(store, id);
  const late = isLate(await deliveriesOf(store, orderId), confirmedAt, timeZone);
  await saveAnswer(store, id, { status: 'matched', orderId, late });
  await record(store, orderId, {
    kind: 'withdrawal_received',
    data: { withdrawalId: id, name, late, lines },
    by: { kind: 'customer', label: '' },
  });
  return readWithdrawal(store, id);
}

/** The newest order of that number and that address; the number alone tells nobody anything. */
async function findNamedOrder(
  store: StoreReader,
  { statedReference, email }: WithdrawalView,
): Promise<string | null> {
  const digits = statedReference.replace(/\D/g, '');
  if (digits === '') return null;
  const [row] = await store.query<{ id: string }>(
    `SELECT order_id AS id FROM orders
     WHERE store_id = $1 AND lower(email) = lower($2) AND regexp_replace(name, '\\D', '', 'g') = $3
     ORDER BY lower(name) = lower($4) DESC, placed_at DESC LIMIT 1`,
    [store.storeId, email, digits, statedReference.trim()],
  );
  return row?.id ?? null;
}

async function deliveriesOf(store: StoreReader, orderId: string) {
  const lines = await readLines(store, orderId);
  const parcels = await readParcels(store, orderId);
  return {
    open: lines.some((line) => line.requiresShipping && openUnits(line) > 0),
    deliveredAt: parcels.map((parcel) => parcel.deliveredAt),
  };
}
