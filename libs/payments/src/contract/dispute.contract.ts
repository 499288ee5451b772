import { z } from 'zod';

export const dispute = z
  .object({
    id: z.string(),
    paymentId: z.uuid(),
    orderId: z.uuid().nullable(),
    provider: z.string(),
    status: z.enum(['warning', 'open', 'under_review', 'won', 'lost']),
    /** Minor units. */
    amountMinor: z.int(),
    currency: z.string(),
    /** In the provider's words. */
    reason: z.string().nullable(),
    /** Until when the provider takes evidence. */
    evidenceDueAt: z.iso.datetime().nullable(),
    openedAt: z.iso.datetime(),
  })
  .meta({ id: 'Dispute' });

export const disputeList = z
  .object({ items: z.array(dispute), nextCursor: z.string().nullable() })
  .meta({ id: 'DisputeList' });

export type DisputeView = z.infer<typeof dispute>;
