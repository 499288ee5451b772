import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/**
 * "Look at this operation now": what is wanted stands in the database, never in the job, so that a lost or doubled job
 * does no harm.
 */
export const RunOperation = defineJob('payments.run-operation', {
  version: 1,
  queue: 'swift',
  payload: z.object({ operationId: z.uuid() }),
});
