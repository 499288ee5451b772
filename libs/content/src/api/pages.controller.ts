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
import { page, pageInput, pageList, pagePatch, pageWritten } from '../contract';
import { Pages } from '../pages.service';
import { pageView } from './views';

const id = z.uuid();

/** A store's pages. */
@ApiTags('content')
@Controller('stores/:storeId/pages')
export class PagesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @Requires('content.view')
  @Answers(200, pageList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.pages.list(store, { limit: limit + 1, after }),
    );
    return toPage(rows.map(pageView), limit, ({ id: last }) => [last]);
  }

  @Post()
  @Requires('content.edit')
  @Answers(201, pageWritten)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: pageInput }) input: z.output<typeof pageInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db
      .write(storeId, (store) => this.pages.create(store, input), { actor })
      .then(pageView);
  }

  @Get(':pageId')
  @Requires('content.view')
  @Answers(200, page)
  async get(
    @Param('storeId') storeId: string,
    @Param('pageId', { schema: id }) pageId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.pages.get(store, pageId));
    void reply.header('etag', versionTag(found.version));
    return pageView(found);
  }

  @Patch(':pageId')
  @Requires('content.edit')
  @Answers(200, pageWritten)
  update(
    @Param('storeId') storeId: string,
    @Param('pageId', { schema: id }) pageId: string,
    @Body({ schema: pagePatch }) { version, ...patch }: z.output<typeof pagePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db
      .write(storeId, (store) => this.pages.update(store, pageId, patch, seen), { actor })
      .then(pageView);
  }

  @Delete(':pageId')
  @Requires('content.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('pageId', { schema: id }) pageId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.pages.delete(store, pageId), { actor });
  }
}
