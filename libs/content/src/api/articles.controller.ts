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
import { article, articleInput, articleList, articlePatch, articleWritten } from '../contract';
import { Articles } from '../articles.service';
import { articleView } from './views';

const id = z.uuid();

/** The articles of a store's blogs. */
@ApiTags('content')
@Controller('stores/:storeId/blogs/:blogId/articles')
export class ArticlesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Articles) private readonly articles: Articles,
  ) {}

  @Get()
  @Requires('content.view')
  @Answers(200, articleList)
  async list(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.articles.list(store, blogId, { limit: limit + 1, after }),
    );
    return toPage(rows.map(articleView), limit, ({ id: last }) => [last]);
  }

  @Post()
  @Requires('content.edit')
  @Answers(201, articleWritten)
  create(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @Body({ schema: articleInput }) input: z.output<typeof articleInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db
      .write(storeId, (store) => this.articles.create(store, blogId, input), { actor })
      .then(articleView);
  }

  @Get(':articleId')
  @Requires('content.view')
  @Answers(200, article)
  async get(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @Param('articleId', { schema: id }) articleId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) =>
      this.articles.get(store, blogId, articleId),
    );
    void reply.header('etag', versionTag(found.version));
    return articleView(found);
  }

  @Patch(':articleId')
  @Requires('content.edit')
  @Answers(200, articleWritten)
  update(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @Param('articleId', { schema: id }) articleId: string,
    @Body({ schema: articlePatch })
    { version, ...patch }: z.output<typeof articlePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db
      .write(storeId, (store) => this.articles.update(store, { blogId, articleId }, patch, seen), {
        actor,
      })
      .then(articleView);
  }

  @Delete(':articleId')
  @Requires('content.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @Param('articleId', { schema: id }) articleId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.articles.delete(store, { blogId, articleId }), {
      actor,
    });
  }
}
