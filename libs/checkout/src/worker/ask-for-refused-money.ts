import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { afterSales } from '@libs/orders';
import { faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { BalanceLinks } from '../drafts/balance-links.service';

type Unpaid = InstanceType<typeof afterSales.UnpaidOrders>;

/** Sends the shopper a link to pay another way when a provider refused the money of an order; once, however often. */
@Injectable()
@HandlesEvent(afterSales.CaptureFailed)
export class AskForRefusedMoney implements EventHandler<typeof afterSales.CaptureFailed> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(afterSales.UnpaidOrders) private readonly unpaid: Unpaid,
    @Inject(BalanceLinks) private readonly links: BalanceLinks,
  ) {}

  async handle(
    { orderId }: z.output<typeof afterSales.CaptureFailed.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      if (!(await this.unpaid.isToBeAsked(store, orderId))) return;
      await this.links.create(store, orderId, { notify: true, message: null, refused: true });
      await this.unpaid.noteAsked(store, orderId);
      faultPoint('checkout.refused-asked');
    });
  }
}
