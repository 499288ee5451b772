import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { LapseExchange } from '../returns/lapse-exchange.job';

const everyMs = 15_000;
const batch = 500;

/** Finds returns whose replacements have been held for long enough, by the database's clock. */
@Injectable()
@OnSchedule('orders.sweep-exchanges', { everyMs })
export class SweepExchanges implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find replacements that were held for long enough', async (tx) => {
      const due = await tx.query<{ storeId: string; orderId: string; returnId: string }>(
        `SELECT store_id AS "storeId", order_id AS "orderId", return_id AS "returnId" FROM returns
         WHERE held_until <= now() ORDER BY held_until LIMIT ${batch}`,
      );
      for (const { storeId, ...place } of due)
        tx.enqueue(LapseExchange, place, { storeId, dedupeKey: place.returnId });
    });
  }
}
