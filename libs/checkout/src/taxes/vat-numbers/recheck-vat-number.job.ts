import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "Ask again for the VAT number of this order, or of this open checkout": whether that is due stands in the database. */
export const RecheckVatNumber = defineJob('checkout.recheck-vat-number', {
  version: 1,
  queue: 'steady',
  payload: z.union([z.object({ orderId: z.uuid() }), z.object({ checkoutId: z.uuid() })]),
});
