import { z } from 'zod';

export const orderSettingsInput = z.strictObject({
  cancelUnpaid: z.boolean(),
  holdDisputed: z.boolean(),
});

export const orderSettings = z
  .object({ cancelUnpaid: z.boolean(), holdDisputed: z.boolean() })
  .meta({ id: 'OrderSettings' });
