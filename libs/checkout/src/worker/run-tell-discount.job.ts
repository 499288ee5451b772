import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { tellMoment } from '../discounts/discount-moments';
import { TellDiscount } from '../discounts/tell-discount.job';

/** Tells whoever keeps pages that a discount has begun or ended. */
@Injectable()
@HandlesJob(TellDiscount)
export class RunTellDiscount implements JobHandler<typeof TellDiscount> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async run(moment: z.output<typeof TellDiscount.payload>, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('a discount always belongs to a store');
    await this.db.write(storeId, (store) => tellMoment(store, moment));
  }
}
