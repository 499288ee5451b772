import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Requires } from '@platform/http';
import { webhookTopicList } from '../contract';
import { webhookTopics } from '../webhooks/webhook-topics';

/** What webhooks can be asked for. */
@ApiTags('webhooks')
@Controller('stores/:storeId/webhook-topics')
export class WebhookTopicsController {
  @Get()
  @Requires('settings.view')
  @Answers(200, webhookTopicList)
  list() {
    const items = Object.entries(webhookTopics).map(([topic, about]) => ({ topic, about }));
    return { items, nextCursor: null };
  }
}
