import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import { AbandonedCarts } from '../abandoned-carts/abandoned-carts.service';
import { abandonedCartMail, abandonedCartMailInput } from '../contract';

/** Whether a store reminds of carts. */
@ApiTags('mails')
@Controller('stores/:storeId/abandoned-cart-mail')
export class AbandonedCartMailController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(AbandonedCarts) private readonly carts: AbandonedCarts,
  ) {}

  @Get()
  @Requires('settings.view')
  @Answers(200, abandonedCartMail)
  get(@Param('storeId') storeId: string) {
    return this.db.read(storeId, (store) => this.carts.settings(store));
  }

  @Put()
  @Requires('settings.edit')
  @Answers(200, abandonedCartMail)
  choose(
    @Param('storeId') storeId: string,
    @Body({ schema: abandonedCartMailInput }) wish: z.output<typeof abandonedCartMailInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.carts.choose(store, wish), { actor });
  }
}
