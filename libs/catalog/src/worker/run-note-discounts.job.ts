import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { noteSomeDiscounts } from '../pricing/general-discounts.queries';
import { noteDiscounts } from '../pricing/note-discounts.job';

/** Few, so that an editor does not wait long for a product. */
const products = 100;

/**
 * Writes what automatic discounts made of prices into the ledger, some products a transaction. One that was killed
 * begins again: what is written is not written twice.
 */
@Injectable()
@HandlesJob(noteDiscounts)
export class RunNoteDiscounts implements JobHandler<typeof noteDiscounts> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async run(_payload: object, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('discounts always belong to a store');
    let after: string | null = null;
    do {
      const last: string | null = after;
      after = await this.db.write(storeId, (store) => noteSomeDiscounts(store, last, products));
    } while (after !== null);
  }
}
