import { Body, Controller, Get, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import { productRecommendations, recommendationsInput } from '../contract';
import { ProductRecommendations } from '../recommendations/product-recommendations.service';

const id = z.uuid();

/** What is shown beside a product: what goes with it, and what may be bought instead. */
@ApiTags('catalog')
@Controller('stores/:storeId/products/:productId/recommendations')
export class ProductRecommendationsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ProductRecommendations) private readonly recommendations: ProductRecommendations,
  ) {}

  @Get()
  @Requires('products.view')
  @Answers(200, productRecommendations)
  async get(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) =>
      this.recommendations.get(store, productId),
    );
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  /** Sets the lists, whole and in their order; one that is left out stays. */
  @Put()
  @Requires('products.edit')
  @Answers(200, productRecommendations)
  set(
    @Param('storeId') storeId: string,
    @Param('productId', { schema: id }) productId: string,
    @Body({ schema: recommendationsInput }) input: z.output<typeof recommendationsInput>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.recommendations.set(store, productId, input, { ifMatch }),
      { actor },
    );
  }
}
