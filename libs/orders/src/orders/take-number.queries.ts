import type { StoreWriter } from '@platform/database';

/** Numbers of one kind that a store gives, each without gaps. */
export type Series =
  | 'order'
  | 'test-order'
  | 'invoice'
  | 'credit-note'
  | 'test-invoice'
  | 'test-credit-note'
  | 'withdrawal';

/** How numbers of a series look until a store says otherwise: the first order is #1001. */
export const seriesDefaults: Readonly<Record<Series, { prefix: string; shownFrom: number }>> = {
  order: { prefix: '#', shownFrom: 1000 },
  'test-order': { prefix: '#T', shownFrom: 1000 },
  invoice: { prefix: 'INV-', shownFrom: 0 },
  'credit-note': { prefix: 'CN-', shownFrom: 0 },
  'test-invoice': { prefix: 'TEST-', shownFrom: 0 },
  'test-credit-note': { prefix: 'TEST-CN-', shownFrom: 0 },
  withdrawal: { prefix: 'W-', shownFrom: 0 },
};

/** The statement that takes the next number, for a common table expression named `n` with `next` and `name`. */
export const nextNumber = `INSERT INTO store_counters AS c (store_id, series, next, prefix, shown_from)
  VALUES ($1, $2, 1, $3, $4)
  ON CONFLICT (store_id, series) DO UPDATE SET next = c.next + 1
  RETURNING c.next, c.prefix || (c.shown_from + c.next) || c.suffix AS name`;

/**
 * Gives an order its number. The counter's row is the store's hottest: nothing but the commit may follow, and a
 * transaction that rolls back gives the number back with it.
 */
export async function takeNumber(
  store: StoreWriter,
  orderId: string,
  series: 'order' | 'test-order',
): Promise<{ number: number; name: string }> {
  const { prefix, shownFrom } = seriesDefaults[series];
  const [row] = await store.query<{ number: number; name: string }>(
    `WITH n AS (${nextNumber})
     UPDATE orders o SET number = n.next, name = n.name, search_text = lower(n.name || ' ' || o.search_text)
     FROM n WHERE o.store_id = $1 AND o.order_id = $5 AND o.number IS NULL RETURNING o.number, o.name`,
    [store.storeId, series, prefix, shownFrom, orderId],
  );
  if (!row) throw new Error(`The order ${orderId} has a number already.`);
  return row;
}
