import type { StoreReader } from '@platform/database';
import type { DisputeView } from './contract';

interface DisputeRow extends Omit<DisputeView, 'evidenceDueAt' | 'openedAt'> {
  evidenceDueAt: Date | null;
  openedAt: Date;
}

const selected = `SELECT d.dispute_id AS id, d.payment_id AS "paymentId", p.order_id AS "orderId", d.provider, d.status,
    d.amount_minor AS "amountMinor", d.currency, d.reason, d.evidence_due_at AS "evidenceDueAt", d.opened_at AS "openedAt"
  FROM disputes d JOIN payments p USING (store_id, payment_id)`;

/**
 * Disputes, newest first.
 * @param page.after when the last one of the page before was opened, ISO 8601, and its id; null on the first
 */
export async function listDisputes(
  store: StoreReader,
  { limit, after }: { limit: number; after: readonly [string, string] | null },
): Promise<DisputeView[]> {
  const rows = await store.query<DisputeRow>(
    `${selected}
     WHERE d.store_id = $1 AND ($2::timestamptz IS NULL OR (d.opened_at, d.dispute_id) < ($2, $3))
     ORDER BY d.opened_at DESC, d.dispute_id DESC LIMIT $4`,
    [store.storeId, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows.map(viewDispute);
}

/** One of a payment, or null. */
export async function findDispute(
  store: StoreReader,
  { paymentId, disputeId }: { paymentId: string; disputeId: string },
): Promise<DisputeView | null> {
  const [row] = await store.query<DisputeRow>(
    `${selected} WHERE d.store_id = $1 AND d.payment_id = $2 AND d.dispute_id = $3`,
    [store.storeId, paymentId, disputeId],
  );
  return row ? viewDispute(row) : null;
}

function viewDispute({ evidenceDueAt, openedAt, ...row }: DisputeRow): DisputeView {
  return {
    ...row,
    evidenceDueAt: evidenceDueAt?.toISOString() ?? null,
    openedAt: openedAt.toISOString(),
  };
}
