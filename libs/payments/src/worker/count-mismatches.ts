import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { Log, Metrics } from '@platform/telemetry';
import { PaymentMismatched } from '../payments.events';

/** Tells operators of money that differs from what was asked for: a fault of a provider, of ours, or an attack. */
@Injectable()
@HandlesEvent(PaymentMismatched)
export class CountMismatches implements EventHandler<typeof PaymentMismatched> {
  private readonly mismatches;

  constructor(
    @Inject(Log) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.mismatches = metrics.counter({
      name: 'payments_mismatched_total',
      help: 'Payments that hold another amount or currency than was asked for.',
    });
  }

  handle(
    { paymentId, amountMinor, currency }: z.output<typeof PaymentMismatched.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    this.mismatches.inc();
    const held = { storeId, paymentId, amountMinor, currency };
    this.log.error(held, 'a payment holds other money than was asked for');
    return Promise.resolve();
  }
}
