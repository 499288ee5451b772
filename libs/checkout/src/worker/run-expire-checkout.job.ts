import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { ExpireCheckout } from '../checkouts/expire-checkout.job';
import { Settling } from '../checkouts/settling.service';

/** Ends one checkout. What cannot end yet is found again by the clock. */
@Injectable()
@HandlesJob(ExpireCheckout)
export class RunExpireCheckout implements JobHandler<typeof ExpireCheckout> {
  constructor(@Inject(Settling) private readonly settling: Settling) {}

  async run(
    { checkoutId }: z.output<typeof ExpireCheckout.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('a checkout always belongs to a store');
    await this.settling.expire(storeId, checkoutId);
  }
}
