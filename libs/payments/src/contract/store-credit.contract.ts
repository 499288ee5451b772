import { z } from 'zod';

export const storeCredit = z
  .object({
    id: z.uuid(),
    currency: z.string(),
    /** What can be spent, minor units: what a checkout holds is off already. */
    balanceMinor: z.int(),
  })
  .meta({ id: 'StoreCredit' });

export const storeCreditList = z
  .object({ items: z.array(storeCredit), nextCursor: z.string().nullable() })
  .meta({ id: 'StoreCreditList' });

export const storeCreditInput = z
  .object({
    /** Minor units; above 0 gives credit, below 0 takes it. */
    amountMinor: z
      .int()
      .min(-100_000_000)
      .max(100_000_000)
      .refine((amount) => amount !== 0, { message: 'Must not be 0.' }),
    currency: z.string().length(3),
    /** For whoever reads the history. */
    reason: z.string().trim().max(1000).optional(),
  })
  .meta({ id: 'StoreCreditInput' });

const entry = z.object({
  id: z.uuid(),
  /** `issue` came in, `adjust` was taken, `hold` is set aside for a checkout, `release` is back, `refund` of an order. */
  kind: z.enum(['issue', 'hold', 'release', 'refund', 'adjust']),
  /** Added to the balance, minor units. */
  amountMinor: z.int(),
  currency: z.string(),
  reason: z.string().nullable(),
  orderId: z.uuid().nullable(),
  at: z.iso.datetime(),
});

export const storeCreditHistory = z
  .object({ items: z.array(entry), nextCursor: z.string().nullable() })
  .meta({ id: 'StoreCreditHistory' });

export type StoreCreditView = z.infer<typeof storeCredit>;
export type StoreCreditEntry = z.infer<typeof entry>;
