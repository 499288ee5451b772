import type { StoreReader, StoreWriter } from '@platform/database';
import { ordersErrors } from '../orders.errors';
import type { UnitsOfLine } from '../stock/take-units.queries';
import { refundDue } from './period';

/** What was done about a withdrawal: by the platform, or that staff have to. */
export type WithdrawalAnswer = 'cancelled' | 'return' | 'refunded' | 'staff';

/** Where a withdrawal stands. */
export type WithdrawalStatus = 'received' | 'matched' | 'unmatched' | 'rejected' | 'completed';

/** A statement of withdrawal with what became of it. */
export interface WithdrawalRow {
  id: string;
  /** As it is shown: W-1. */
  name: string;
  orderId: string | null;
  orderName: string | null;
  statedName: string;
  /** The order as the consumer named it. */
  statedReference: string;
  /** Goods in the consumer's own words. */
  statedGoods: string | null;
  /** Where the receipt goes. */
  email: string;
  /** Units that were chosen from the order; null for everything, or for what the own words say. */
  lines: UnitsOfLine[] | null;
  statementText: string;
  locale: string;
  late: boolean;
  status: WithdrawalStatus;
  answer: WithdrawalAnswer | null;
  rejection: string | null;
  /** The return that was made of it. */
  returnId: string | null;
  submittedAt: Date;
  confirmedAt: Date;
  /** SHA-256 of the statement, in hexadecimal; the receipt names it. */
  receiptHash: string;
  receiptMessageId: string | null;
  receiptSentAt: Date | null;
}

/** The same with the day by which the money must be back. */
export interface WithdrawalView extends WithdrawalRow {
  dueAt: Date;
}

const columns = `w.withdrawal_id AS id, w.name, w.order_id AS "orderId",
  (SELECT o.name FROM orders o WHERE o.store_id = w.store_id AND o.order_id = w.order_id) AS "orderName",
  w.stated_name AS "statedName", w.stated_reference AS "statedReference", w.stated_goods AS "statedGoods", w.email,
  w.lines, w.statement_text AS "statementText", w.locale, w.late, w.status, w.answer, w.rejection,
  (SELECT r.return_id FROM returns r WHERE r.store_id = w.store_id AND r.withdrawal_id = w.withdrawal_id) AS "returnId",
  w.submitted_at AS "submittedAt", w.confirmed_at AS "confirmedAt", w.receipt_hash AS "receiptHash",
  w.receipt_message_id AS "receiptMessageId", w.receipt_sent_at AS "receiptSentAt"`;

/** A withdrawal. @throws orders.withdrawal-not-found */
export function readWithdrawal(store: StoreReader, id: string): Promise<WithdrawalView> {
  return findOne(store, 'w.withdrawal_id = $2', id, '');
}

/** The same, locked; the order it is of is locked before. @throws orders.withdrawal-not-found */
export function lockWithdrawal(store: StoreWriter, id: string): Promise<WithdrawalView> {
  return findOne(store, 'w.withdrawal_id = $2', id, 'FOR NO KEY UPDATE OF w');
}

async function findOne(
  store: StoreReader,
  condition: string,
  value: string,
  lock: string,
): Promise<WithdrawalView> {
  const [row] = await store.query<WithdrawalRow>(
    `SELECT ${columns} FROM withdrawals w WHERE w.store_id = $1 AND ${condition} ${lock}`,
    [store.storeId, value],
  );
  if (!row) throw ordersErrors.error('withdrawal-not-found');
  return withDue(row);
}

/** The withdrawal that a form made before, or null. */
export async function findByKey(store: StoreReader, key: string): Promise<WithdrawalView | null> {
  const [row] = await store.query<WithdrawalRow>(
    `SELECT ${columns} FROM withdrawals w WHERE w.store_id = $1 AND w.request_key = $2`,
    [store.storeId, key],
  );
  return row ? withDue(row) : null;
}

/** Which withdrawals to list; what is left out does not narrow. */
export interface WithdrawalFilter {
  status?: WithdrawalStatus;
  orderId?: string;
}

/** The newest first. @param before the last one of the page before */
export async function listWithdrawals(
  store: StoreReader,
  { status, orderId }: WithdrawalFilter,
  { limit, before }: { limit: number; before: string | null },
): Promise<WithdrawalView[]> {
  const rows = await store.query<WithdrawalRow>(
    `SELECT ${columns} FROM withdrawals w
     WHERE w.store_id = $1 AND ($2::uuid IS NULL OR w.withdrawal_id < $2)
       AND ($3::text IS NULL OR w.status = $3) AND ($4::uuid IS NULL OR w.order_id = $4)
     ORDER BY w.withdrawal_id DESC LIMIT $5`,
    [store.storeId, before, status ?? null, orderId ?? null, limit],
  );
  return rows.map(withDue);
}

/** What may change of a withdrawal: how it was answered. */
export async function saveAnswer(
  store: StoreWriter,
  id: string,
  {
    status,
    orderId,
    late,
    answer,
    rejection,
  }: {
    status: WithdrawalStatus;
    orderId?: string;
    late?: boolean;
    answer?: WithdrawalAnswer;
    rejection?: string;
  },
): Promise<void> {
  await store.execute(
    `UPDATE withdrawals SET status = $3, order_id = coalesce($4, order_id), late = coalesce($5, late),
       answer = coalesce($6, answer), rejection = coalesce($7, rejection)
     WHERE store_id = $1 AND withdrawal_id = $2`,
    [store.storeId, id, status, orderId ?? null, late ?? null, answer ?? null, rejection ?? null],
  );
}

function withDue(row: WithdrawalRow): WithdrawalView {
  return { ...row, dueAt: refundDue(row.confirmedAt) };
}
