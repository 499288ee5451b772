import { z } from 'zod';

/** Whether shoppers are reminded of carts that they left. */
export const abandonedCartMail = z
  .object({ enabled: z.boolean(), delayHours: z.int(), version: z.int() })
  .meta({ id: 'AbandonedCartMail' });

export const abandonedCartMailInput = z
  .object({
    enabled: z.boolean(),
    /** How long a checkout must have been left alone. */
    delayHours: z.int().min(1).max(20).default(10),
  })
  .meta({ id: 'AbandonedCartMailInput' });
