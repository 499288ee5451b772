import { z } from 'zod';
import { minor, restock, when } from './parts';

export const refund = z
  .object({
    id: z.uuid(),
    state: z.enum(['pending', 'succeeded', 'failed']),
    /** Of what was sold, or of what was paid beyond what is due. */
    kind: z.enum(['goods', 'overpaid', 'exchange']),
    amountMinor: minor,
    taxMinor: minor,
    freeMinor: minor,
    reason: z.string().nullable(),
    /** In the store's own currency, where the order is in another one. */
    exchange: z
      .object({
        /** Of the order: units of its currency for one of the store's. */
        rate: z.string(),
        /** What the amount was booked for when it was ordered. */
        bookedMinor: minor,
        /** Of the day of the refund, who set it, and since when or of which day it is. */
        dayRate: z.string(),
        daySource: z.string(),
        dayAt: z.string(),
        /** What giving it back costs at the rate of the day. */
        costsMinor: minor,
        /** Booked less costs: above 0 a gain, below a loss. */
        resultMinor: z.int(),
      })
      .nullable(),
    createdAt: when,
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        quantity: z.int(),
        amountMinor: minor,
        taxMinor: minor,
        restock,
      }),
    ),
    charges: z.array(z.object({ chargeId: z.uuid(), amountMinor: minor, taxMinor: minor })),
    tenders: z.array(
      z.object({
        kind: z.string(),
        id: z.string(),
        amountMinor: minor,
        state: z.string(),
        to: z.enum(['original', 'store_credit']),
      }),
    ),
  })
  .meta({ id: 'Refund' });
