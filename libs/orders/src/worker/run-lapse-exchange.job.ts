import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { Orders } from '../orders.service';
import { LapseExchange } from '../returns/lapse-exchange.job';

/** Lets go of what one return holds, if its time is over still. */
@Injectable()
@HandlesJob(LapseExchange)
export class RunLapseExchange implements JobHandler<typeof LapseExchange> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  async run(place: z.output<typeof LapseExchange.payload>, { storeId }: JobContext): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, (store) => this.orders.lapseExchange(store, place));
  }
}
