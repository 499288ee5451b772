import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Orders } from '@libs/orders';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import { exchange, exchangeInput } from '../contract';
import { ShopAddress } from '../drafts/shop-address.service';
import { Exchanges } from '../edits/exchanges.service';
import { paymentLinkView } from './payment-link-view';

const id = z.uuid();

/** Goods that came back and are replaced by others. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId/returns/:returnId/exchange')
export class ExchangesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Exchanges) private readonly exchanges: Exchanges,
    @Inject(ShopAddress) private readonly shop: ShopAddress,
  ) {}

  @Post()
  @HttpCode(200)
  @Requires('orders.refund')
  @Answers(200, exchange)
  complete(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('returnId', { schema: id }) returnId: string,
    @Body({ schema: exchangeInput }) how: z.output<typeof exchangeInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        const link = await this.exchanges.complete(store, { orderId, returnId }, how);
        const { order } = await this.orders.editGround(store, orderId);
        const paymentLink = link && (await paymentLinkView(store, this.shop, link));
        const balance = await this.orders.balance(store, orderId);
        return { id: returnId, orderId, currency: order.currency, ...balance, paymentLink };
      },
      { actor },
    );
  }
}
