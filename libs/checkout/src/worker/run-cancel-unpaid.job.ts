import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { afterSales } from '@libs/orders';
import { faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { endBalances } from '../drafts/end-balances.queries';
import { findOpenBalance } from '../drafts/open-balance.queries';

type Unpaid = InstanceType<typeof afterSales.UnpaidOrders>;

/** Cancels an order for which no money came in time; one that is being paid at this moment waits for what comes of it. */
@Injectable()
@HandlesJob(afterSales.CancelUnpaid)
export class RunCancelUnpaid implements JobHandler<typeof afterSales.CancelUnpaid> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(afterSales.UnpaidOrders) private readonly unpaid: Unpaid,
  ) {}

  async run(
    { orderId }: z.output<typeof afterSales.CancelUnpaid.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      if (await this.unpaid.isToBeCancelled(store, orderId)) {
        await endBalances(store, orderId);
        faultPoint('checkout.asking-ended');
        // The sweep comes again for it.
        if ((await findOpenBalance(store, orderId)) !== null) return;
      }
      await this.unpaid.giveUp(store, orderId);
      faultPoint('checkout.unpaid-given-up');
    });
  }
}
