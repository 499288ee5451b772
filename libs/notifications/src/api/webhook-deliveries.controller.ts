import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires, pageQuery } from '@platform/http';
import {
  webhookDeliveryDetail,
  webhookDeliveryFilter,
  webhookDeliveryList,
  webhookReplay,
  webhookReplayInput,
} from '../contract';
import { WebhookLog } from '../webhooks/webhook-log.service';
import { Webhooks } from '../webhooks/webhooks.service';

const id = z.uuid();
const listQuery = pageQuery.extend(webhookDeliveryFilter.shape);

/** What was sent to a receiver in the last 30 days. */
@ApiTags('webhooks')
@Controller('stores/:storeId/webhooks/:webhookId')
export class WebhookDeliveriesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(WebhookLog) private readonly log: WebhookLog,
  ) {}

  @Get('deliveries')
  @Requires('tokens.manage')
  @Answers(200, webhookDeliveryList)
  async list(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @Query({ schema: listQuery }) { limit, cursor, ...filter }: z.output<typeof listQuery>,
  ) {
    const before = cursor === undefined ? null : Number(decodeCursor(cursor, 1)[0]);
    const rows = await this.db.read(storeId, async (store) => {
      await this.webhooks.get(store, webhookId);
      return this.log.list(store, webhookId, { ...filter, limit: limit + 1, before });
    });
    return toPage(rows, limit, ({ sequence }) => [sequence]);
  }

  @Get('deliveries/:deliveryId')
  @Requires('tokens.manage')
  @Answers(200, webhookDeliveryDetail)
  get(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @Param('deliveryId', { schema: id }) deliveryId: string,
  ) {
    return this.db.read(storeId, (store) => this.log.get(store, webhookId, deliveryId));
  }

  /** Sends one delivery again, with the event id that it had. */
  @Post('deliveries/:deliveryId/replay')
  @Requires('tokens.manage')
  @Answers(200, webhookDeliveryDetail)
  replayOne(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @Param('deliveryId', { schema: id }) deliveryId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        await this.log.replay(store, webhookId, { deliveryId });
        return this.log.get(store, webhookId, deliveryId);
      },
      { actor },
    );
  }

  /** Sends again what was sent in a range of numbers or of time. */
  @Post('replays')
  @Requires('tokens.manage')
  @Answers(200, webhookReplay)
  replay(
    @Param('storeId') storeId: string,
    @Param('webhookId', { schema: id }) webhookId: string,
    @Body({ schema: webhookReplayInput }) wish: z.output<typeof webhookReplayInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        await this.webhooks.get(store, webhookId);
        return { replayed: await this.log.replay(store, webhookId, wish) };
      },
      { actor },
    );
  }
}
