import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OrderCancelled } from '@libs/orders';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { StoreDiscountHolds } from '../discounts/discount-holds.service';

/** Gives the uses of a cancelled order's discounts to whoever comes next. */
@Injectable()
@HandlesEvent(OrderCancelled)
export class GiveDiscountsBack implements EventHandler<typeof OrderCancelled> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(StoreDiscountHolds) private readonly holds: StoreDiscountHolds,
  ) {}

  async handle(
    { orderId }: z.output<typeof OrderCancelled.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, (store) => this.holds.releaseOrder(store, orderId));
  }
}
