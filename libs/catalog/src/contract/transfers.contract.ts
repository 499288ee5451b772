import { z } from 'zod';

const id = z.uuid();
const units = z.int().min(1).max(1e9);
const counted = z.int().min(0).max(1e9);
const once = (lines: readonly { itemId: string }[]): boolean =>
  new Set(lines.map(({ itemId }) => itemId)).size === lines.length;

const transferState = z.enum(['open', 'shipped', 'received', 'cancelled']);

export const transfer = z
  .object({
    id,
    fromLocationId: id,
    toLocationId: id,
    /** `open`: announced, and still on the shelf of the first location. `shipped`: on its way, or come in part. */
    state: transferState,
    note: z.string().nullable(),
    lines: z.array(
      z.object({
        itemId: id,
        quantity: z.int(),
        /** Of it, what is on the shelf of the second location. */
        received: z.int(),
        /** Of it, what is not, and will not be. */
        rejected: z.int(),
      }),
    ),
    createdAt: z.iso.datetime(),
    shippedAt: z.iso.datetime().nullable(),
    /** When the last of it was received, or it was cancelled. */
    closedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Transfer' });

export const transferList = z
  .object({ items: z.array(transfer), nextCursor: z.string().nullable() })
  .meta({ id: 'TransferList' });

export const transferFilter = z.object({ state: transferState.optional() });

export const transferInput = z
  .object({
    fromLocationId: id,
    toLocationId: id,
    note: z.string().trim().min(1).max(500).nullable().default(null),
    lines: z
      .array(z.object({ itemId: id, quantity: units }))
      .min(1)
      .max(250)
      .refine(once, 'names an item twice'),
  })
  .refine(({ fromLocationId, toLocationId }) => fromLocationId !== toLocationId, {
    path: ['toLocationId'],
    error: 'must be another location',
  })
  .meta({ id: 'TransferInput' });

export const transferReceipt = z
  .object({
    /** All that is still to come, and none of it rejected, when left out. */
    lines: z
      .array(
        z
          .object({ itemId: id, received: counted.default(0), rejected: counted.default(0) })
          .refine(
            ({ received, rejected }) => received + rejected > 0,
            'says of no unit what became of it',
          ),
      )
      .min(1)
      .max(250)
      .refine(once, 'names an item twice')
      .optional(),
  })
  .meta({ id: 'TransferReceipt' });

export type Transfer = z.output<typeof transfer>;
export type TransferInput = z.output<typeof transferInput>;
export type TransferReceipt = z.output<typeof transferReceipt>;
