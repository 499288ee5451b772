import { Injectable, Module } from '@nestjs/common';
import type { z } from 'zod';
import { paymentAlarms } from '@libs/payments';
import { type EventHandler, HandlesEvent } from '@platform/outbox';

const { OperationFailed } = paymentAlarms;

type Failure = z.output<typeof OperationFailed.payload>;

/** Remembers which operations are said to have failed. */
@Injectable()
@HandlesEvent(OperationFailed)
export class HeardFailures implements EventHandler<typeof OperationFailed> {
  readonly failures: Failure[] = [];

  handle(failure: Failure): Promise<void> {
    this.failures.push(failure);
    return Promise.resolve();
  }

  /** Of one payment, in order. */
  of(paymentId: string): Pick<Failure, 'kind' | 'reason' | 'last'>[] {
    return this.failures
      .filter((failure) => failure.paymentId === paymentId)
      .map(({ kind, reason, last }) => ({ kind, reason, last }));
  }
}

/** A listener above payments. */
@Module({ providers: [HeardFailures] })
export class HeardModule {}
