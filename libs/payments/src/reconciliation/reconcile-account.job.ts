import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "Hold this account's own list against ours." */
export const ReconcileAccount = defineJob('payments.reconcile-account', {
  version: 1,
  queue: 'steady',
  payload: z.object({ accountId: z.uuid() }),
});
