import type { Payments } from '@libs/payments';
import type { StoreReader } from '@platform/database';
import { refundKey } from '../refunds/refund';

type PaymentChecks = Payments['checks'];

/** An order whose money is not what its payments say. */
export interface MoneyFault {
  /** `money`: sums that are not those of payments and stored value. `refund-operation`: money that shall go back and
   * that no provider is asked for. */
  kind: 'money' | 'refund-operation';
  orderId: string;
  found: number | string;
  expected: number | string;
}

interface MoneyRow {
  orderId: string;
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  /** Spent of gift cards and credit, and given back to them. */
  storedMinor: number;
  storedBackMinor: number;
}

/** Compares the sums of orders with their payments, and the parts of refunds with what providers are asked for. */
export async function checkMoney(
  store: StoreReader,
  payments: PaymentChecks,
  orderIds: readonly string[],
): Promise<MoneyFault[]> {
  const rows = await readSums(store, orderIds);
  const sums = new Map(
    (await payments.sumsOfOrders(store, orderIds)).map((row) => [row.orderId, row]),
  );
  const wrong = rows.flatMap((row): MoneyFault[] => {
    const paid = sums.get(row.orderId);
    const found = [row.authorizedMinor, row.capturedMinor, row.refundedMinor].join(' ');
    const expected = [
      paid?.authorizedMinor ?? 0,
      (paid?.capturedMinor ?? 0) + row.storedMinor,
      (paid?.refundedMinor ?? 0) + row.storedBackMinor,
    ].join(' ');
    if (found === expected) return [];
    return [{ kind: 'money', orderId: row.orderId, found, expected }];
  });
  return [...wrong, ...(await checkOperations(store, payments, orderIds))];
}

function readSums(store: StoreReader, orderIds: readonly string[]): Promise<MoneyRow[]> {
  return store.query<MoneyRow>(
    `SELECT o.order_id AS "orderId", authorized_minor AS "authorizedMinor", captured_minor AS "capturedMinor",
       refunded_minor AS "refundedMinor",
       (SELECT coalesce(sum(t.amount_minor), 0)::bigint FROM order_tenders t
        WHERE t.store_id = $1 AND t.order_id = o.order_id AND t.kind <> 'provider') AS "storedMinor",
       (SELECT coalesce(sum(t.amount_minor), 0)::bigint FROM refund_tenders t JOIN refunds r USING (store_id, refund_id)
        WHERE t.store_id = $1 AND r.order_id = o.order_id AND t.state = 'succeeded'
          AND (t.kind <> 'provider' OR t.credited_to IS NOT NULL))
         AS "storedBackMinor"
     FROM orders o WHERE store_id = $1 AND order_id = ANY ($2::uuid[]) ORDER BY 1`,
    [store.storeId, orderIds],
  );
}

/** I28: whatever shall go back by a provider, the provider is asked for. */
async function checkOperations(
  store: StoreReader,
  payments: PaymentChecks,
  orderIds: readonly string[],
): Promise<MoneyFault[]> {
  const parts = await store.query<{ orderId: string; refundId: string; position: number }>(
    `SELECT r.order_id AS "orderId", refund_id AS "refundId", t.position
     FROM refund_tenders t JOIN refunds r USING (store_id, refund_id)
     WHERE t.store_id = $1 AND r.order_id = ANY ($2::uuid[]) AND t.kind = 'provider'
       AND t.credited_to IS NULL ORDER BY 2, 3`,
    [store.storeId, orderIds],
  );
  const byKey = new Map(
    parts.map(({ orderId, refundId, position }) => [refundKey(refundId, position), orderId]),
  );
  const missing = await payments.refundsNeverWanted(store, [...byKey.keys()]);
  return missing.map((key) => ({
    kind: 'refund-operation',
    orderId: byKey.get(key) ?? '',
    found: 'no operation',
    expected: key,
  }));
}
