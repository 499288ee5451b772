import { z } from 'zod';

/** Numbers of a store that two looks, a minute apart, found not to follow from its rows. */
export const storeFault = z
  .object({
    area: z.enum(['stock', 'orders', 'payments', 'discounts']),
    /** Such as `reserved`, `money`, `discount-uses`. */
    kind: z.string(),
    /** What it is about: ids separated by spaces, or the name of a series of numbers. */
    subject: z.string(),
    found: z.string(),
    expected: z.string(),
    /** Whether the operator's repair puts it right. */
    mendable: z.boolean(),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    confirmedAt: z.iso.datetime(),
    /** When a look did not find it any more; null while it is there. */
    clearedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'StoreFault' });

export const storeFaultList = z
  .object({ items: z.array(storeFault), nextCursor: z.string().nullable() })
  .meta({ id: 'StoreFaultList' });
