import type { StoreWriter } from '@platform/database';

/**
 * Ends what asks for the rest of an order and is not being paid; the first lock of whoever changes what is owed. One
 * that is being paid goes on: what comes of it is seen in the order's balance.
 */
export async function endBalances(store: StoreWriter, orderId: string): Promise<void> {
  await store.query(
    `SELECT FROM checkouts WHERE store_id = $1 AND terms ->> 'orderId' = $2 AND terms IS NOT NULL
       AND state IN ('open', 'paying') ORDER BY checkout_id FOR UPDATE`,
    [store.storeId, orderId],
  );
  await store.execute(
    `UPDATE checkouts SET state = 'expired', version = version + 1, updated_at = now()
     WHERE store_id = $1 AND terms ->> 'orderId' = $2 AND terms IS NOT NULL AND state = 'open'`,
    [store.storeId, orderId],
  );
}
