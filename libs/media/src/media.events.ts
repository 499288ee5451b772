import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

const payload = z.object({ imageId: z.uuid() });

/** An image can be shown; whoever shows it says what that makes stale. */
export const ImageReady = defineEvent('media.image-ready', { version: 1, payload });

/** An image will not come: its address is wrong, or it is no image. */
export const ImageFailed = defineEvent('media.image-failed', {
  version: 1,
  payload: payload.extend({ code: z.string(), message: z.string() }),
});
