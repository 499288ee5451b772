import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import { refund, refundInput, refundProposal } from '../contract';
import { Orders } from '../orders.service';
import { proposalView, refundView } from '../orders/order-answers';

const id = z.uuid();

/** Money that goes back. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId')
export class RefundsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  /** What a refund would come to; changes nothing. */
  @Post('refund-proposals')
  @Requires('orders.refund')
  @Answers(200, refundProposal)
  propose(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: refundInput }) wish: z.output<typeof refundInput>,
  ) {
    return this.db.read(storeId, async (store) => {
      const { plan, currency } = await this.orders.proposeRefund(store, orderId, wish);
      return proposalView(plan, currency);
    });
  }

  @Post('refunds')
  @Requires('orders.refund')
  @Answers(201, refund)
  async create(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: refundInput }) wish: z.output<typeof refundInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    const refundId = await this.db.write(
      storeId,
      (store) => this.orders.refund(store, orderId, { ...wish, key: `staff:${key}` }),
      { actor },
    );
    const { refunds } = await this.db.read(storeId, (store) => this.orders.get(store, orderId));
    return refunds.filter((each) => each.id === refundId).map(refundView)[0];
  }
}
