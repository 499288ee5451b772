import type { StoreWriter } from '@platform/database';
import type { Allocation } from './route-stock';

/** Units that a checkout holds at a location. */
export interface Reservation extends Allocation {
  locationId: string;
  state: 'active' | 'committed' | 'released';
}

const columns = `item_id AS "itemId", location_id AS "locationId", qty AS quantity, backordered, state`;

/** A checkout's rows, held until the transaction ends. */
export function lockReservations(store: StoreWriter, checkoutId: string): Promise<Reservation[]> {
  return store.query<Reservation>(
    `SELECT ${columns} FROM stock_reservations WHERE store_id = $1 AND checkout_id = $2
     ORDER BY item_id, location_id FOR UPDATE`,
    [store.storeId, checkoutId],
  );
}

/** Makes the allocations the checkout's only active rows. */
export async function writeReservations(
  store: StoreWriter,
  { checkoutId, expiresAt }: { checkoutId: string; expiresAt: string },
  allocations: readonly Allocation[],
): Promise<void> {
  const rows = allocations.map((one) => ({ item: one.itemId, location: one.locationId, ...one }));
  await store.execute(
    `UPDATE stock_reservations SET state = 'released'
     WHERE store_id = $1 AND checkout_id = $2 AND state = 'active' AND (item_id, location_id) NOT IN (
       SELECT item, location FROM jsonb_to_recordset($3) AS r (item uuid, location uuid))`,
    [store.storeId, checkoutId, JSON.stringify(rows)],
  );
  await store.execute(
    `INSERT INTO stock_reservations (store_id, checkout_id, item_id, location_id, qty, backordered, expires_at)
     SELECT $1, $2, item, location, quantity, backordered, $4
     FROM jsonb_to_recordset($3) AS r (item uuid, location uuid, quantity int, backordered int)
     ON CONFLICT (store_id, checkout_id, item_id, location_id) DO UPDATE SET
       qty = excluded.qty, backordered = excluded.backordered, expires_at = excluded.expires_at, state = 'active'`,
    [store.storeId, checkoutId, JSON.stringify(rows), expiresAt],
  );
}

/** Ends a checkout's active rows; whoever changes a row owns its effect on the stock. */
export function endReservations(
  store: StoreWriter,
  checkoutId: string,
  state: 'committed' | 'released',
): Promise<Reservation[]> {
  return store.query<Reservation>(
    `UPDATE stock_reservations SET state = $3
     WHERE store_id = $1 AND checkout_id = $2 AND state = 'active' RETURNING ${columns}`,
    [store.storeId, checkoutId, state],
  );
}

/** Lets a checkout's active rows stand until another moment. @param expiresAt ISO 8601 */
export async function extendReservations(
  store: StoreWriter,
  checkoutId: string,
  expiresAt: string,
): Promise<void> {
  await store.execute(
    `UPDATE stock_reservations SET expires_at = $3
     WHERE store_id = $1 AND checkout_id = $2 AND state = 'active'`,
    [store.storeId, checkoutId, expiresAt],
  );
}
