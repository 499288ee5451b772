import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CustomerVerified } from '@libs/customers';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';

/** Gives a customer the orders that were placed with their address before they proved that it is theirs. */
@Injectable()
@HandlesEvent(CustomerVerified)
export class OnCustomerVerified implements EventHandler<typeof CustomerVerified> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle(
    { customerId, email }: z.output<typeof CustomerVerified.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, (store) =>
      store.execute(
        `UPDATE orders SET customer_id = $2
         WHERE store_id = $1 AND customer_id IS NULL AND lower(email) = $3`,
        [storeId, customerId, email],
      ),
    );
  }
}
