import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { paymentAlarms } from '@libs/payments';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { noteDispute } from '../money/disputes';

const { DisputeChanged } = paymentAlarms;

/** Shows on an order that its payment is disputed at the bank, and how that went. */
@Injectable()
@HandlesEvent(DisputeChanged)
export class NoteDisputeOnOrder implements EventHandler<typeof DisputeChanged> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle(
    { orderId, ...dispute }: z.output<typeof DisputeChanged.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null || orderId === null) return;
    await this.db.write(storeId, (store) => noteDispute(store, orderId, dispute));
  }
}
