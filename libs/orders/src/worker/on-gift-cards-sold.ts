import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { SoldGiftCards } from '../gift-cards/sold-gift-cards.service';
import { OrderPaid, OrderPlaced } from '../orders.events';

/** Issues the gift cards of an order that was paid by the time it was placed. */
@Injectable()
@HandlesEvent(OrderPlaced)
export class IssueCardsOfPlacedOrder implements EventHandler<typeof OrderPlaced> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(SoldGiftCards) private readonly cards: SoldGiftCards,
  ) {}

  async handle({ orderId }: z.output<typeof OrderPlaced.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.db.write(storeId, (store) => this.cards.issue(store, orderId));
  }
}

/** Issues the gift cards of an order that was paid. */
@Injectable()
@HandlesEvent(OrderPaid)
export class IssueCardsOfPaidOrder implements EventHandler<typeof OrderPaid> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(SoldGiftCards) private readonly cards: SoldGiftCards,
  ) {}

  async handle({ orderId }: z.output<typeof OrderPaid.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.db.write(storeId, (store) => this.cards.issue(store, orderId));
  }
}
