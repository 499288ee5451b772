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
import { metaobject, metaobjectInput, metaobjectList, metaobjectPatch } from '../contract';
import { Metaobjects } from '../metaobjects/metaobjects.service';

const id = z.uuid();
const listQuery = pageQuery.extend({ type: z.string().max(64).optional() });

/** Records of kinds that a merchant defined. */
@ApiTags('content')
@Controller('stores/:storeId/metaobjects')
export class MetaobjectsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Metaobjects) private readonly metaobjects: Metaobjects,
  ) {}

  @Get()
  @Requires('content.view')
  @Answers(200, metaobjectList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: listQuery }) { limit, cursor, type }: z.output<typeof listQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.metaobjects.list(store, { type: type ?? null, limit: limit + 1, after }),
    );
    return toPage(rows, limit, ({ id: last }) => [last]);
  }

  @Post()
  @Requires('content.edit')
  @Answers(201, metaobject)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: metaobjectInput }) input: z.output<typeof metaobjectInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.metaobjects.create(store, input), { actor });
  }

  @Get(':metaobjectId')
  @Requires('content.view')
  @Answers(200, metaobject)
  async get(
    @Param('storeId') storeId: string,
    @Param('metaobjectId', { schema: id }) metaobjectId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.metaobjects.get(store, metaobjectId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':metaobjectId')
  @Requires('content.edit')
  @Answers(200, metaobject)
  update(
    @Param('storeId') storeId: string,
    @Param('metaobjectId', { schema: id }) metaobjectId: string,
    @Body({ schema: metaobjectPatch }) { version, ...patch }: z.output<typeof metaobjectPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(
      storeId,
      (store) => this.metaobjects.update(store, metaobjectId, patch, seen),
      { actor },
    );
  }

  @Delete(':metaobjectId')
  @Requires('content.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('metaobjectId', { schema: id }) metaobjectId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.metaobjects.delete(store, metaobjectId), {
      actor,
    });
  }
}
