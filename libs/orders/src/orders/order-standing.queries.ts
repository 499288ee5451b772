import type { StoreReader } from '@platform/database';
import { ordersErrors } from '../orders.errors';

/** How an order stands, for whoever only wants to know that. */
export interface OrderStanding {
  /** As it is shown, such as #1001. */
  name: string;
  state: 'open' | 'archived' | 'cancelled';
  financialStatus: string;
  fulfilmentStatus: string;
}

/**
 * How an order stands, in one statement.
 * @throws orders.order-not-found
 */
export async function orderStanding(store: StoreReader, orderId: string): Promise<OrderStanding> {
  const [row] = await store.query<OrderStanding>(
    `SELECT name, state, financial_status AS "financialStatus", fulfilment_status AS "fulfilmentStatus"
     FROM orders WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId],
  );
  if (!row) throw ordersErrors.error('order-not-found');
  return row;
}
