import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { Log } from '@platform/telemetry';
import { PaymentCalls } from '../payment-calls.service';
import { paymentsErrors } from '../payments.errors';
import { RefreshPayment } from '../refresh-payment.job';

/** Asks a provider about a payment that has been under way for a while. */
@Injectable()
@HandlesJob(RefreshPayment)
export class RunRefreshPayment implements JobHandler<typeof RefreshPayment> {
  constructor(
    @Inject(PaymentCalls) private readonly calls: PaymentCalls,
    @Inject(Log) private readonly log: Log,
  ) {}

  async run(
    { paymentId }: z.output<typeof RefreshPayment.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('a payment always belongs to a store');
    try {
      await this.calls.refresh(storeId, paymentId, 'poll');
    } catch (error) {
      const isTheirs =
        paymentsErrors.is(error, 'provider-unreachable') ||
        paymentsErrors.is(error, 'provider-refused');
      if (!isTheirs) throw error;
      // The clock comes back to it.
      this.log.warn({ paymentId, err: error }, 'A payment provider did not tell of a payment.');
    }
  }
}
