import { Body, Controller, Get, Inject, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db, type StoreWriter } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, pageQuery, versionTag } from '@platform/http';
import { marketPriceList, marketPricesInput } from '../contract/market-prices.contract';
import {
  market,
  marketInput,
  marketList,
  marketPatch,
  marketRateList,
} from '../contract/markets.contract';
import { cursorIds } from './cursor-ids';
import { MarketPrices } from '../pricing/market-prices.service';
import { Markets } from '../pricing/markets.service';

const id = z.uuid();

/** Where a store sells in another currency than at home. */
@ApiTags('markets')
@Controller('stores/:storeId/markets')
export class MarketsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Markets) private readonly markets: Markets,
    @Inject(MarketPrices) private readonly prices: MarketPrices,
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

  /** Prices of the market's own, by variant. */
  @Get(':marketId/prices')
  @Requires('settings.view')
  @Answers(200, marketPriceList)
  async ownPrices(
    @Param('storeId') storeId: string,
    @Param('marketId', { schema: id }) marketId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const [after = null] = cursorIds(cursor, 1);
    const window = { limit: limit + 1, after };
    const rows = await this.db.read(storeId, (store) => this.prices.list(store, marketId, window));
    return toPage(rows, limit, (row) => [row.variantId]);
  }

  /** Sets prices and takes others away, all or none; what is not named stays. The first of them are shown. */
  @Put(':marketId/prices')
  @Requires('settings.edit')
  @Answers(200, marketPriceList)
  setPrices(
    @Param('storeId') storeId: string,
    @Param('marketId', { schema: id }) marketId: string,
    @Body({ schema: marketPricesInput }) input: z.output<typeof marketPricesInput>,
    @CurrentActor() actor: Actor,
  ) {
    const set = async (store: StoreWriter) => {
      await this.prices.set(store, marketId, input);
      const rows = await this.prices.list(store, marketId, { limit: 51, after: null });
      return toPage(rows, 50, (row) => [row.variantId]);
    };
    return this.db.write(storeId, set, { actor });
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
