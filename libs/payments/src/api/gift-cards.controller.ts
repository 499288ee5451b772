import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, pageQuery, Requires } from '@platform/http';
import { giftCard, giftCardInput, giftCardList, giftCardPatch, issuedGiftCard } from '../contract';
import { GiftCards } from '../stored-value/gift-cards.service';

const id = z.uuid();

/** A store's gift cards. */
@ApiTags('payments')
@Controller('stores/:storeId/gift-cards')
export class GiftCardsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(GiftCards) private readonly cards: GiftCards,
  ) {}

  @Get()
  @Requires('giftcards.view')
  @Answers(200, giftCardList)
  async list(
    @Param('storeId', { schema: id }) storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.cards.list(store, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ id: last }) => [last]);
  }

  @Post()
  @Requires('giftcards.edit')
  @Answers(201, issuedGiftCard)
  issue(
    @Param('storeId', { schema: id }) storeId: string,
    @Body({ schema: giftCardInput }) input: z.output<typeof giftCardInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    const { expiresAt, ...money } = input;
    const ref = `card:${actor.userId ?? ''}:${key}`;
    const wish = { money, ref, expiresAt: expiresAt === undefined ? null : new Date(expiresAt) };
    return this.db.write(storeId, (store) => this.cards.issue(store, wish), { actor });
  }

  @Get(':giftCardId')
  @Requires('giftcards.view')
  @Answers(200, giftCard)
  get(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('giftCardId', { schema: id }) giftCardId: string,
  ) {
    return this.db.read(storeId, (store) => this.cards.get(store, giftCardId));
  }

  @Patch(':giftCardId')
  @Requires('giftcards.edit')
  @Answers(200, giftCard)
  update(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('giftCardId', { schema: id }) giftCardId: string,
    @Body({ schema: giftCardPatch }) { disabled }: z.output<typeof giftCardPatch>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.cards.setDisabled(store, giftCardId, disabled), {
      actor,
    });
  }
}
