import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CustomerErased } from '@libs/customers';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { eraseOrders } from '../erasure/erase-orders';

/** Makes the orders of a customer who was erased anonymous. */
@Injectable()
@HandlesEvent(CustomerErased)
export class EraseOrders implements EventHandler<typeof CustomerErased> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle(
    { customerId }: z.output<typeof CustomerErased.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId !== null) await this.db.write(storeId, (store) => eraseOrders(store, customerId));
  }
}
