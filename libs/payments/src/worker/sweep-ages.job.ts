import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { WarnOfAge } from '../operations/warn-of-age.job';

const everyMs = 5 * 60_000;
const batch = 500;

/** What of `payments` a merchant is to be warned of: an order's money that a provider keeps for a day yet, or less. */
export const ageing = `authorization_due_at <= now() + interval '24 hours' AND authorization_warned_at IS NULL
  AND order_id IS NOT NULL AND unwanted_at IS NULL AND authorized_minor > 0`;

/** Finds authorizations that end within a day, by the database's clock. */
@Injectable()
@OnSchedule('payments.sweep-ages', { everyMs })
export class SweepAges implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find authorizations that end within a day', async (tx) => {
      const due = await tx.query<{ storeId: string; paymentId: string }>(
        `SELECT store_id AS "storeId", payment_id AS "paymentId" FROM payments
         WHERE authorization_due_at IS NOT NULL AND ${ageing} ORDER BY authorization_due_at LIMIT ${batch}`,
      );
      for (const { storeId, paymentId } of due)
        tx.enqueue(WarnOfAge, { paymentId }, { storeId, dedupeKey: paymentId });
    });
  }
}
