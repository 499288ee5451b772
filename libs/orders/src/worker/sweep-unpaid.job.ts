import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { CancelUnpaid } from '../money/cancel-unpaid.job';

const everyMs = 60_000;
const batch = 500;

/** Finds orders whose time to pay another way is over, by the database's clock. */
@Injectable()
@OnSchedule('orders.sweep-unpaid', { everyMs })
export class SweepUnpaid implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find orders whose time to pay is over', async (tx) => {
      const due = await tx.query<{ storeId: string; orderId: string }>(
        `SELECT store_id AS "storeId", order_id AS "orderId" FROM orders
         WHERE unpaid_until <= now() ORDER BY unpaid_until LIMIT ${batch}`,
      );
      for (const { storeId, orderId } of due)
        tx.enqueue(CancelUnpaid, { orderId }, { storeId, dedupeKey: orderId });
    });
  }
}
