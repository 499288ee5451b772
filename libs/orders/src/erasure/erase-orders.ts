import type { StoreWriter } from '@platform/database';
import { record } from '../timeline/timeline';

/** What stays of an address: the country and the province that decided the taxes. */
const bare = (column: string): string =>
  `CASE WHEN ${column} IS NULL THEN NULL ELSE jsonb_strip_nulls(jsonb_build_object('name', '', 'address1', '',
     'city', '', 'country', ${column}->'country', 'province', ${column}->'province')) END`;

/** Words about somebody, and numbers by which a carrier tells where they live. */
const written = [
  ['returns', 'note = NULL, decline_reason = NULL'],
  ['refunds', 'reason = NULL'],
  ['order_gift_recipients', 'email = NULL, name = NULL, message = NULL'],
  ['fulfilments', 'tracking_number = NULL, tracking_url = NULL'],
] as const;

/**
 * Takes out of a customer's orders who they were: names, addresses, telephone, what was written on lines and in notes.
 * Amounts, taxes, countries, documents and statements of withdrawal stay for as long as the law asks. Erasing again
 * changes nothing.
 * @returns how many orders were changed
 */
export async function eraseOrders(store: StoreWriter, customerId: string): Promise<number> {
  const { storeId } = store;
  const orders = await store.query<{ id: string }>(
    `SELECT order_id AS id FROM orders o WHERE store_id = $1 AND customer_id = $2
       AND NOT EXISTS (SELECT FROM order_events e
         WHERE e.store_id = $1 AND e.order_id = o.order_id AND e.kind = 'erased')
     ORDER BY order_id FOR NO KEY UPDATE OF o`,
    [storeId, customerId],
  );
  const ids = orders.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const ofThem = [storeId, ids];
  await store.execute(
    `UPDATE orders SET email = NULL, phone = NULL, note = NULL, attributes = '{}', search_text = lower(name),
       shipping_address = ${bare('shipping_address')}, billing_address = ${bare('billing_address')},
       updated_at = now(), version = version + 1
     WHERE store_id = $1 AND order_id = ANY ($2)`,
    ofThem,
  );
  await store.execute(
    `UPDATE order_lines SET properties = '[]' WHERE store_id = $1 AND order_id = ANY ($2) AND properties <> '[]'`,
    ofThem,
  );
  await store.execute(
    `UPDATE order_events SET actor = CASE WHEN actor->>'kind' = 'customer' THEN actor || '{"label": ""}' ELSE actor END,
       data = order_event_forgotten(kind, data)
     WHERE store_id = $1 AND order_id = ANY ($2)`,
    ofThem,
  );
  for (const [table, words] of written)
    await store.execute(
      `UPDATE ${table} SET ${words} WHERE store_id = $1 AND order_id = ANY ($2)`,
      ofThem,
    );
  await store.execute(
    `UPDATE return_lines l SET reason = NULL FROM returns r
     WHERE l.store_id = $1 AND r.store_id = $1 AND r.return_id = l.return_id AND r.order_id = ANY ($2)`,
    ofThem,
  );
  await store.execute(
    'DELETE FROM order_status_tokens WHERE store_id = $1 AND order_id = ANY ($2)',
    ofThem,
  );
  for (const id of ids) await record(store, id, { kind: 'erased' });
  return ids.length;
}
