import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

/** A webhook's receiver failed for too long, or said that it is gone: nothing is sent to it until staff say so. */
export const WebhookPaused = defineEvent('notifications.webhook-paused', {
  version: 1,
  payload: z.object({ subscriptionId: z.uuid(), reason: z.enum(['failing', 'gone']) }),
});
