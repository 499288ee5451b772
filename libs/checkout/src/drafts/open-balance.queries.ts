import type { StoreReader } from '@platform/database';

/** The checkout by which the rest of an order can be paid now; null when nobody was asked for it, or its time is over. */
export async function findOpenBalance(store: StoreReader, orderId: string): Promise<string | null> {
  const [row] = await store.query<{ id: string }>(
    `SELECT checkout_id AS id FROM checkouts
     WHERE store_id = $1 AND terms IS NOT NULL AND terms ->> 'orderId' = $2 AND terms ->> 'kind' = 'balance'
       AND state IN ('open', 'paying') AND expires_at > now()
     ORDER BY checkout_id DESC LIMIT 1`,
    [store.storeId, orderId],
  );
  return row?.id ?? null;
}
