import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import {
  HandlesJob,
  type JobContext,
  type JobHandler,
  OnSchedule,
  type ScheduleHandler,
} from '@platform/outbox';
import { PriceSchedules } from '../pricing/schedules/price-schedules.service';
import { RunPriceSchedules } from '../pricing/schedules/run-price-schedules.job';

const everyMs = 15_000;
const batch = 500;

/** Begins and ends scheduled prices of a store. */
@Injectable()
@HandlesJob(RunPriceSchedules)
export class BeginAndEndPrices implements JobHandler<typeof RunPriceSchedules> {
  constructor(@Inject(PriceSchedules) private readonly schedules: PriceSchedules) {}

  async run(_payload: object, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('prices always belong to a store');
    await this.schedules.runDue(storeId);
  }
}

/** Finds stores whose scheduled prices are due, should their own moment have passed unheard. */
@Injectable()
@OnSchedule('catalog.sweep-price-schedules', { everyMs })
export class SweepPriceSchedules implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find scheduled prices that begin or end', async (tx) => {
      const due = await tx.query<{ storeId: string }>(
        `SELECT DISTINCT store_id AS "storeId" FROM (
           SELECT store_id FROM price_schedules WHERE next_at <= now() ORDER BY next_at LIMIT ${batch}) s`,
      );
      for (const { storeId } of due)
        tx.enqueue(RunPriceSchedules, {}, { storeId, dedupeKey: 'due' });
    });
  }
}
