import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import {
  metaobjectDefinition,
  metaobjectDefinitionInput,
  metaobjectDefinitionList,
  metaobjectDefinitionPatch,
} from '../contract';
import { MetaobjectDefinitions } from '../metaobjects/metaobject-definitions.service';

const id = z.uuid();

/** The kinds of records that a merchant keeps. */
@ApiTags('content')
@Controller('stores/:storeId/metaobject-definitions')
export class MetaobjectDefinitionsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(MetaobjectDefinitions) private readonly definitions: MetaobjectDefinitions,
  ) {}

  @Get()
  @Requires('content.view')
  @Answers(200, metaobjectDefinitionList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.definitions.list(store));
    return { items, nextCursor: null };
  }

  @Post()
  @Requires('content.edit')
  @Answers(201, metaobjectDefinition)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: metaobjectDefinitionInput }) input: z.output<typeof metaobjectDefinitionInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.definitions.create(store, input), { actor });
  }

  @Get(':metaobjectDefinitionId')
  @Requires('content.view')
  @Answers(200, metaobjectDefinition)
  async get(
    @Param('storeId') storeId: string,
    @Param('metaobjectDefinitionId', { schema: id }) definitionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.definitions.get(store, definitionId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':metaobjectDefinitionId')
  @Requires('content.edit')
  @Answers(200, metaobjectDefinition)
  update(
    @Param('storeId') storeId: string,
    @Param('metaobjectDefinitionId', { schema: id }) definitionId: string,
    @Body({ schema: metaobjectDefinitionPatch })
    { version, ...patch }: z.output<typeof metaobjectDefinitionPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(
      storeId,
      (store) => this.definitions.update(store, definitionId, patch, seen),
      { actor },
    );
  }

  @Delete(':metaobjectDefinitionId')
  @Requires('content.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('metaobjectDefinitionId', { schema: id }) definitionId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.definitions.delete(store, definitionId), {
      actor,
    });
  }
}
