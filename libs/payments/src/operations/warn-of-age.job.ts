import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Warns that what is authorized of a payment can soon not be captured any more. */
export const WarnOfAge = defineJob('payments.warn-of-age', {
  version: 1,
  queue: 'steady',
  payload: z.object({ paymentId: z.uuid() }),
});
