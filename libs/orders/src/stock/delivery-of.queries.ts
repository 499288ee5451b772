import type { StoreReader } from '@platform/database';

/** Where an order goes, as the stock asks it. */
export interface OrderDelivery {
  /** ISO 3166-1 alpha-2; null where nothing is sent. */
  shipTo: string | null;
  /** Set where the shopper fetches it. */
  pickupLocationId?: string;
}

/** Where an order is sent, or fetched: what is promised later comes from a place that can serve it, too. */
export async function readDelivery(store: StoreReader, orderId: string): Promise<OrderDelivery> {
  const [row] = await store.query<{ shipTo: string | null; pickup: string | null }>(
    `SELECT o.shipping_address ->> 'country' AS "shipTo", (
       SELECT d.promise ->> 'pickupLocationId' FROM order_deliveries d
       WHERE d.store_id = $1 AND d.order_id = $2 AND d.promise ? 'pickupLocationId'
       ORDER BY d.position LIMIT 1) AS pickup
     FROM orders o WHERE o.store_id = $1 AND o.order_id = $2`,
    [store.storeId, orderId],
  );
  const { shipTo = null, pickup = null } = row ?? {};
  return { shipTo, ...(pickup === null ? {} : { pickupLocationId: pickup }) };
}
