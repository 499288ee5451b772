import type { StoreReader } from '@platform/database';
import type { DisputeView } from './contract';

interface DisputeRow extends Omit<DisputeView, 'evidenceDueAt' | 'openedAt'> {
  evidenceDueAt: Date | null;
  openedAt: Date;
}

/**
 * Disputes, newest first.
 * @param page.after when the last one of the page before was opened, ISO 8601, and its id; null on the first
 */
export async function listDisputes(
  store: StoreReader,
  { limit, after }: { limit: number; after: readonly [string, string] | null },
): Promise<DisputeView[]> {
  const rows = await store.query<DisputeRow>(
    `SELECT d.dispute_id AS id, d.payment_id AS "paymentId", p.order_id AS "orderId", d.provider, d.status,
       d.amount_minor AS "amountMinor", d.currency, d.reason, d.evidence_due_at AS "evidenceDueAt",
       d.opened_at AS "openedAt"
     FROM disputes d JOIN payments p USING (store_id, payment_id)
     WHERE d.store_id = $1 AND ($2::timestamptz IS NULL OR (d.opened_at, d.dispute_id) < ($2, $3))
     ORDER BY d.opened_at DESC, d.dispute_id DESC LIMIT $4`,
    [store.storeId, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows.map(({ evidenceDueAt, openedAt, ...row }) => ({
    ...row,
    evidenceDueAt: evidenceDueAt?.toISOString() ?? null,
    openedAt: openedAt.toISOString(),
  }));
}
