import { z } from 'zod';
import { defineEvent, tag } from '@platform/outbox';

/** A discount was made, changed or deleted: it stands in carts, which nobody keeps, and where a theme's setting names it. */
export const DiscountChanged = defineEvent('checkout.discount-changed', {
  version: 1,
  payload: z.object({ discountId: z.uuid() }),
  makesStale: ({ discountId }) => [tag('discount', discountId)],
});
