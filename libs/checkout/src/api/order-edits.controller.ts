import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Orders } from '@libs/orders';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import { orderEdit, orderEditInput, orderEditPreview, orderEditPreviewInput } from '../contract';
import { OrderEdits } from '../edits/order-edits.service';
import { pricedLines } from '../sales/priced-lines';

const id = z.uuid();

/** Orders that are changed after they were placed. */
@ApiTags('orders')
@Controller('stores/:storeId/orders/:orderId')
export class OrderEditsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderEdits) private readonly edits: OrderEdits,
  ) {}

  /** What an edit would come to; changes nothing. */
  @Post('edit-previews')
  @HttpCode(200)
  @Requires('orders.edit')
  @Answers(200, orderEditPreview)
  async preview(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: orderEditPreviewInput }) wish: z.output<typeof orderEditPreviewInput>,
  ) {
    const found = await this.db.read(storeId, (store) => this.edits.preview(store, orderId, wish));
    const { before, quote, sale, version, owedMinor, overMinor } = found;
    return {
      version,
      currency: before.currency,
      beforeMinor: before.totalMinor,
      differenceMinor: quote.totals.totalMinor - before.totalMinor,
      totals: quote.totals,
      lines: pricedLines(sale.lines, quote),
      owedMinor,
      overMinor,
    };
  }

  @Post('edits')
  @Requires('orders.edit')
  @Answers(201, orderEdit)
  async commit(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: orderEditInput }) input: z.output<typeof orderEditInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    const { version, reason, notify, ...wish } = input;
    const terms = { version, reason, notify, key: `staff:${key}` };
    return this.db.write(
      storeId,
      async (store) => {
        const { editId, revision } = await this.edits.commit(store, orderId, { wish, terms });
        const { order } = await this.orders.editGround(store, orderId);
        const { currency, totalMinor, version: after } = order;
        const balance = await this.orders.balance(store, orderId);
        return { id: editId, orderId, revision, version: after, currency, totalMinor, ...balance };
      },
      { actor },
    );
  }
}
