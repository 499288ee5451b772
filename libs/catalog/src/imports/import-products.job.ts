import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/**
 * Asks for the work of one import; it may be asked again and goes on where it stopped. A merchant waits for it: it must
 * not stand behind the hundreds of pictures that the import before it has ordered, which are heavy work.
 */
export const importProducts = defineJob('catalog.import-products', {
  version: 1,
  queue: 'steady',
  payload: z.object({ importId: z.uuid() }),
});
