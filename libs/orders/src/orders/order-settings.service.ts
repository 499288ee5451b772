import { Injectable } from '@nestjs/common';
import { refundOrder } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { readOrderSettings, type OrderSettingsRow } from './order-settings.queries';

/** What a store chooses. */
type OrderSettingsWish = Omit<OrderSettingsRow, 'refundTenders'> & Partial<OrderSettingsRow>;

/** What a store does with its orders by itself. */
@Injectable()
export class OrderSettings {
  /** The store's settings; what counts until it has chosen. */
  get(store: StoreReader): Promise<OrderSettingsRow> {
    return readOrderSettings(store);
  }

  /** Writes them; they count for what happens from here on. @param wish without an order to refund in, the kernel's */
  async save(store: StoreWriter, wish: OrderSettingsWish): Promise<OrderSettingsRow> {
    const settings = { ...wish, refundTenders: wish.refundTenders ?? refundOrder };
    await store.execute(
      `INSERT INTO order_settings (store_id, cancel_unpaid, hold_disputed, refund_tenders)
       VALUES ($1, $2, $3, $4)
       ON CONFLICT (store_id) DO UPDATE SET cancel_unpaid = excluded.cancel_unpaid,
         hold_disputed = excluded.hold_disputed, refund_tenders = excluded.refund_tenders`,
      [store.storeId, settings.cancelUnpaid, settings.holdDisputed, settings.refundTenders],
    );
    store.record({
      action: 'orders.settings-changed',
      target: { kind: 'store', id: store.storeId },
      after: { ...settings },
    });
    return settings;
  }
}
