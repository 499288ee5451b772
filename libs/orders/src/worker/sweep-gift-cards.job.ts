import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { SendGiftCards } from '../gift-cards/send-gift-cards.job';

const everyMs = 60_000;
const batch = 500;

/** Finds gift cards whose day has come, by the database's clock. */
@Injectable()
@OnSchedule('orders.sweep-gift-cards', { everyMs })
export class SweepGiftCards implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find gift cards whose day has come', async (tx) => {
      const due = await tx.query<{ storeId: string; orderId: string; lineId: string }>(
        `SELECT c.store_id AS "storeId", c.order_id AS "orderId", c.order_line_id AS "lineId"
         FROM order_gift_cards c JOIN orders o USING (store_id, order_id)
         WHERE c.due_at <= now() AND c.sent_at IS NULL AND c.withdrawn_at IS NULL AND o.state <> 'cancelled'
         GROUP BY 1, 2, 3 ORDER BY min(c.due_at) LIMIT ${batch}`,
      );
      for (const { storeId, ...place } of due)
        tx.enqueue(SendGiftCards, place, { storeId, dedupeKey: place.lineId });
    });
  }
}
