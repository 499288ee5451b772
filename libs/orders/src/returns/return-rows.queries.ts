import type { StoreReader, StoreWriter } from '@platform/database';
import { ordersErrors } from '../orders.errors';
import type { ReturnState } from '../status/return-status';
import type { Replacement } from './replacements';

/** A return of units that were shipped. */
export interface ReturnView {
  id: string;
  state: ReturnState;
  requestedBy: 'customer' | 'staff' | 'withdrawal';
  note: string | null;
  declineReason: string | null;
  refundId: string | null;
  /** The statement of withdrawal that it came of. */
  withdrawalId: string | null;
  /** When the money must be back. */
  dueAt: Date | null;
  /** Until when its replacements are held. */
  heldUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
  lines: {
    lineId: string;
    quantity: number;
    reason: string | null;
    /** Came back as they left. */
    received: number;
    /** Came back and cannot be sold. */
    damaged: number;
    replacement: Replacement | null;
  }[];
}

const columns = `r.return_id AS id, r.state, r.requested_by AS "requestedBy", r.note,
  r.decline_reason AS "declineReason", r.refund_id AS "refundId",
  r.withdrawal_id AS "withdrawalId", r.due_at AS "dueAt", r.held_until AS "heldUntil", r.created_at AS "createdAt",
  r.updated_at AS "updatedAt",
  (SELECT jsonb_agg(jsonb_build_object('lineId', l.order_line_id, 'quantity', l.quantity, 'reason', l.reason,
     'received', l.received, 'damaged', l.damaged, 'replacement', l.replacement) ORDER BY l.order_line_id)
   FROM return_lines l WHERE l.store_id = r.store_id AND l.return_id = r.return_id) AS lines`;

/** The returns of an order, oldest first. */
export function readReturns(store: StoreReader, orderId: string): Promise<ReturnView[]> {
  return store.query<ReturnView>(
    `SELECT ${columns} FROM returns r WHERE r.store_id = $1 AND r.order_id = $2
     ORDER BY r.created_at, r.return_id`,
    [store.storeId, orderId],
  );
}

/**
 * A return of that order; the order's row is locked.
 * @throws orders.return-not-found
 */
export async function readReturn(
  store: StoreReader,
  { orderId, returnId }: { orderId: string; returnId: string },
): Promise<ReturnView> {
  const all = await readReturns(store, orderId);
  const found = all.find(({ id }) => id === returnId);
  if (!found) throw ordersErrors.error('return-not-found');
  return found;
}

/** The return that a request made before, or null. */
export async function findReturn(
  store: StoreReader,
  orderId: string,
  key: string,
): Promise<string | null> {
  const [row] = await store.query<{ id: string }>(
    `SELECT return_id AS id FROM returns WHERE store_id = $1 AND order_id = $2 AND request_key = $3`,
    [store.storeId, orderId, key],
  );
  return row?.id ?? null;
}

/** Writes the units of a new return. */
export async function writeReturnLines(
  store: StoreWriter,
  returnId: string,
  lines: readonly Pick<
    ReturnView['lines'][number],
    'lineId' | 'quantity' | 'reason' | 'replacement'
  >[],
): Promise<void> {
  await store.execute(
    `INSERT INTO return_lines (store_id, return_id, order_line_id, quantity, reason, replacement)
     SELECT $1, $2, r."lineId", r.quantity, r.reason, r.replacement
     FROM jsonb_to_recordset($3) AS r ("lineId" uuid, quantity int, reason text, replacement jsonb)`,
    [store.storeId, returnId, JSON.stringify(lines)],
  );
}

/** Notes which lines of the order the replacements became. @param lines the line that came back, and the one instead */
export async function saveReplacementLines(
  store: StoreWriter,
  returnId: string,
  lines: readonly { lineId: string; by: string | null }[],
): Promise<void> {
  await store.execute(
    `UPDATE return_lines l SET replacement = l.replacement || jsonb_build_object('lineId', r.by)
     FROM jsonb_to_recordset($3) AS r ("lineId" uuid, by uuid)
     WHERE l.store_id = $1 AND l.return_id = $2 AND l.order_line_id = r."lineId"`,
    [store.storeId, returnId, JSON.stringify(lines)],
  );
}

/** Moves a return on. */
export async function saveReturn(
  store: StoreWriter,
  returnId: string,
  { state, declineReason, refundId }: Partial<ReturnView> & { state: ReturnState },
): Promise<void> {
  await store.execute(
    `UPDATE returns SET state = $3, decline_reason = coalesce($4, decline_reason),
       refund_id = coalesce($5, refund_id), updated_at = now()
     WHERE store_id = $1 AND return_id = $2`,
    [store.storeId, returnId, state, declineReason ?? null, refundId ?? null],
  );
}
