import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "This is the moment at which the discount begins or ends": pages that show it are stale, if it still is. */
export const TellDiscount = defineJob('checkout.tell-discount', {
  version: 1,
  queue: 'swift',
  payload: z.object({ discountId: z.uuid(), at: z.iso.datetime() }),
});
