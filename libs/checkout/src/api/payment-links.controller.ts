import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import { paymentLink, paymentLinkInput } from '../contract';
import { BalanceLinks } from '../drafts/balance-links.service';
import { ShopAddress } from '@libs/domains';
import { paymentLinkView } from './payment-link-view';

const id = z.uuid();

/** Links by which the rest of an order is paid. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId/payment-links')
export class PaymentLinksController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(BalanceLinks) private readonly links: BalanceLinks,
    @Inject(ShopAddress) private readonly shop: ShopAddress,
  ) {}

  @Post()
  @Requires('orders.edit')
  @Answers(201, paymentLink)
  create(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: paymentLinkInput }) ask: z.output<typeof paymentLinkInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        return paymentLinkView(store, this.shop, await this.links.create(store, orderId, ask));
      },
      { actor },
    );
  }
}
