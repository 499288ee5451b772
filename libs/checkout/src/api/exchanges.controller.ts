import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Orders } from '@libs/orders';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import { exchange, exchangeInput, exchangePreview, exchangePreviewInput } from '../contract';
import { ShopAddress } from '@libs/domains';
import { type ExchangePreview, Exchanges } from '../edits/exchanges.service';
import { paymentLinkView } from './payment-link-view';

const id = z.uuid();

/** Goods that came back and are replaced by others. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId')
export class ExchangesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Exchanges) private readonly exchanges: Exchanges,
    @Inject(ShopAddress) private readonly shop: ShopAddress,
  ) {}

  /** What an exchange would come to before anybody asked for it; changes nothing. */
  @Post('exchange-previews')
  @HttpCode(200)
  @Requires('orders.edit')
  @Answers(200, exchangePreview)
  async preview(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: exchangePreviewInput }) { lines }: z.output<typeof exchangePreviewInput>,
  ) {
    const found = await this.db.read(storeId, (store) =>
      this.exchanges.preview(store, orderId, { lines, by: 'staff' }),
    );
    return previewView(orderId, found);
  }

  /** What the exchange of a return would come to: of all that is in it, or of what came back once that is there. */
  @Get('returns/:returnId/exchange')
  @Requires('orders.view')
  @Answers(200, exchangePreview)
  async previewReturn(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('returnId', { schema: id }) returnId: string,
  ) {
    const found = await this.db.read(storeId, (store) =>
      this.exchanges.previewReturn(store, { orderId, returnId }),
    );
    return previewView(orderId, found);
  }

  @Post('returns/:returnId/exchange')
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

function previewView(orderId: string, { currency, taxIncluded, sums, lines }: ExchangePreview) {
  return {
    orderId,
    currency,
    taxIncluded,
    ...sums,
    inStock: lines.every((line) => line.inStock),
    lines: lines.map(({ lineId, quantity, replacement, available, inStock }) => {
      const { variantId, title, price, unitMinor } = replacement ?? {};
      const instead = replacement && { variantId, title, price, unitMinor };
      return { lineId, quantity, replacement: instead, available, inStock };
    }),
  };
}
