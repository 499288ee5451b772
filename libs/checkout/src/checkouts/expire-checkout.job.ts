import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "Look at this checkout now, its time is over": what is to be done stands in the database. */
export const ExpireCheckout = defineJob('checkout.expire-checkout', {
  version: 1,
  queue: 'swift',
  payload: z.object({ checkoutId: z.uuid() }),
});
