import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import {
  askedServiceSecretInput,
  taxService,
  taxServiceInput,
  taxServiceList,
  taxServicePatch,
  taxServiceWithSecret,
} from '../contract';
import { TaxServices } from '../taxes/tax-services/tax-services.service';

const id = z.uuid();

/** Services that are asked at the checkout which taxes are levied. */
@ApiTags('taxes')
@Controller('stores/:storeId/tax-services')
export class TaxServicesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(TaxServices) private readonly services: TaxServices,
  ) {}

  @Get()
  @Requires('settings.view')
  @Answers(200, taxServiceList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.services.list(store));
    return { items, nextCursor: null };
  }

  /** Adds a service; the secret is in this answer and in no other. */
  @Post()
  @Requires('settings.edit')
  @Answers(201, taxServiceWithSecret)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: taxServiceInput }) input: z.output<typeof taxServiceInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.services.create(store, input), { actor });
  }

  /** A service and how it goes. */
  @Get(':taxServiceId')
  @Requires('settings.view')
  @Answers(200, taxService)
  async get(
    @Param('storeId') storeId: string,
    @Param('taxServiceId', { schema: id }) serviceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.services.get(store, serviceId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':taxServiceId')
  @Requires('settings.edit')
  @Answers(200, taxService)
  update(
    @Param('storeId') storeId: string,
    @Param('taxServiceId', { schema: id }) serviceId: string,
    @Body({ schema: taxServicePatch }) { version, ...patch }: z.output<typeof taxServicePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(storeId, (store) => this.services.update(store, serviceId, patch, seen), {
      actor,
    });
  }

  @Delete(':taxServiceId')
  @Requires('settings.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('taxServiceId', { schema: id }) serviceId: string,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(storeId, (store) => this.services.delete(store, serviceId, { ifMatch }), {
      actor,
    });
  }

  /** A new secret; the one before it signs as well for a while. */
  @Post(':taxServiceId/secret')
  @Requires('settings.edit')
  @Answers(200, taxServiceWithSecret)
  rotate(
    @Param('storeId') storeId: string,
    @Param('taxServiceId', { schema: id }) serviceId: string,
    @Body({ schema: askedServiceSecretInput })
    { overlapHours }: z.output<typeof askedServiceSecretInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      (store) => this.services.rotateSecret(store, serviceId, overlapHours),
      { actor },
    );
  }
}
