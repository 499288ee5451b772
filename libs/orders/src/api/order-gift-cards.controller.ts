import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import { giftCardLine, giftCardLineList, giftRecipientPatch } from '../contract';
import { SoldGiftCards } from '../gift-cards/sold-gift-cards.service';

const id = z.uuid();

/** The gift cards that an order buys: whom they are for, and when they are mailed. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId/gift-cards')
export class OrderGiftCardsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(SoldGiftCards) private readonly cards: SoldGiftCards,
  ) {}

  @Get()
  @Requires('orders.view')
  @Answers(200, giftCardLineList)
  async list(@Param('storeId') storeId: string, @Param('orderId', { schema: id }) orderId: string) {
    return { items: await this.lines(storeId, orderId), nextCursor: null };
  }

  @Patch(':lineId')
  @Requires('orders.edit')
  @Answers(200, giftCardLine)
  async update(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('lineId', { schema: id }) lineId: string,
    @Body({ schema: giftRecipientPatch }) patch: z.output<typeof giftRecipientPatch>,
    @CurrentActor() actor: Actor,
  ) {
    const place = { orderId, lineId };
    await this.db.write(storeId, (store) => this.cards.change(store, place, patch), { actor });
    return this.show(storeId, orderId, lineId);
  }

  @Post(':lineId/send')
  @Requires('orders.edit')
  @Answers(200, giftCardLine)
  async send(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('lineId', { schema: id }) lineId: string,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    const place = { orderId, lineId };
    const sending = Buffer.from(key).toString('hex').slice(0, 100);
    await this.db.write(storeId, (store) => this.cards.send(store, place, sending), { actor });
    return this.show(storeId, orderId, lineId);
  }

  private async show(storeId: string, orderId: string, lineId: string) {
    const lines = await this.lines(storeId, orderId);
    return lines.find((line) => line.id === lineId);
  }

  private lines(storeId: string, orderId: string) {
    return this.db.read(storeId, (store) => this.cards.lines(store, orderId));
  }
}
