import { refundOrder, type TenderKind } from '@libs/kernel';
import type { StoreReader } from '@platform/database';

/** What a store does with its orders by itself. */
export interface OrderSettingsRow {
  /** Whether an order is cancelled whose money was refused and did not come another way in 72 hours. */
  cancelUnpaid: boolean;
  /** Whether nothing more of an order is shipped while its payment is disputed. */
  holdDisputed: boolean;
  /** In which order refunds go back to what paid, unless staff say otherwise; each once. */
  refundTenders: readonly TenderKind[];
}

const untouched: OrderSettingsRow = {
  cancelUnpaid: false,
  holdDisputed: false,
  refundTenders: refundOrder,
};

/** A store's settings; how things are until it has chosen. */
export async function readOrderSettings(store: StoreReader): Promise<OrderSettingsRow> {
  const [row] = await store.query<OrderSettingsRow>(
    `SELECT cancel_unpaid AS "cancelUnpaid", hold_disputed AS "holdDisputed",
       refund_tenders AS "refundTenders" FROM order_settings WHERE store_id = $1`,
    [store.storeId],
  );
  return row ?? untouched;
}
