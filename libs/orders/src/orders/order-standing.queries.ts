import type { StoreReader } from '@platform/database';
import { ordersErrors } from '../orders.errors';

/** A parcel as its shopper follows it. */
export interface TrackedParcel {
  carrier: string | null;
  number: string | null;
  /** Where it is followed; null where that is not known. */
  url: string | null;
}

/** How an order stands, for whoever only wants to know that. */
export interface OrderStanding {
  /** As it is shown, such as #1001. */
  name: string;
  state: 'open' | 'archived' | 'cancelled';
  financialStatus: string;
  fulfilmentStatus: string;
  /** Those that have left, the first one first. */
  parcels: TrackedParcel[];
}

/**
 * How an order stands, in one statement.
 * @throws orders.order-not-found
 */
export async function orderStanding(store: StoreReader, orderId: string): Promise<OrderStanding> {
  const [row] = await store.query<OrderStanding>(
    `SELECT name, state, financial_status AS "financialStatus", fulfilment_status AS "fulfilmentStatus",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('carrier', f.carrier, 'number', f.tracking_number,
          'url', f.tracking_url) ORDER BY f.fulfilment_id), '[]')
        FROM fulfilments f WHERE f.store_id = $1 AND f.order_id = $2) AS parcels
     FROM orders WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId],
  );
  if (!row) throw ordersErrors.error('order-not-found');
  return row;
}
