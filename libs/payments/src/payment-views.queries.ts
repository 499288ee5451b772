import type { StoreReader } from '@platform/database';
import { isByHand, type PaymentView } from './payment-views';

interface ViewRow extends Omit<PaymentView, 'money' | 'placesAtOnce'> {
  amountMinor: number;
  currency: string;
}

/** Payments of a checkout or an order, oldest first. */
export async function readViews(
  store: StoreReader,
  by: { checkoutId: string } | { orderId: string } | { paymentId: string },
): Promise<PaymentView[]> {
  const [[field, id] = ['', '']] = Object.entries(by);
  const column = { checkoutId: 'checkout_id', orderId: 'order_id', paymentId: 'payment_id' }[field];
  const rows = await store.query<ViewRow>(
    `SELECT p.payment_id AS "paymentId", p.checkout_id AS "checkoutId", p.order_id AS "orderId",
       p.account_id AS "accountId", p.provider, a.title, p.test_mode AS "testMode", p.state, p.capture, p.flow,
       p.amount_minor AS "amountMinor", p.currency, p.authorized_minor AS "authorizedMinor",
       to_char(p.authorization_expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "authorizationExpiresAt",
       p.captured_minor AS "capturedMinor", p.refunded_minor AS "refundedMinor", p.mismatch, p.failure,
       p.unwanted_at IS NOT NULL AS unwanted,
       EXISTS (SELECT FROM payment_operations o WHERE o.store_id = p.store_id AND o.payment_id = p.payment_id
         AND o.kind = 'cancel' AND o.state IN ('wanted', 'sent')) AS ending,
       EXISTS (SELECT FROM payment_operations o WHERE o.store_id = p.store_id AND o.payment_id = p.payment_id
         AND o.kind = 'capture' AND o.state = 'failed' AND NOT EXISTS (SELECT FROM payment_operations n
           WHERE n.store_id = o.store_id AND n.payment_id = o.payment_id AND n.kind = 'capture' AND n.state = 'done'
             AND n.created_at >= o.created_at)) AS "captureRefused"
     FROM payments p JOIN payment_accounts a USING (store_id, account_id)
     WHERE p.store_id = $1 AND p.${column} = $2 ORDER BY p.created_at, p.payment_id`,
    [store.storeId, id],
  );
  return rows.map(({ amountMinor, currency, ...row }) => ({
    ...row,
    money: { amountMinor, currency },
    placesAtOnce: isByHand(row.provider),
  }));
}
