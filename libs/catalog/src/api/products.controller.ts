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
import { toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, pageQuery, versionTag } from '@platform/http';
import {
  product,
  productFilter,
  productInput,
  productList,
  productPatch,
  productWritten,
} from '../contract';
import { Products } from '../products.service';
import { cursorIds } from './cursor-ids';

const id = z.uuid();
const listQuery = pageQuery.extend(productFilter.shape);

/** A store's products. */
@ApiTags('catalog')
@Controller('stores/:storeId/products')
export class ProductsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Products) private readonly products: Products,
  ) {}

  @Get()
  @Requires('products.view')
  @Answers(200, productList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: listQuery }) { limit, cursor, ...filter }: z.output<typeof listQuery>,
  ) {
    const [before = null] = cursorIds(cursor, 1);
    const rows = await this.db.read(storeId, (store) =>
      this.products.list(store, filter, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, (row) => [row.id]);
  }

  @Post()
  @Requires('products.edit')
  @Answers(201, productWritten)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: productInput }) input: z.output<typeof productInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.products.create(store, input), { actor });
  }

  @Get(':productId')
  @Requires('products.view')
  @Answers(200, product)
  async get(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.products.get(store, productId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':productId')
  @Requires('products.edit')
  @Answers(200, productWritten)
  update(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @Body({ schema: productPatch }) { version, ...patch }: z.output<typeof productPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.products.update(store, productId, patch, { ifMatch, version }),
      { actor },
    );
  }

  @Delete(':productId')
  @Requires('products.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(storeId, (store) => this.products.delete(store, productId, { ifMatch }), {
      actor,
    });
  }
}
