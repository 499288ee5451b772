import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Sends what is due to one receiver. The deliveries' rows are the truth; this only says that it is worth a look. */
export const DeliverWebhooks = defineJob('notifications.deliver-webhooks', {
  version: 1,
  queue: 'steady',
  payload: z.object({ subscriptionId: z.uuid() }),
});
