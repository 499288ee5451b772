import type { StoreReader } from '@platform/database';

/** A payment or an account of stored value whose numbers do not follow from what is known. */
export interface PaymentFault {
  /** `payment-sums`: not what the facts come to. `stray-capture`: money that no order took and nobody gives back.
   * `stored-balance`: not the sum of its entries. The others: what the last look at the provider's own list has found. */
  kind:
    | 'payment-sums'
    | 'stray-capture'
    | 'stored-balance'
    | 'missing-here'
    | 'missing-there'
    | 'amount-differs';
  /** The payment, or the account of stored value. */
  id: string;
  found: number;
  expected: number;
}

/** What the payments of an order come to, minor units of its currency. */
export interface OrderSums {
  orderId: string;
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
}

/** How long captured money may be without an order and without a way back (commerce.md, I22). */
const strayAfter = `interval '10 minutes'`;

/**
 * Compares payments with the facts that providers told, and stored value with its entries.
 * @param since only payments that changed after this moment; null for all
 */
export function checkPayments(store: StoreReader, since: Date | null): Promise<PaymentFault[]> {
  return store.query<PaymentFault>(
    `WITH looked AS (
       SELECT payment_id, order_id, currency, authorized_minor, captured_minor, refunded_minor, updated_at
       FROM payments WHERE store_id = $1 AND ($2::timestamptz IS NULL OR updated_at >= $2)
     ), facts AS (
       SELECT f.payment_id,
         sum(f.amount_minor) FILTER (WHERE f.kind = 'auth' AND f.status = 'authorized') AS authorized,
         sum(f.amount_minor) FILTER (WHERE f.kind = 'capture' AND f.status = 'succeeded') AS captured,
         sum(f.amount_minor) FILTER (WHERE f.kind = 'refund' AND f.status = 'succeeded') AS refunded
       FROM payment_facts f JOIN looked l USING (payment_id)
       WHERE f.store_id = $1 AND f.currency = l.currency GROUP BY 1
     ), going AS (
       SELECT o.payment_id, sum(o.amount_minor) AS minor FROM payment_operations o JOIN looked USING (payment_id)
       WHERE o.store_id = $1 AND o.kind = 'refund' AND o.state IN ('wanted', 'sent') GROUP BY 1
     ), faults AS (
       SELECT 'payment-sums' AS kind, payment_id::text AS id, captured_minor - refunded_minor + authorized_minor AS found,
         coalesce(captured, 0) - coalesce(refunded, 0)
           + greatest(0, coalesce(authorized, 0) - coalesce(captured, 0)) AS expected
       FROM looked LEFT JOIN facts USING (payment_id)
       WHERE (captured_minor, refunded_minor, authorized_minor) IS DISTINCT FROM
         (coalesce(captured, 0), coalesce(refunded, 0), greatest(0, coalesce(authorized, 0) - coalesce(captured, 0)))
       UNION ALL
       SELECT 'stray-capture', payment_id::text, captured_minor - refunded_minor - coalesce(minor, 0), 0
       FROM looked LEFT JOIN going USING (payment_id)
       WHERE order_id IS NULL AND updated_at < now() - ${strayAfter}
         AND captured_minor - refunded_minor - coalesce(minor, 0) > 0
       UNION ALL
       SELECT 'stored-balance', account_id::text, a.balance_minor, coalesce(e.minor, 0)
       FROM stored_value_accounts a LEFT JOIN (
         SELECT account_id, sum(delta_minor) AS minor FROM stored_value_entries WHERE store_id = $1 GROUP BY 1
       ) e USING (account_id)
       WHERE a.store_id = $1 AND a.balance_minor <> coalesce(e.minor, 0)
       UNION ALL
       SELECT f.kind, f.id, f.found, f.expected
       FROM payment_reconciliations r,
         jsonb_to_recordset(r.findings) AS f (kind text, id text, found bigint, expected bigint)
       WHERE r.store_id = $1
     )
     SELECT kind, id, found::bigint AS found, expected::bigint AS expected FROM faults ORDER BY kind, id`,
    [store.storeId, since],
  );
}

/** What the payments of these orders come to; orders without a payment are not among them. */
export function sumsOfOrders(
  store: StoreReader,
  orderIds: readonly string[],
): Promise<OrderSums[]> {
  return store.query<OrderSums>(
    `SELECT order_id AS "orderId", sum(authorized_minor)::bigint AS "authorizedMinor",
       sum(captured_minor)::bigint AS "capturedMinor", sum(refunded_minor)::bigint AS "refundedMinor"
     FROM payments WHERE store_id = $1 AND order_id = ANY ($2::uuid[]) GROUP BY 1`,
    [store.storeId, orderIds],
  );
}

/** Orders of payments that changed after this moment. */
export async function ordersWithNews(store: StoreReader, since: Date): Promise<string[]> {
  const rows = await store.query<{ orderId: string }>(
    `SELECT DISTINCT order_id AS "orderId" FROM payments
     WHERE store_id = $1 AND order_id IS NOT NULL AND updated_at >= $2`,
    [store.storeId, since],
  );
  return rows.map(({ orderId }) => orderId);
}

/** Of these names of refunds, those that no operation bears. */
export async function refundsNeverWanted(
  store: StoreReader,
  keys: readonly string[],
): Promise<string[]> {
  const rows = await store.query<{ key: string }>(
    `SELECT k.key FROM unnest($2::text[]) AS k (key)
     WHERE NOT EXISTS (SELECT FROM payment_operations o
       WHERE o.store_id = $1 AND o.kind = 'refund' AND o.key = k.key)`,
    [store.storeId, keys],
  );
  return rows.map(({ key }) => key);
}
