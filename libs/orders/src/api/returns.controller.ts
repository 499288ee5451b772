import { Body, Controller, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db, type StoreWriter } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import {
  orderReturn,
  returnInput,
  returnPatch,
  returnReceivedInput,
  returnRefundInput,
} from '../contract';
import { Orders } from '../orders.service';
import type { ReturnPlace } from '../returns/returns';

const id = z.uuid();

/** Units that come back. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId/returns')
export class ReturnsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  @Post()
  @Requires('orders.edit')
  @Answers(201, orderReturn)
  async create(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: returnInput }) wish: z.output<typeof returnInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    const returnId = await this.db.write(
      storeId,
      (store) => this.orders.requestReturn(store, orderId, { ...wish, key, by: 'staff' }),
      { actor },
    );
    return this.show(storeId, { orderId, returnId });
  }

  @Patch(':returnId')
  @Requires('orders.edit')
  @Answers(200, orderReturn)
  decide(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('returnId', { schema: id }) returnId: string,
    @Body({ schema: returnPatch }) decision: z.output<typeof returnPatch>,
    @CurrentActor() actor: Actor,
  ) {
    const place = { orderId, returnId };
    return this.change(storeId, { place, actor }, (store) =>
      this.orders.decideReturn(store, place, decision),
    );
  }

  @Post(':returnId/receive')
  @Requires('orders.fulfil')
  @Answers(200, orderReturn)
  receive(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('returnId', { schema: id }) returnId: string,
    @Body({ schema: returnReceivedInput }) { lines }: z.output<typeof returnReceivedInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    const place = { orderId, returnId };
    return this.change(storeId, { place, actor }, (store) =>
      this.orders.receiveReturn(store, place, lines),
    );
  }

  @Post(':returnId/refund')
  @Requires('orders.refund')
  @Answers(200, orderReturn)
  refund(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Param('returnId', { schema: id }) returnId: string,
    @Body({ schema: returnRefundInput }) wish: z.output<typeof returnRefundInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    const place = { orderId, returnId };
    return this.change(storeId, { place, actor }, (store) =>
      this.orders.refundReturn(store, place, { ...wish, key: `return:${key}` }),
    );
  }

  private async change(
    storeId: string,
    { place, actor }: { place: ReturnPlace; actor: Actor },
    work: (store: StoreWriter) => Promise<unknown>,
  ) {
    await this.db.write(storeId, work, { actor });
    return this.show(storeId, place);
  }

  private async show(storeId: string, { orderId, returnId }: ReturnPlace) {
    const { returns } = await this.db.read(storeId, (store) => this.orders.get(store, orderId));
    return returns.find((each) => each.id === returnId);
  }
}
