import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Payments } from '@libs/payments';
import { faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { retryCapture } from '../money/operation-failures';
import { RetryCapture } from '../money/retry-capture.job';

/** Wants a refused capture once more; the operation of a try has a name of its own, so that a doubled job adds none. */
@Injectable()
@HandlesJob(RetryCapture)
export class RunRetryCapture implements JobHandler<typeof RetryCapture> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Payments) private readonly payments: Payments,
  ) {}

  async run(
    { orderId, attempt }: z.output<typeof RetryCapture.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const { payments } = this;
    await this.db.write(storeId, async (store) => {
      await retryCapture({ store, payments }, orderId, attempt);
      faultPoint('orders.capture-retried');
    });
  }
}
