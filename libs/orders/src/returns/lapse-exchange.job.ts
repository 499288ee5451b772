import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Lets go of the replacements of a return whose time is over. */
export const LapseExchange = defineJob('orders.lapse-exchange', {
  version: 1,
  queue: 'steady',
  payload: z.object({ orderId: z.uuid(), returnId: z.uuid() }),
});
