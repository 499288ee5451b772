import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, pageQuery, versionTag } from '@platform/http';
import { Collections } from '../collections/collections.service';
import {
  collection,
  collectionInput,
  collectionList,
  collectionMembers,
  collectionPatch,
  collectionWritten,
} from '../contract';
import { cursorIds } from './cursor-ids';

const id = z.uuid();

/** A store's collections. */
@ApiTags('catalog')
@Controller('stores/:storeId/collections')
export class CollectionsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Collections) private readonly collections: Collections,
  ) {}

  @Get()
  @Requires('products.view')
  @Answers(200, collectionList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const [before = null] = cursorIds(cursor, 1);
    const rows = await this.db.read(storeId, (store) =>
      this.collections.list(store, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, (row) => [row.id]);
  }

  @Post()
  @Requires('products.edit')
  @Answers(201, collectionWritten)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: collectionInput }) input: z.output<typeof collectionInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.collections.create(store, input), { actor });
  }

  @Get(':collectionId')
  @Requires('products.view')
  @Answers(200, collection)
  async get(
    @Param('storeId') storeId: string,
    @Param('collectionId', { schema: id }) collectionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.collections.get(store, collectionId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':collectionId')
  @Requires('products.edit')
  @Answers(200, collectionWritten)
  update(
    @Param('storeId') storeId: string,
    @Param('collectionId', { schema: id }) collectionId: string,
    @Body({ schema: collectionPatch }) { version, ...patch }: z.output<typeof collectionPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.collections.update(store, collectionId, patch, { ifMatch, version }),
      { actor },
    );
  }

  @Delete(':collectionId')
  @Requires('products.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('collectionId', { schema: id }) collectionId: string,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.collections.delete(store, collectionId, { ifMatch }),
      { actor },
    );
  }

  /** Sets the members of a manual collection, in this order. */
  @Put(':collectionId/products')
  @Requires('products.edit')
  @Answers(200, collection)
  setProducts(
    @Param('storeId') storeId: string,
    @Param('collectionId', { schema: id }) collectionId: string,
    @Body({ schema: collectionMembers }) members: z.output<typeof collectionMembers>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const { productIds, version } = members;
    const seen = { ifMatch, version };
    return this.db.write(
      storeId,
      (store) => this.collections.setProducts(store, collectionId, productIds, seen),
      { actor },
    );
  }
}
