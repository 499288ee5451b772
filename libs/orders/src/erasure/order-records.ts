import type { Customers } from '@libs/customers';
import type { StoreReader } from '@platform/database';
import { recipientOf } from '../gift-cards/recipients.queries';

type PersonalRecords = Parameters<Customers['alsoKeep']>[0];

const ofOrders = `SELECT o.name, o.placed_at AS "placedAt", o.state, o.financial_status AS "financialStatus",
    o.fulfilment_status AS "fulfilmentStatus", o.locale, o.source, o.email, o.phone,
    o.shipping_address AS "shippingAddress", o.billing_address AS "billingAddress", o.note, o.attributes, o.consent,
    o.reasons -> 'placeOfSupply' AS "placeOfSupply", o.currency, o.total_minor AS "totalMinor", o.tax_minor AS "taxMinor", o.refunded_minor AS "refundedMinor",
    (SELECT jsonb_agg(jsonb_build_object('title', l.title, 'variantTitle', l.variant_title, 'sku', l.sku,
       'quantity', l.quantity, 'totalMinor', l.total_minor, 'properties', l.properties,
       'recipient', ${recipientOf('l')}) ORDER BY l.position)
     FROM order_lines l WHERE l.store_id = o.store_id AND l.order_id = o.order_id) AS lines,
    (SELECT jsonb_agg(jsonb_build_object('carrier', f.carrier, 'number', f.tracking_number, 'shippedAt', f.shipped_at)
       ORDER BY f.shipped_at)
     FROM fulfilments f WHERE f.store_id = o.store_id AND f.order_id = o.order_id) AS parcels
  FROM orders o WHERE o.store_id = $1 AND o.customer_id = $2 ORDER BY o.order_id`;

const ofReturns = `SELECT o.name AS "orderName", r.created_at AS "requestedAt", r.state, r.note,
    (SELECT jsonb_agg(jsonb_build_object('title', ol.title, 'quantity', l.quantity, 'reason', l.reason))
     FROM return_lines l JOIN order_lines ol USING (store_id, order_line_id)
     WHERE l.store_id = r.store_id AND l.return_id = r.return_id) AS lines
  FROM returns r JOIN orders o USING (store_id, order_id)
  WHERE r.store_id = $1 AND o.customer_id = $2 ORDER BY r.return_id`;

const ofWithdrawals = `SELECT w.confirmed_at AS "confirmedAt", w.stated_name AS "statedName", w.name,
    w.stated_reference AS "statedReference", w.email, w.statement_text AS "statement", w.status
  FROM withdrawals w JOIN orders o USING (store_id, order_id)
  WHERE w.store_id = $1 AND o.customer_id = $2 ORDER BY w.withdrawal_id`;

const ofCredit = `SELECT a.currency, a.balance_minor AS "balanceMinor",
    (SELECT jsonb_agg(jsonb_build_object('kind', e.kind, 'amountMinor', e.delta_minor, 'reason', e.reason, 'at', e.at)
       ORDER BY e.entry_id)
     FROM stored_value_entries e WHERE e.store_id = a.store_id AND e.account_id = a.account_id) AS entries
  FROM stored_value_accounts a WHERE a.store_id = $1 AND a.customer_id = $2 ORDER BY a.account_id`;

const everyOne: [name: string, sql: string][] = [
  ['orders', ofOrders],
  ['returns', ofReturns],
  ['withdrawals', ofWithdrawals],
  ['storeCredit', ofCredit],
];

const got = `FROM order_gift_recipients r WHERE r.store_id = $1 AND lower(r.email) = $2`;

/** Gifts that somebody else bought for them. What waits for its day is sent still: it was paid for. */
const giftsGot: PersonalRecords = {
  name: 'giftsReceived',
  read: (store, { email }) =>
    store.query(
      `SELECT r.email, r.name, r.message, r.send_on::text AS "sendOn" ${got} ORDER BY r.order_line_id`,
      [store.storeId, email],
    ),
  erase: async (store, { email }) => {
    await store.execute(
      `UPDATE order_gift_recipients r SET email = NULL, name = NULL, message = NULL
       WHERE r.store_id = $1 AND lower(r.email) = $2 AND NOT EXISTS (SELECT FROM order_gift_cards c
         WHERE c.store_id = $1 AND c.order_line_id = r.order_line_id
           AND c.due_at IS NOT NULL AND c.sent_at IS NULL AND c.withdrawn_at IS NULL)`,
      [store.storeId, email],
    );
  },
};

/** What orders has of a customer, for whoever asks for everything; who they were is taken out after the erasure. */
export const orderRecords: readonly PersonalRecords[] = [
  ...everyOne.map(([name, sql]) => ({
    name,
    read: (store: StoreReader, { customerId }: { customerId: string }) =>
      store.query<object>(sql, [store.storeId, customerId]),
  })),
  giftsGot,
];
