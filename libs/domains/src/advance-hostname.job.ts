import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/**
 * "Look at this hostname now": what is to be done stands in the database, never in the job, so that a lost or doubled
 * job does no harm.
 */
export const AdvanceHostname = defineJob('domains.advance-hostname', {
  version: 1,
  queue: 'swift',
  payload: z.object({ hostnameId: z.uuid() }),
});
