import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { goneCarts, idleCarts, namedCheckouts } from '../carts/old-carts.queries';
import { TidyCarts } from '../carts/tidy-carts.job';

const everyMs = 600_000;
/** Rows that one look considers; what is left is there at the next. */
const look = 10_000;

/** Finds the stores that have carts or checkouts which are over for long. Asking twice adds no job. */
@Injectable()
@OnSchedule('checkout.sweep-old-carts', { everyMs })
export class SweepOldCarts implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    const some = (table: string, which: string) =>
      `(SELECT c.store_id FROM ${table} c WHERE ${which} LIMIT ${look})`;
    await this.db.acrossStores('find stores with old carts and checkouts', async (tx) => {
      const stores = await tx.query<{ storeId: string }>(
        `SELECT store_id AS "storeId" FROM ${some('carts', idleCarts)} i
         UNION SELECT store_id FROM ${some('carts', goneCarts)} g
         UNION SELECT store_id FROM ${some('checkouts', namedCheckouts)} n`,
      );
      for (const { storeId } of stores) tx.enqueue(TidyCarts, {}, { storeId, dedupeKey: storeId });
    });
  }
}
