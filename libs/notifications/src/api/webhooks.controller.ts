import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import {
  webhook,
  webhookDeliveryDetail,
  webhookInput,
  webhookList,
  webhookPatch,
  webhookSecretInput,
  webhookWithSecret,
} from '../contract';
import { notificationsErrors } from '../notifications.errors';
import { WebhookLog } from '../webhooks/webhook-log.service';
import { WebhookRecorder } from '../webhooks/webhook-recorder.service';
import { Webhooks } from '../webhooks/webhooks.service';

const id = z.uuid();

/** Who is told of what happens in a store. Whoever may add one may read all that it is told. */
@ApiTags('webhooks')
@Controller('stores/:storeId/webhooks')
export class WebhooksController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(WebhookLog) private readonly log: WebhookLog,
  ) {}

  @Get()
  @Requires('tokens.manage')
  @Answers(200, webhookList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.webhooks.list(store));
    return { items, nextCursor: null };
  }

  @Post()
  @Requires('tokens.manage')
  @Answers(201, webhookWithSecret)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: webhookInput }) input: z.output<typeof webhookInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.webhooks.create(store, input), { actor });
  }

  @Get(':webhookId')
  @Requires('tokens.manage')
  @Answers(200, webhook)
  async get(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.webhooks.get(store, webhookId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':webhookId')
  @Requires('tokens.manage')
  @Answers(200, webhook)
  update(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @Body({ schema: webhookPatch }) patch: z.output<typeof webhookPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.webhooks.update(store, webhookId, patch, ifMatch),
      { actor },
    );
  }

  @Delete(':webhookId')
  @Requires('tokens.manage')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(storeId, (store) => this.webhooks.delete(store, webhookId, { ifMatch }), {
      actor,
    });
  }

  /** A new secret; the one before it signs as well for a while. */
  @Post(':webhookId/secret')
  @Requires('tokens.manage')
  @Answers(200, webhookWithSecret)
  rotate(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @Body({ schema: webhookSecretInput })
    { overlapHours }: z.output<typeof webhookSecretInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      (store) => this.webhooks.rotateSecret(store, webhookId, overlapHours),
      { actor },
    );
  }

  /** Sends the topic `ping`, the way everything is sent. */
  @Post(':webhookId/deliveries')
  @Requires('tokens.manage')
  @Answers(201, webhookDeliveryDetail)
  ping(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        const { state } = await this.webhooks.get(store, webhookId);
        if (state === 'paused') throw notificationsErrors.error('webhook-paused');
        const deliveryId = await this.recorder.tell(store, webhookId, {
          topic: 'ping',
          resourceId: webhookId,
          payload: { webhookId },
          test: true,
        });
        return this.log.get(store, webhookId, deliveryId);
      },
      { actor },
    );
  }
}
