import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "Compare this store's sums with its rows": since when stands in the database. */
export const CheckStore = defineJob('checkout.check-store', {
  version: 1,
  queue: 'steady',
  payload: z.object({}),
});
