import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeIds, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, pageQuery, Requires } from '@platform/http';
import { storeCredit, storeCreditHistory, storeCreditInput, storeCreditList } from '../contract';
import { StoreCredit } from '../stored-value/store-credit.service';

const id = z.uuid();

/** The store credit of a customer. */
@ApiTags('customers')
@Controller('stores/:storeId/customers/:customerId/store-credit')
export class StoreCreditController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(StoreCredit) private readonly credit: StoreCredit,
  ) {}

  @Get()
  @Requires('giftcards.view')
  @Answers(200, storeCreditList)
  async list(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
  ) {
    const items = await this.db.read(storeId, (store) => this.credit.list(store, customerId));
    return { items, nextCursor: null };
  }

  @Get('entries')
  @Requires('giftcards.view')
  @Answers(200, storeCreditHistory)
  async history(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const [before = null] = decodeIds(cursor, 1);
    const rows = await this.db.read(storeId, (store) =>
      this.credit.history(store, customerId, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ id: last }) => [last]);
  }

  /** Gives or takes credit. */
  @Post('entries')
  @Requires('giftcards.edit')
  @Answers(201, storeCredit)
  adjust(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
    @Body({ schema: storeCreditInput }) change: z.output<typeof storeCreditInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    return this.db.write(storeId, (store) => this.credit.adjust(store, customerId, change, key), {
      actor,
    });
  }
}
