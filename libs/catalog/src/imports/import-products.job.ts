import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Asks for the work of one import; it may be asked again and goes on where it stopped. */
export const importProducts = defineJob('catalog.import-products', {
  version: 1,
  queue: 'heavy',
  payload: z.object({ importId: z.uuid() }),
});
