import type { StoreReader } from '@platform/database';

/** What a store does with its orders by itself. */
export interface OrderSettingsRow {
  /** Whether an order is cancelled whose money was refused and did not come another way in 72 hours. */
  cancelUnpaid: boolean;
  /** Whether nothing more of an order is shipped while its payment is disputed. */
  holdDisputed: boolean;
}

const untouched: OrderSettingsRow = { cancelUnpaid: false, holdDisputed: false };

/** A store's settings; how things are until it has chosen. */
export async function readOrderSettings(store: StoreReader): Promise<OrderSettingsRow> {
  const [row] = await store.query<OrderSettingsRow>(
    `SELECT cancel_unpaid AS "cancelUnpaid", hold_disputed AS "holdDisputed" FROM order_settings
     WHERE store_id = $1`,
    [store.storeId],
  );
  return row ?? untouched;
}
