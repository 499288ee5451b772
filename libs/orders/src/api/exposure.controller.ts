import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Db } from '@platform/database';
import { Answers, Requires } from '@platform/http';
import { exposureList } from '../contract/exposure.contract';
import { Orders } from '../orders.service';

/** What a store has open in other currencies. */
@ApiTags('orders')
@Controller('stores/:storeId/currency-exposure')
export class ExposureController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  /** By currency; test orders are left out. */
  @Get()
  @Requires('orders.view')
  @Answers(200, exposureList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.orders.exposure(store));
    return { items, nextCursor: null };
  }
}
