import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Fetches an image if it has only an address, and makes its sizes. */
export const ProcessImage = defineJob('media.process-image', {
  version: 1,
  queue: 'heavy',
  payload: z.object({ imageId: z.uuid() }),
});
