import { Body, Controller, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import {
  market,
  marketInput,
  marketList,
  marketPatch,
  marketRateList,
} from '../contract/markets.contract';
import { Markets } from '../pricing/markets.service';

const id = z.uuid();

/** Where a store sells in another currency than at home. */
@ApiTags('markets')
@Controller('stores/:storeId/markets')
export class MarketsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Markets) private readonly markets: Markets,
  ) {}

  @Get()
  @Requires('settings.view')
  @Answers(200, marketList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.markets.list(store));
    return { items, nextCursor: null };
  }

  @Post()
  @Requires('settings.edit')
  @Answers(201, market)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: marketInput }) input: z.output<typeof marketInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.markets.create(store, input), { actor });
  }

  @Get(':marketId')
  @Requires('settings.view')
  @Answers(200, market)
  async get(
    @Param('storeId') storeId: string,
    @Param('marketId', { schema: id }) marketId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.markets.get(store, marketId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':marketId')
  @Requires('settings.edit')
  @Answers(200, market)
  update(
    @Param('storeId') storeId: string,
    @Param('marketId', { schema: id }) marketId: string,
    @Body({ schema: marketPatch }) { version, ...patch }: z.output<typeof marketPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(storeId, (store) => this.markets.update(store, marketId, patch, seen), {
      actor,
    });
  }

  /** The rates that the market has had, the newest first. */
  @Get(':marketId/rates')
  @Requires('settings.view')
  @Answers(200, marketRateList)
  async rates(
    @Param('storeId') storeId: string,
    @Param('marketId', { schema: id }) marketId: string,
  ) {
    const items = await this.db.read(storeId, (store) => this.markets.rates(store, marketId));
    return { items, nextCursor: null };
  }
}
