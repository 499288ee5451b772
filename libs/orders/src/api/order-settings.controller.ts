import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import { orderSettings, orderSettingsInput } from '../contract';
import { OrderSettings } from '../orders/order-settings.service';

/** What a store does with its orders by itself. */
@ApiTags('orders')
@Controller('stores/:storeId/order-settings')
export class OrderSettingsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(OrderSettings) private readonly settings: OrderSettings,
  ) {}

  @Get()
  @Requires('settings.view')
  @Answers(200, orderSettings)
  get(@Param('storeId') storeId: string) {
    return this.db.read(storeId, (store) => this.settings.get(store));
  }

  /** Says what becomes of orders whose money was refused, and of those that are disputed. */
  @Put()
  @Requires('settings.edit')
  @Answers(200, orderSettings)
  change(
    @Param('storeId') storeId: string,
    @Body({ schema: orderSettingsInput }) input: z.output<typeof orderSettingsInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.settings.save(store, input), { actor });
  }
}
