import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "This store has carts or checkouts that are over for long": which ones stands in the database. */
export const TidyCarts = defineJob('checkout.tidy-carts', {
  version: 1,
  queue: 'steady',
  payload: z.object({}),
});
