import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "Ask the provider about this payment." The clock asks for it again, so one that fails is not tried again. */
export const RefreshPayment = defineJob('payments.refresh-payment', {
  version: 1,
  queue: 'steady',
  attempts: 2,
  payload: z.object({ paymentId: z.uuid() }),
});
