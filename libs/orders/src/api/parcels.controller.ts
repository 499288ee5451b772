import { Body, Controller, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import { parcel, parcelInput, parcelPatch } from '../contract';
import { Orders } from '../orders.service';

const id = z.uuid();

/** The parcels in which an order leaves. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId/parcels')
export class ParcelsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  @Post()
  @Requires('orders.fulfil')
  @Answers(201, parcel)
  async create(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: parcelInput }) wish: z.output<typeof parcelInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    const parcelId = await this.db.write(
      storeId,
      (store) => this.orders.fulfil(store, orderId, { ...wish, key }),
      { actor },
    );
    return this.show(storeId, orderId, parcelId);
  }

  @Patch(':parcelId')
  @Requires('orders.fulfil')
  @Answers(200, parcel)
  async update(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('parcelId', { schema: id }) parcelId: string,
    @Body({ schema: parcelPatch }) patch: z.output<typeof parcelPatch>,
    @CurrentActor() actor: Actor,
  ) {
    await this.db.write(
      storeId,
      (store) => this.orders.changeParcel(store, { orderId, parcelId }, patch),
      { actor },
    );
    return this.show(storeId, orderId, parcelId);
  }

  private async show(storeId: string, orderId: string, parcelId: string) {
    const { parcels } = await this.db.read(storeId, (store) => this.orders.get(store, orderId));
    return parcels.find((each) => each.id === parcelId);
  }
}
