import { z } from 'zod';
import { text, units, when } from './parts';

const status = z.enum(['received', 'matched', 'unmatched', 'rejected', 'completed']);

/** A statement of withdrawal with what became of it. */
export const withdrawal = z
  .object({
    id: z.uuid(),
    name: z.string(),
    status,
    /** What the platform did by itself; `staff` where they have to answer; null until it was looked at. */
    answer: z.enum(['cancelled', 'return', 'refunded', 'staff']).nullable(),
    /** Declared after the period, as far as the deliveries are known. */
    late: z.boolean(),
    rejection: z.string().nullable(),
    orderId: z.uuid().nullable(),
    orderName: z.string().nullable(),
    returnId: z.uuid().nullable(),
    statedName: z.string(),
    statedReference: z.string(),
    statedGoods: z.string().nullable(),
    email: z.string(),
    lines: z.array(z.object({ lineId: z.uuid(), quantity: z.int() })).nullable(),
    statementText: z.string(),
    locale: z.string(),
    submittedAt: when,
    confirmedAt: when,
    /** By then the money must be back. */
    dueAt: when,
    /** SHA-256 of the statement's text; the receipt names it. */
    receiptHash: z.string(),
    receiptMessageId: z.string().nullable(),
    receiptSentAt: when.nullable(),
  })
  .meta({ id: 'Withdrawal' });

export const withdrawalList = z
  .object({ items: z.array(withdrawal), nextCursor: z.string().nullable() })
  .meta({ id: 'WithdrawalList' });

export const withdrawalQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
  status: status.optional(),
  orderId: z.uuid().optional(),
});

export const withdrawalMatchInput = z
  .object({
    /** The order it is of; the one that it is matched with when left out. */
    orderId: z.uuid().optional(),
    /** The units that are meant; what the statement says when left out. */
    lines: z.array(units).min(1).max(500).optional(),
  })
  .meta({ id: 'WithdrawalMatchInput' });

export const withdrawalRejectionInput = z
  .object({
    /** Goes to the consumer as it is. */
    reason: text(2000).min(1),
  })
  .meta({ id: 'WithdrawalRejectionInput' });
