import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import { Db } from '@platform/database';
import { Answers, Requires } from '@platform/http';
import { checkout, checkoutList, checkoutQuery } from '../contract';
import { CheckoutAnswers } from '../checkouts/checkout-answers.service';

/** What shoppers are about to buy, have bought, or left. */
@ApiTags('orders')
@Controller('stores/:storeId/checkouts')
export class CheckoutsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CheckoutAnswers) private readonly checkouts: CheckoutAnswers,
  ) {}

  @Get()
  @Requires('orders.view')
  @Answers(200, checkoutList)
  list(
    @Param('storeId') storeId: string,
    @Query({ schema: checkoutQuery }) query: z.output<typeof checkoutQuery>,
  ) {
    const { limit, cursor, state } = query;
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    return this.db.read(storeId, async (store) => {
      const found = await this.checkouts.list(store, { state, before, limit: limit + 1 });
      return toPage(found, limit, ({ id }) => [id]);
    });
  }

  @Get(':checkoutId')
  @Requires('orders.view')
  @Answers(200, checkout)
  get(
    @Param('storeId') storeId: string,
    @Param('checkoutId', { schema: z.uuid() }) checkoutId: string,
  ) {
    return this.db.read(storeId, (store) => this.checkouts.get(store, checkoutId));
  }
}
