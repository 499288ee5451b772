import { z } from 'zod';

export const minor = z.int();
export const when = z.iso.datetime();
export const text = (most: number) => z.string().trim().max(most);
export const restock = z.enum(['return', 'cancel', 'no_restock']);

/** Where somebody is, as checkouts and orders keep it. */
export const mailingAddress = z
  .object({
    name: z.string(),
    company: z.string().optional(),
    address1: z.string(),
    address2: z.string().optional(),
    zip: z.string().optional(),
    city: z.string(),
    province: z.string().optional(),
    country: z.string(),
    phone: z.string().optional(),
  })
  .meta({ id: 'MailingAddress' });

export const units = z.object({ lineId: z.uuid(), quantity: z.int().min(1).max(1_000_000) });

export const refundWish = z.object({
  lines: z
    .array(units.extend({ restock, locationId: z.uuid().nullable().optional() }))
    .max(500)
    .default([]),
  charges: z
    .array(z.object({ chargeId: z.uuid(), amountMinor: minor.min(0) }))
    .max(50)
    .default([]),
  /** Beyond lines and charges; below 0 for what is kept. */
  freeMinor: minor.default(0),
  /** Where the money goes: back to what paid, or to the customer's store credit. */
  refundTo: z.enum(['original', 'store_credit']).default('original'),
  /** How it is spread over what paid, instead of as proposed; the parts come to the refund's total. */
  parts: z
    .array(
      z.object({
        /** The `id` of one of the order's `tenders`. */
        tenderId: text(100).min(1),
        amountMinor: minor.min(1),
        to: z.enum(['original', 'store_credit']).default('original'),
      }),
    )
    .min(1)
    .max(20)
    .optional(),
  /** Gives back what was paid beyond what is due; what else is named does not count then. */
  overpaid: z.boolean().optional(),
});
