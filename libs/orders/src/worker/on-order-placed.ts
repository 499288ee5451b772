import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { OrderPlaced } from '../orders.events';
import { Orders } from '../orders.service';

/** Looks at the payments of a new order once more: they may have told something while it was being placed. */
@Injectable()
@HandlesEvent(OrderPlaced)
export class OnOrderPlaced implements EventHandler<typeof OrderPlaced> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  async handle(
    { orderId }: z.output<typeof OrderPlaced.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, (store) => this.orders.takeStockOfMoney(store, orderId));
  }
}
