import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Wants a capture once more that the provider refused. */
export const RetryCapture = defineJob('orders.retry-capture', {
  version: 1,
  queue: 'steady',
  payload: z.object({ orderId: z.uuid(), attempt: z.int() }),
});
