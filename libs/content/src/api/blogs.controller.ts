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
import { blog, blogInput, blogList, blogPatch } from '../contract';
import { Blogs } from '../blogs.service';
import { blogView } from './views';

const id = z.uuid();

/** A store's blogs. */
@ApiTags('content')
@Controller('stores/:storeId/blogs')
export class BlogsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Blogs) private readonly blogs: Blogs,
  ) {}

  @Get()
  @Requires('content.view')
  @Answers(200, blogList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.blogs.list(store, { limit: limit + 1, after }),
    );
    return toPage(rows.map(blogView), limit, ({ id: last }) => [last]);
  }

  @Post()
  @Requires('content.edit')
  @Answers(201, blog)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: blogInput }) input: z.output<typeof blogInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db
      .write(storeId, (store) => this.blogs.create(store, input), { actor })
      .then(blogView);
  }

  @Get(':blogId')
  @Requires('content.view')
  @Answers(200, blog)
  async get(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.blogs.get(store, blogId));
    void reply.header('etag', versionTag(found.version));
    return blogView(found);
  }

  @Patch(':blogId')
  @Requires('content.edit')
  @Answers(200, blog)
  update(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @Body({ schema: blogPatch }) { version, ...patch }: z.output<typeof blogPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db
      .write(storeId, (store) => this.blogs.update(store, blogId, patch, seen), { actor })
      .then(blogView);
  }

  @Delete(':blogId')
  @Requires('content.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('blogId', { schema: id }) blogId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.blogs.delete(store, blogId), { actor });
  }
}
