import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, pageQuery } from '@platform/http';
import {
  priceSchedule,
  priceScheduleInput,
  priceScheduleList,
  priceSchedulePatch,
  scheduleState,
} from '../contract/price-schedules.contract';
import { PriceSchedules } from '../pricing/schedules/price-schedules.service';
import { cursorIds } from './cursor-ids';

const id = z.uuid();
const priceScheduleQuery = pageQuery.extend({ state: scheduleState.optional() });

/** Prices that begin and end by themselves. */
@ApiTags('catalog')
@Controller('stores/:storeId/price-schedules')
export class PriceSchedulesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(PriceSchedules) private readonly schedules: PriceSchedules,
  ) {}

  @Get()
  @Requires('products.view')
  @Answers(200, priceScheduleList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: priceScheduleQuery })
    { limit, cursor, state }: z.output<typeof priceScheduleQuery>,
  ) {
    const [before = null] = cursorIds(cursor, 1);
    const page = { state, limit: limit + 1, before };
    const rows = await this.db.read(storeId, (store) => this.schedules.list(store, page));
    return toPage(rows.map(timesOf), limit, (row) => [row.id]);
  }

  @Post()
  @Requires('products.edit')
  @Answers(201, priceSchedule)
  async create(
    @Param('storeId') storeId: string,
    @Body({ schema: priceScheduleInput }) input: z.output<typeof priceScheduleInput>,
    @CurrentActor() actor: Actor,
  ) {
    const create = (store: Parameters<PriceSchedules['create']>[0]) =>
      this.schedules.create(store, input);
    return this.show(storeId, await this.db.write(storeId, create, { actor }));
  }

  @Get(':scheduleId')
  @Requires('products.view')
  @Answers(200, priceSchedule)
  get(@Param('storeId') storeId: string, @Param('scheduleId', { schema: id }) scheduleId: string) {
    return this.show(storeId, scheduleId);
  }

  /** Plans it anew; only while it has not begun. */
  @Patch(':scheduleId')
  @Requires('products.edit')
  @Answers(200, priceSchedule)
  async change(
    @Param('storeId') storeId: string,
    @Param('scheduleId', { schema: id }) scheduleId: string,
    @Body({ schema: priceSchedulePatch })
    { version, ...patch }: z.output<typeof priceSchedulePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    const change = (store: Parameters<PriceSchedules['change']>[0]) =>
      this.schedules.change(store, scheduleId, patch, seen);
    await this.db.write(storeId, change, { actor });
    return this.show(storeId, scheduleId);
  }

  /** One that has not begun never does; one that runs ends now, and prices are what they were before. */
  @Post(':scheduleId/cancel')
  @HttpCode(200)
  @Requires('products.edit')
  @Answers(200, priceSchedule)
  async cancel(
    @Param('storeId') storeId: string,
    @Param('scheduleId', { schema: id }) scheduleId: string,
    @CurrentActor() actor: Actor,
  ) {
    const cancel = (store: Parameters<PriceSchedules['cancel']>[0]) =>
      this.schedules.cancel(store, scheduleId);
    await this.db.write(storeId, cancel, { actor });
    return this.show(storeId, scheduleId);
  }

  private async show(storeId: string, scheduleId: string) {
    return timesOf(await this.db.read(storeId, (store) => this.schedules.get(store, scheduleId)));
  }
}

function timesOf<
  Row extends { startsAt: Date; endsAt: Date; beganAt: Date | null; overAt: Date | null },
>(row: Row) {
  return {
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    beganAt: row.beganAt?.toISOString() ?? null,
    overAt: row.overAt?.toISOString() ?? null,
  };
}
