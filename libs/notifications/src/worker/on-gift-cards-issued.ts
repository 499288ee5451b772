import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { afterSales } from '@libs/orders';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { OrderMailer } from './order-mailer.service';

const { GiftCardsIssued, SoldGiftCards } = afterSales;

/** Mails whoever bought gift cards their codes. */
@Injectable()
@HandlesEvent(GiftCardsIssued)
export class MailGiftCards implements EventHandler<typeof GiftCardsIssued> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(SoldGiftCards) private readonly cards: InstanceType<typeof SoldGiftCards>,
    @Inject(OrderMailer) private readonly mails: OrderMailer,
  ) {}

  async handle(
    { orderId, accountIds, sending }: z.output<typeof GiftCardsIssued.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const cards = await this.db.read(storeId, (store) =>
      this.cards.codes(store, orderId, accountIds),
    );
    if (cards.length === 0) return;
    const about = ['gift-cards', accountIds[0], ...(sending ? [sending] : [])].join('-');
    await this.mails.send(storeId, orderId, () => ({ name: 'gift_cards', cards, about }));
  }
}
