import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** "Scheduled prices of this store begin or end now": which ones stands in the database. */
export const RunPriceSchedules = defineJob('catalog.run-price-schedules', {
  version: 1,
  queue: 'swift',
  payload: z.object({}),
});
