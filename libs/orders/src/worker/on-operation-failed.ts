import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { paymentAlarms } from '@libs/payments';
import { faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { noteRefusal } from '../money/operation-failures';

const { OperationFailed } = paymentAlarms;

/** Notes what a provider refused for good; what it will be asked again by itself is no news yet. */
@Injectable()
@HandlesEvent(OperationFailed)
export class OnOperationFailed implements EventHandler<typeof OperationFailed> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle(
    { orderId, last, ...refusal }: z.output<typeof OperationFailed.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null || orderId === null || !last) return;
    await this.db.write(storeId, async (store) => {
      await noteRefusal(store, orderId, refusal);
      faultPoint('orders.refusal-noted');
    });
  }
}
