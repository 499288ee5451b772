import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db, type StoreWriter } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires, pageQuery } from '@platform/http';
import {
  transfer,
  transferFilter,
  transferInput,
  transferList,
  transferReceipt,
} from '../contract';
import { Transfers } from '../stock/transfers.service';
import { cursorIds } from './cursor-ids';

const listQuery = pageQuery.extend(transferFilter.shape);
const transferPath = z.object({ storeId: z.string(), transferId: z.uuid() });
type TransferPath = z.output<typeof transferPath>;

/** Stock on its way between a store's locations. */
@ApiTags('catalog')
@Controller('stores/:storeId/transfers')
export class TransfersController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Transfers) private readonly transfers: Transfers,
  ) {}

  @Get()
  @Requires('inventory.view')
  @Answers(200, transferList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: listQuery }) { limit, cursor, state }: z.output<typeof listQuery>,
  ) {
    const [before = null] = cursorIds(cursor, 1);
    const page = { state, before, limit: limit + 1 };
    const rows = await this.db.read(storeId, (store) => this.transfers.list(store, page));
    return toPage(rows, limit, ({ id }) => [id]);
  }

  @Get(':transferId')
  @Requires('inventory.view')
  @Answers(200, transfer)
  get(@Param({ schema: transferPath }) { storeId, transferId }: TransferPath) {
    return this.db.read(storeId, (store) => this.transfers.get(store, transferId));
  }

  /** Announces units: they are incoming at the second location. */
  @Post()
  @Requires('inventory.edit')
  @Answers(201, transfer)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: transferInput }) input: z.output<typeof transferInput>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    return this.db.write(storeId, (store) => this.transfers.create(store, input), { actor });
  }

  /** The units leave the first location. */
  @Post(':transferId/ship')
  @HttpCode(200)
  @Requires('inventory.edit')
  @Answers(200, transfer)
  ship(
    @Param({ schema: transferPath }) path: TransferPath,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    return this.write(path, actor, (store, id) => this.transfers.ship(store, id));
  }

  /** Units have come to the second location, or are rejected there; in as many parts as they come. */
  @Post(':transferId/receive')
  @HttpCode(200)
  @Requires('inventory.edit')
  @Answers(200, transfer)
  receive(
    @Param({ schema: transferPath }) path: TransferPath,
    @Body({ schema: transferReceipt }) receipt: z.output<typeof transferReceipt>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    return this.write(path, actor, (store, id) => this.transfers.receive(store, id, receipt));
  }

  /** What has not come will not. */
  @Post(':transferId/cancel')
  @HttpCode(200)
  @Requires('inventory.edit')
  @Answers(200, transfer)
  cancel(
    @Param({ schema: transferPath }) path: TransferPath,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    return this.write(path, actor, (store, id) => this.transfers.cancel(store, id));
  }

  private write<T>(
    { storeId, transferId }: TransferPath,
    actor: Actor,
    work: (store: StoreWriter, id: string) => Promise<T>,
  ): Promise<T> {
    return this.db.write(storeId, (store) => work(store, transferId), { actor });
  }
}
