import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import {
  askedServiceSecretInput,
  rateService,
  rateServiceInput,
  rateServiceList,
  rateServicePatch,
  rateServiceWithSecret,
} from '../contract';
import { RateServices } from '../shipping/rate-services/rate-services.service';

const id = z.uuid();

/** Services that are asked at the checkout what sending costs. */
@ApiTags('shipping')
@Controller('stores/:storeId/rate-services')
export class RateServicesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(RateServices) private readonly services: RateServices,
  ) {}

  @Get()
  @Requires('settings.view')
  @Answers(200, rateServiceList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.services.list(store));
    return { items, nextCursor: null };
  }

  /** Adds a service; the secret is in this answer and in no other. */
  @Post()
  @Requires('settings.edit')
  @Answers(201, rateServiceWithSecret)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: rateServiceInput }) input: z.output<typeof rateServiceInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.services.create(store, input), { actor });
  }

  /** A service and how it goes. */
  @Get(':serviceId')
  @Requires('settings.view')
  @Answers(200, rateService)
  async get(
    @Param('storeId') storeId: string,
    @Param('serviceId', { schema: id }) serviceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.services.get(store, serviceId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':serviceId')
  @Requires('settings.edit')
  @Answers(200, rateService)
  update(
    @Param('storeId') storeId: string,
    @Param('serviceId', { schema: id }) serviceId: string,
    @Body({ schema: rateServicePatch }) { version, ...patch }: z.output<typeof rateServicePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(storeId, (store) => this.services.update(store, serviceId, patch, seen), {
      actor,
    });
  }

  @Delete(':serviceId')
  @Requires('settings.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('serviceId', { schema: id }) serviceId: string,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(storeId, (store) => this.services.delete(store, serviceId, { ifMatch }), {
      actor,
    });
  }

  /** A new secret; the one before it signs as well for a while. */
  @Post(':serviceId/secret')
  @Requires('settings.edit')
  @Answers(200, rateServiceWithSecret)
  rotate(
    @Param('storeId') storeId: string,
    @Param('serviceId', { schema: id }) serviceId: string,
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
