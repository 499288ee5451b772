import { newId } from '@libs/kernel';
import { Orders, OrdersModule } from '@libs/orders';
import type { StoreWriter } from '@platform/database';
import { isolationSuite } from '@testing';
import { aSnapshot } from './order.builder';

isolationSuite({
  modules: [OrdersModule],
  tables: [
    'store_counters',
    'orders',
    'order_status_tokens',
    'order_lines',
    'order_allocations',
    'order_deliveries',
    'order_tax_lines',
    'order_discounts',
    'order_tenders',
    'order_events',
    'order_edits',
    'fulfilments',
    'fulfilment_lines',
    'refunds',
    'refund_lines',
    'refund_deliveries',
    'refund_tenders',
    'returns',
    'return_lines',
    'withdrawals',
    'documents',
    'document_settings',
    'order_settings',
    'order_gift_cards',
    'order_gift_recipients',
    'document_files',
  ],
  seed: (lab, storeId) =>
    lab.db.write(storeId, async (store) => {
      const discounts = [
        { id: newId(), title: 'Welcome', code: 'HELLO', class: 'order' as const, amountMinor: 0 },
      ];
      const { orderId } = await lab.get(Orders).create(store, aSnapshot({ discounts }));
      await seedWhatFollows(store, orderId);
    }),
});

/** One row of everything that may follow an order. */
async function seedWhatFollows(store: StoreWriter, orderId: string): Promise<void> {
  const [fulfilmentId, refundId, returnId, documentId] = [newId(), newId(), newId(), newId()];
  const statements: [sql: string, values: unknown[]][] = [
    [
      `INSERT INTO order_edits (store_id, order_edit_id, order_id, revision, request_key, notify, changes, before_minor,
         after_minor)
       VALUES ($1, $2, $3, 1, 'k', false, '[]', 0, 0)`,
      [newId(), orderId],
    ],
    [
      `INSERT INTO fulfilments (store_id, fulfilment_id, order_id, request_key, notify) VALUES ($1, $2, $3, 'k', true)`,
      [fulfilmentId, orderId],
    ],
    [
      `INSERT INTO fulfilment_lines SELECT store_id, $2, order_line_id, 1 FROM order_lines WHERE store_id = $1 AND order_id = $3`,
      [fulfilmentId, orderId],
    ],
    [
      `INSERT INTO refunds (store_id, refund_id, order_id, request_key, amount_minor, tax_minor) VALUES ($1, $2, $3, 'k', 100, 0)`,
      [refundId, orderId],
    ],
    [
      `INSERT INTO refund_lines SELECT store_id, $2, order_line_id, 1, 100, 0, 'cancel', 1 FROM order_lines WHERE store_id = $1 AND order_id = $3`,
      [refundId, orderId],
    ],
    [
      `INSERT INTO refund_deliveries SELECT store_id, $2, order_delivery_id, 0, 0 FROM order_deliveries WHERE store_id = $1 AND order_id = $3`,
      [refundId, orderId],
    ],
    [
      `INSERT INTO refund_tenders SELECT store_id, $2, 1, kind, tender_id, 100 FROM order_tenders WHERE store_id = $1 AND order_id = $3`,
      [refundId, orderId],
    ],
    [
      `INSERT INTO returns (store_id, return_id, order_id, request_key, state, requested_by) VALUES ($1, $2, $3, 'k', 'requested', 'staff')`,
      [returnId, orderId],
    ],
    [
      `INSERT INTO return_lines SELECT store_id, $2, order_line_id, 1 FROM order_lines WHERE store_id = $1 AND order_id = $3`,
      [returnId, orderId],
    ],
    [
      `INSERT INTO withdrawals (store_id, withdrawal_id, request_key, order_id, stated_name, stated_reference, email,
         statement_text, locale, page_version, receipt_hash)
       VALUES ($1, $2, 'k', $3, 'Ada', '#1001', 'ada@example.test', 'I withdraw.', 'en', '1', '-')`,
      [newId(), orderId],
    ],
    [
      `INSERT INTO documents (store_id, document_id, order_id, kind, series, number, name, content, content_sha256)
       VALUES ($1, $2, $3, 'invoice', 'invoice', 1, 'INV-1', '{}', '-')`,
      [documentId, orderId],
    ],
    [
      `INSERT INTO order_gift_cards (store_id, order_line_id, unit, order_id, account_id, sealed_code)
       SELECT store_id, order_line_id, 1, order_id, $2, '-' FROM order_lines WHERE store_id = $1 AND order_id = $3`,
      [newId(), orderId],
    ],
    [
      `INSERT INTO order_gift_recipients (store_id, order_line_id, order_id, email)
       SELECT store_id, order_line_id, order_id, $2 FROM order_lines WHERE store_id = $1 AND order_id = $3`,
      ['grace@example.test', orderId],
    ],
    [
      `INSERT INTO document_files (store_id, document_id, sha256, bytes) VALUES ($1, $2, '-', '\\x00')`,
      [documentId],
    ],
    [
      `INSERT INTO document_settings (store_id, issue_at, shown_to_shoppers) VALUES ($1, 'never', true)`,
      [],
    ],
    [
      'INSERT INTO order_settings (store_id, cancel_unpaid, hold_disputed) VALUES ($1, true, true)',
      [],
    ],
  ];
  for (const [sql, values] of statements) await store.execute(sql, [store.storeId, ...values]);
}
