import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { abandonIdle, batch, deleteGone, forgetEnded } from '../carts/old-carts.queries';
import { TidyCarts } from '../carts/tidy-carts.job';

/** Batches of one run; the clock comes again for the rest. */
const mostBatches = 20;

/**
 * Ends a store's idle carts, deletes guests' old ones, and forgets who was in checkouts that became no order. Each batch
 * is a transaction: a run that is killed loses one, and the next does it.
 */
@Injectable()
@HandlesJob(TidyCarts)
export class RunTidyCarts implements JobHandler<typeof TidyCarts> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async run(_: z.output<typeof TidyCarts.payload>, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('a cart always belongs to a store');
    for (const step of [abandonIdle, forgetEnded, deleteGone]) {
      for (let turn = 0; turn < mostBatches; turn += 1) {
        const done = await this.db.write(storeId, (store) => step(store));
        faultPoint('checkout.carts-tidied');
        if (done < batch) break;
      }
    }
  }
}
