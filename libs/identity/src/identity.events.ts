import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

/** Somebody forgot a password; the mail's token is made when the mail is sent and is stored nowhere else. */
export const PasswordResetRequested = defineEvent('identity.password-reset-requested', {
  version: 1,
  payload: z.object({ userId: z.uuid() }),
});
