import type { StoreReader, StoreWriter } from '@platform/database';

/** Where a provider's list and ours differ. */
export interface Finding {
  /** `missing-here`: captured money of no payment of ours. `missing-there`: captured here, and not in the provider's list.
   * `amount-differs`: captured less refunded, also after asking the provider. */
  kind: 'missing-here' | 'missing-there' | 'amount-differs';
  /** Our payment, or the provider's name for one that we do not have. */
  id: string;
  /** Here, and at the provider; captured less refunded, minor units. */
  found: number;
  expected: number;
}

/** What came of going through an account. */
export interface ReconciliationReport {
  looked?: number;
  healed?: number;
  findings?: readonly Finding[];
  /** Why the provider gave no list; what was found before then stays. */
  failure?: string;
}

/** Keeps the last report of an account. */
export async function noteReport(
  store: StoreWriter,
  accountId: string,
  { looked = 0, healed = 0, findings, failure }: ReconciliationReport,
): Promise<void> {
  await store.execute(
    `INSERT INTO payment_reconciliations AS r (store_id, account_id, looked, healed, findings, failure)
     VALUES ($1, $2, $3, $4, coalesce($5::jsonb, '[]'), $6)
     ON CONFLICT (store_id, account_id) DO UPDATE SET ran_at = now(), looked = excluded.looked,
       healed = excluded.healed, findings = coalesce($5::jsonb, r.findings), failure = excluded.failure`,
    [
      store.storeId,
      accountId,
      looked,
      healed,
      findings === undefined ? null : JSON.stringify(findings),
      failure ?? null,
    ],
  );
}

/** Captured payments of an account that a list since then must have. */
export function paidMeanwhile(
  store: StoreReader,
  accountId: string,
  { since, settledHours }: { since: Date; settledHours: number },
): Promise<{ paymentId: string; ref: string | null; capturedMinor: number }[]> {
  return store.query(
    `SELECT payment_id AS "paymentId", provider_ref AS ref, captured_minor AS "capturedMinor" FROM payments
     WHERE store_id = $1 AND account_id = $2 AND captured_minor > 0
       AND created_at BETWEEN $3::timestamptz + make_interval(hours => $4) AND now() - make_interval(hours => $4)
     ORDER BY payment_id`,
    [store.storeId, accountId, since, settledHours],
  );
}
