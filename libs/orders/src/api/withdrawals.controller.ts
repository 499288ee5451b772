import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db, type StoreWriter } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import {
  withdrawal,
  withdrawalList,
  withdrawalMatchInput,
  withdrawalQuery,
  withdrawalRejectionInput,
} from '../contract';
import { Withdrawals } from '../withdrawals/withdrawals.service';

const id = z.uuid();

/** Statements of withdrawal, and how the store answers them. */
@ApiTags('orders')
@Controller('stores/:storeId/withdrawals')
export class WithdrawalsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
  ) {}

  @Get()
  @Requires('orders.view')
  @Answers(200, withdrawalList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: withdrawalQuery })
    { limit, cursor, ...filter }: z.output<typeof withdrawalQuery>,
  ) {
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.withdrawals.list(store, filter, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ id: last }) => [last]);
  }

  @Get(':withdrawalId')
  @Requires('orders.view')
  @Answers(200, withdrawal)
  get(
    @Param('storeId') storeId: string,
    @Param('withdrawalId', { schema: id }) withdrawalId: string,
  ) {
    return this.db.read(storeId, (store) => this.withdrawals.get(store, withdrawalId));
  }

  /** Says which order and which units are meant; then the order is cancelled, refunded or may come back. */
  @Post(':withdrawalId/match')
  @Requires('orders.edit')
  @Answers(200, withdrawal)
  match(
    @Param('storeId') storeId: string,
    @Param('withdrawalId', { schema: id }) withdrawalId: string,
    @Body({ schema: withdrawalMatchInput }) wish: z.output<typeof withdrawalMatchInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    return this.change(storeId, { withdrawalId, actor }, async (store) => {
      await this.withdrawals.match(store, withdrawalId, wish.orderId);
      await this.withdrawals.answer(store, withdrawalId, wish.lines);
    });
  }

  /** Answers that the withdrawal has no effect; the consumer is mailed the reason. */
  @Post(':withdrawalId/reject')
  @Requires('orders.edit')
  @Answers(200, withdrawal)
  reject(
    @Param('storeId') storeId: string,
    @Param('withdrawalId', { schema: id }) withdrawalId: string,
    @Body({ schema: withdrawalRejectionInput }) input: z.output<typeof withdrawalRejectionInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.change(storeId, { withdrawalId, actor }, (store) =>
      this.withdrawals.reject(store, withdrawalId, input.reason),
    );
  }

  /** Notes that the withdrawal is settled. */
  @Post(':withdrawalId/complete')
  @Requires('orders.edit')
  @Answers(200, withdrawal)
  complete(
    @Param('storeId') storeId: string,
    @Param('withdrawalId', { schema: id }) withdrawalId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.change(storeId, { withdrawalId, actor }, (store) =>
      this.withdrawals.complete(store, withdrawalId),
    );
  }

  private async change(
    storeId: string,
    { withdrawalId, actor }: { withdrawalId: string; actor: Actor },
    work: (store: StoreWriter) => Promise<unknown>,
  ) {
    await this.db.write(storeId, work, { actor });
    return this.db.read(storeId, (store) => this.withdrawals.get(store, withdrawalId));
  }
}
