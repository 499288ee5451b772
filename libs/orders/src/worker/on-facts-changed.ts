import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { FactsChanged } from '@libs/payments';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { Orders } from '../orders.service';

/** Keeps an order's money as its payments tell it. Facts of a payment that has no order yet are the checkout's. */
@Injectable()
@HandlesEvent(FactsChanged)
export class OnFactsChanged implements EventHandler<typeof FactsChanged> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  async handle(
    { orderId }: z.output<typeof FactsChanged.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null || orderId === null) return;
    await this.db.write(storeId, (store) => this.orders.takeStockOfMoney(store, orderId));
  }
}
