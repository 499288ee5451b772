import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

/** A discount was made, changed or deleted. It stands in carts alone, which nobody keeps. */
export const DiscountChanged = defineEvent('checkout.discount-changed', {
  version: 1,
  payload: z.object({ discountId: z.uuid() }),
});
