import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "Ask again for this order's VAT number": whether that is due stands in the database. */
export const RecheckVatNumber = defineJob('checkout.recheck-vat-number', {
  version: 1,
  queue: 'steady',
  payload: z.object({ orderId: z.uuid() }),
});
