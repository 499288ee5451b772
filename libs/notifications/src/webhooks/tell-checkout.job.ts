import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Tells receivers of a checkout as it is when this runs: one telling for all that changed until then. */
export const TellCheckout = defineJob('notifications.tell-checkout', {
  version: 1,
  queue: 'steady',
  payload: z.object({ checkoutId: z.uuid() }),
});
