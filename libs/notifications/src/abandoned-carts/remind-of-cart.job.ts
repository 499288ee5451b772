import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Reminds somebody of a cart that they left, if that is still right when it runs. */
export const RemindOfCart = defineJob('notifications.remind-of-cart', {
  version: 1,
  queue: 'steady',
  payload: z.object({ checkoutId: z.uuid() }),
});
