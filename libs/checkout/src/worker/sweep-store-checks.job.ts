import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { CheckStore } from '../checks/check-store.job';

const everyMs = 60_000;
/** With more stores than ten of these, each is looked at less often than every ten minutes, and in turn. */
const batch = 200;

/** Finds the stores whose numbers are to be compared with their rows: each every ten minutes, a new one at once. */
@Injectable()
@OnSchedule('checkout.sweep-store-checks', { everyMs })
export class SweepStoreChecks implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find stores whose numbers are to be checked', async (tx) => {
      const due = await tx.query<{ storeId: string }>(
        `SELECT s.store_id AS "storeId" FROM stores s LEFT JOIN store_checks c USING (store_id)
         WHERE c.due_at IS NULL OR c.due_at <= now() ORDER BY c.due_at NULLS FIRST, s.store_id LIMIT ${batch}`,
      );
      for (const { storeId } of due) tx.enqueue(CheckStore, {}, { storeId, dedupeKey: storeId });
    });
  }
}
