import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import {
  Answers,
  CurrentActor,
  IdempotencyKey,
  IfMatch,
  Requires,
  checkVersion,
  versionTag,
} from '@platform/http';
import {
  cancelInput,
  commentInput,
  moneyInput,
  orderDetail,
  orderList,
  orderPatch,
  orderQuery,
} from '../contract';
import { Orders } from '../orders.service';
import { orderDetailView, orderSummaryView } from '../orders/order-answers';

const id = z.uuid();

/** The orders of a store, and what staff do with them. */
@ApiTags('orders')
@Controller('stores/:storeId/orders')
export class OrdersController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  @Get()
  @Requires('orders.view')
  @Answers(200, orderList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: orderQuery }) query: z.output<typeof orderQuery>,
  ) {
    const { limit, cursor, captureFailed, test, ...filter } = query;
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const wanted = { ...filter, captureFailed: flag(captureFailed), test: flag(test) };
    const rows = await this.db.read(storeId, (store) =>
      this.orders.list(store, wanted, { limit: limit + 1, before }),
    );
    return toPage(rows.map(orderSummaryView), limit, ({ id: last }) => [last]);
  }

  @Get(':orderId')
  @Requires('orders.view')
  @Answers(200, orderDetail)
  async get(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.show(storeId, orderId);
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':orderId')
  @Requires('orders.edit')
  @Answers(200, orderDetail)
  async update(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: orderPatch }) { version, ...patch }: z.output<typeof orderPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const write = async (store: Parameters<Orders['change']>[0]) => {
      const { version: current } = await this.orders.lock(store, orderId);
      checkVersion(current, { ifMatch, version });
      await this.orders.change(store, orderId, patch);
    };
    await this.db.write(storeId, write, { actor });
    return this.show(storeId, orderId);
  }

  @Post(':orderId/comments')
  @Requires('orders.edit')
  @Answers(201, orderDetail)
  async comment(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: commentInput }) { text }: z.output<typeof commentInput>,
    @CurrentActor() actor: Actor,
  ) {
    await this.db.write(storeId, (store) => this.orders.comment(store, orderId, text), { actor });
    return this.show(storeId, orderId);
  }

  @Post(':orderId/cancel')
  @Requires('orders.edit')
  @Answers(200, orderDetail)
  async cancel(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: cancelInput }) wish: z.output<typeof cancelInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    await this.db.write(storeId, (store) => this.orders.cancel(store, orderId, wish), { actor });
    return this.show(storeId, orderId);
  }

  @Post(':orderId/capture')
  @Requires('orders.edit')
  @Answers(200, orderDetail)
  async capture(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: moneyInput }) wish: z.output<typeof moneyInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    await this.db.write(
      storeId,
      (store) => this.orders.capture(store, orderId, { ...wish, key: `staff:${key}` }),
      { actor },
    );
    return this.show(storeId, orderId);
  }

  @Post(':orderId/mark-paid')
  @Requires('orders.edit')
  @Answers(200, orderDetail)
  async markPaid(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: moneyInput }) wish: z.output<typeof moneyInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    await this.db.write(
      storeId,
      (store) => this.orders.markPaid(store, orderId, { ...wish, key: `staff:${key}` }),
      { actor },
    );
    return this.show(storeId, orderId);
  }

  private show(storeId: string, orderId: string) {
    return this.db.read(storeId, (store) => this.orders.get(store, orderId)).then(orderDetailView);
  }
}

function flag(text: 'true' | 'false' | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'true';
}
