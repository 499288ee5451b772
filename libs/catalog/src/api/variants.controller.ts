import { Body, Controller, Delete, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires } from '@platform/http';
import { variant, variantInput, variantList, variantPatch } from '../contract';
import { Variants } from '../variants.service';

const id = z.uuid();
const variantPath = z.object({ storeId: z.string(), productId: id, variantId: id });

/** The variants of a product. */
@ApiTags('catalog')
@Controller('stores/:storeId/products/:productId/variants')
export class VariantsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Variants) private readonly variants: Variants,
  ) {}

  @Get()
  @Requires('products.view')
  @Answers(200, variantList)
  async list(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
  ) {
    const items = await this.db.read(storeId, (store) => this.variants.list(store, productId));
    return { items, nextCursor: null };
  }

  @Post()
  @Requires('products.edit')
  @Answers(201, variant)
  add(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @Body({ schema: variantInput }) input: z.output<typeof variantInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.variants.add(store, productId, input), { actor });
  }

  @Get(':variantId')
  @Requires('products.view')
  @Answers(200, variant)
  get(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @Param('variantId', { schema: id }) variantId: string,
  ) {
    return this.db.read(storeId, (store) => this.variants.get(store, productId, variantId));
  }

  @Patch(':variantId')
  @Requires('products.edit')
  @Answers(200, variant)
  update(
    @Param({ schema: variantPath }) { storeId, ...path }: z.output<typeof variantPath>,
    @Body({ schema: variantPatch }) { version, ...input }: z.output<typeof variantPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.variants.update(store, path, input, { ifMatch, version }),
      { actor },
    );
  }

  @Delete(':variantId')
  @Requires('products.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @Param('variantId', { schema: id }) variantId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.variants.delete(store, productId, variantId), {
      actor,
    });
  }
}
