import type { StoreReader } from '@platform/database';

/** Something that is there for a checkout, and should end with it. */
export interface Unfinished {
  /** `intent`: a payment that can still be made, or holds money. `value`: a part of a gift card or of credit. */
  kind: 'intent' | 'value';
  /** The payment, or the account of stored value. */
  id: string;
  checkoutId: string;
  amountMinor: number;
}

/** How long what is held may outlive its checkout: two rounds of the sweeper, in seconds (commerce.md, I6). */
const grace = 60;

/**
 * What is held for checkouts and was not touched lately: payments that no order has, that have not ended and that nobody
 * is ending, and holds of stored value. A debit that a bank is looking at cannot be ended, and is not among them.
 */
export function readUnfinished(store: StoreReader): Promise<Unfinished[]> {
  return store.query<Unfinished>(
    `SELECT 'intent' AS kind, payment_id AS id, checkout_id AS "checkoutId", amount_minor AS "amountMinor"
     FROM payments p
     WHERE store_id = $1 AND order_id IS NULL AND state IN ('created', 'action_required', 'authorized')
       AND updated_at < now() - make_interval(secs => ${grace})
       AND NOT EXISTS (SELECT FROM payment_operations o
         WHERE o.store_id = $1 AND o.payment_id = p.payment_id AND o.state IN ('wanted', 'sent'))
     UNION ALL
     SELECT 'value', account_id, checkout_id, amount_minor FROM stored_value_holds
     WHERE store_id = $1 AND state = 'held' AND at < now() - make_interval(secs => ${grace})
     ORDER BY 3, 2`,
    [store.storeId],
  );
}
