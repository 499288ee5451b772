import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Cancels an order for which no money came in the time that the shopper had. */
export const CancelUnpaid = defineJob('orders.cancel-unpaid', {
  version: 1,
  queue: 'steady',
  payload: z.object({ orderId: z.uuid() }),
});
