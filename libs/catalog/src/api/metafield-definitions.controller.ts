import { Body, Controller, Delete, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires } from '@platform/http';
import {
  metafieldDefinition,
  metafieldDefinitionInput,
  metafieldDefinitionList,
  metafieldDefinitionPatch,
} from '../contract';
import { MetafieldDefinitions } from '../metafields/metafield-definitions.service';

const id = z.uuid();

/** A store's definitions of metafields. */
@ApiTags('catalog')
@Controller('stores/:storeId/metafield-definitions')
export class MetafieldDefinitionsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(MetafieldDefinitions) private readonly definitions: MetafieldDefinitions,
  ) {}

  @Get()
  @Requires('products.view')
  @Answers(200, metafieldDefinitionList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.definitions.list(store));
    return { items, nextCursor: null };
  }

  @Post()
  @Requires('products.edit')
  @Answers(201, metafieldDefinition)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: metafieldDefinitionInput }) input: z.output<typeof metafieldDefinitionInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.definitions.create(store, input), { actor });
  }

  @Patch(':definitionId')
  @Requires('products.edit')
  @Answers(200, metafieldDefinition)
  update(
    @Param('storeId') storeId: string,
    @Param('definitionId', { schema: id }) definitionId: string,
    @Body({ schema: metafieldDefinitionPatch })
    { version, ...patch }: z.output<typeof metafieldDefinitionPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.definitions.update(store, definitionId, patch, { ifMatch, version }),
      { actor },
    );
  }

  @Delete(':definitionId')
  @Requires('products.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('definitionId', { schema: id }) definitionId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.definitions.delete(store, definitionId), {
      actor,
    });
  }
}
