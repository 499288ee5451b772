import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Mails the gift cards of a line, whose day has come. */
export const SendGiftCards = defineJob('orders.send-gift-cards', {
  version: 1,
  queue: 'steady',
  payload: z.object({ orderId: z.uuid(), lineId: z.uuid() }),
});
