import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, pageQuery, versionTag } from '@platform/http';
import {
  discount,
  discountCodeList,
  discountCodesAdded,
  discountCodesInput,
  discountInput,
  discountList,
  discountPatch,
} from '../contract';
import { codeKey } from '../discounts/discount-codes.queries';
import { DiscountCodes } from '../discounts/discount-codes.service';
import { Discounts } from '../discounts/discounts.service';

const id = z.uuid();

/** A store's discounts and their codes. */
@ApiTags('discounts')
@Controller('stores/:storeId/discounts')
export class DiscountsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Discounts) private readonly discounts: Discounts,
    @Inject(DiscountCodes) private readonly codes: DiscountCodes,
  ) {}

  @Get()
  @Requires('discounts.view')
  @Answers(200, discountList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.discounts.list(store, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ id: last }) => [last]);
  }

  @Post()
  @Requires('discounts.edit')
  @Answers(201, discount)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: discountInput }) input: z.output<typeof discountInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.discounts.create(store, input), { actor });
  }

  @Get(':discountId')
  @Requires('discounts.view')
  @Answers(200, discount)
  async get(
    @Param('storeId') storeId: string,
    @Param('discountId', { schema: id }) discountId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.discounts.get(store, discountId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':discountId')
  @Requires('discounts.edit')
  @Answers(200, discount)
  update(
    @Param('storeId') storeId: string,
    @Param('discountId', { schema: id }) discountId: string,
    @Body({ schema: discountPatch }) { version, ...patch }: z.output<typeof discountPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(
      storeId,
      (store) => this.discounts.update(store, discountId, patch, seen),
      {
        actor,
      },
    );
  }

  @Delete(':discountId')
  @Requires('discounts.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('discountId', { schema: id }) discountId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.discounts.delete(store, discountId), { actor });
  }

  @Get(':discountId/codes')
  @Requires('discounts.view')
  @Answers(200, discountCodeList)
  async listCodes(
    @Param('storeId') storeId: string,
    @Param('discountId', { schema: id }) discountId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.codes.list(store, discountId, { limit: limit + 1, after }),
    );
    return toPage(rows, limit, ({ code }) => [codeKey(code)]);
  }

  /** Adds the codes given, or makes up as many as asked. */
  @Post(':discountId/codes')
  @Requires('discounts.edit')
  @Answers(201, discountCodesAdded)
  addCodes(
    @Param('storeId') storeId: string,
    @Param('discountId', { schema: id }) discountId: string,
    @Body({ schema: discountCodesInput }) input: z.output<typeof discountCodesInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.codes.add(store, discountId, input), { actor });
  }

  @Delete(':discountId/codes/:code')
  @Requires('discounts.edit')
  @Answers(204)
  removeCode(
    @Param('storeId') storeId: string,
    @Param('discountId', { schema: id }) discountId: string,
    @Param('code') code: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.codes.remove(store, discountId, code), { actor });
  }
}
