import type { StoreWriter } from '@platform/database';
import { CustomerChanged } from '../customers.events';

/**
 * Tells of a change that is not in the customer's own row, or that the customer made. Who edits the customer meanwhile
 * overwrites nothing of it, so the version stays.
 */
export async function noteChange(
  store: StoreWriter,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length === 0) return;
  await store.execute(
    'UPDATE customers SET updated_at = now() WHERE store_id = $1 AND customer_id = ANY ($2::uuid[])',
    [store.storeId, customerIds],
  );
  for (const customerId of customerIds)
    store.publish(CustomerChanged, { customerId, created: false });
}
