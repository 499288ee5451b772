import { z } from 'zod';
import { minor, refundWish, text, units, when } from './parts';

/** What is sent instead of units that come back. */
const replacement = z
  .object({
    variantId: z.uuid(),
    title: z.string(),
    /** `paid`: what was paid for what comes back; `listed`: the catalogue's; `agreed`: what staff said. */
    price: z.enum(['paid', 'listed', 'agreed']),
    /** What one costs, in minor units of the order's currency; null where it is what was paid. */
    unitMinor: minor.nullable(),
    /** Its line of the order, once it is exchanged. */
    lineId: z.uuid().nullable(),
  })
  .meta({ id: 'OrderReturnReplacement' });

export const orderReturn = z
  .object({
    id: z.uuid(),
    state: z.enum([
      'requested',
      'approved',
      'declined',
      'in_transit',
      'received',
      'refunded',
      'exchanged',
      'closed',
    ]),
    requestedBy: z.enum(['customer', 'staff', 'withdrawal']),
    note: z.string().nullable(),
    declineReason: z.string().nullable(),
    refundId: z.uuid().nullable(),
    /** The statement of withdrawal that it came of, and when the money must be back. */
    withdrawalId: z.uuid().nullable(),
    dueAt: when.nullable(),
    /** Until when the replacements are held; null while nothing is. */
    heldUntil: when.nullable(),
    createdAt: when,
    updatedAt: when,
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        quantity: z.int(),
        reason: z.string().nullable(),
        received: z.int(),
        damaged: z.int(),
        replacement: replacement.nullable(),
      }),
    ),
  })
  .meta({ id: 'OrderReturn' });

export const returnInput = z
  .object({
    lines: z
      .array(
        units.extend({
          reason: text(1000).nullable().optional(),
          /** A variant that is sent instead; its price is today's, or what was paid where both cost the same. */
          replacement: z
            .object({ variantId: z.uuid(), unitMinor: minor.min(0).optional() })
            .optional(),
        }),
      )
      .min(1)
      .max(500),
    note: text(5000).nullable().optional(),
  })
  .meta({ id: 'OrderReturnInput' });

export const returnPatch = z
  .object({
    state: z.enum(['approved', 'declined', 'closed']),
    declineReason: text(1000).optional(),
  })
  .meta({ id: 'OrderReturnPatch' });

export const returnReceivedInput = z
  .object({
    /** All that is in the return, undamaged, when left out. */
    lines: z
      .array(
        z.object({
          lineId: z.uuid(),
          received: z.int().min(0).max(1_000_000),
          damaged: z.int().min(0).max(1_000_000).default(0),
        }),
      )
      .min(1)
      .max(500)
      .optional(),
  })
  .meta({ id: 'OrderReturnReceivedInput' });

export const returnRefundInput = refundWish
  .omit({ lines: true, overpaid: true })
  .extend({ reason: text(1000).nullable().optional() })
  .meta({ id: 'OrderReturnRefundInput' });
