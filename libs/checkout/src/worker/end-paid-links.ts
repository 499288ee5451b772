import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OrderPaid, Orders } from '@libs/orders';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { endBalances } from '../drafts/end-balances.queries';

/** Ends links that ask for money which came another way, so that nobody pays twice. */
@Injectable()
@HandlesEvent(OrderPaid)
export class EndPaidLinks implements EventHandler<typeof OrderPaid> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  async handle(
    { orderId }: z.output<typeof OrderPaid.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      const { owedMinor } = await this.orders.balance(store, orderId);
      // An edit after the payment may ask for more.
      if (owedMinor === 0) await endBalances(store, orderId);
    });
  }
}
