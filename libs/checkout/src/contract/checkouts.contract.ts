import { z } from 'zod';
import { mailingAddress } from '@contract/orders';
import { checkedVatNumber, pricedLine, saleTotals } from './sales.contract';

const state = z.enum(['open', 'paying', 'completed', 'expired']);
const when = z.iso.datetime();

export const checkoutQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
  state: state.optional(),
});

/** What a shopper has said and chosen so far. Amounts are minor units of `currency`. */
export const checkout = z
  .object({
    id: z.uuid(),
    state,
    version: z.int(),
    locale: z.string(),
    /** Of the share link that it began with. */
    source: z.string().nullable(),
    /** Who is signed in; null for a guest. */
    customerId: z.uuid().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    shippingAddress: mailingAddress.nullable(),
    /** Null is the same as the shipping address. */
    billingAddress: mailingAddress.nullable(),
    vatNumber: checkedVatNumber.nullable(),
    /** What the shopper agreed to, and when; null until they said something about it. */
    consent: z.object({ marketing: z.boolean(), terms: z.boolean(), at: when }).nullable(),
    currency: z.string(),
    lines: z.array(pricedLine.extend({ productId: z.uuid() }).meta({ id: 'CheckoutLine' })),
    /** How the goods are to come, before discounts; null until it is chosen. */
    delivery: z
      .object({ title: z.string(), kind: z.enum(['shipping', 'pickup']), priceMinor: z.int() })
      .nullable(),
    /** Discount codes that the shopper entered, also one that takes nothing off. */
    codes: z.array(z.string()),
    /** What takes something off. */
    discounts: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        code: z.string().nullable(),
        amountMinor: z.int(),
      }),
    ),
    /** Null until it was priced for the first time. */
    totals: saleTotals.nullable(),
    note: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    /** Leads whoever has it into this checkout; null once its time is over or an order came of it. */
    recoveryUrl: z.string().nullable(),
    orderId: z.uuid().nullable(),
    createdAt: when,
    updatedAt: when,
    completedAt: when.nullable(),
    /** When it ends unless the shopper goes on. */
    expiresAt: when,
  })
  .meta({ id: 'Checkout' });

export const checkoutList = z
  .object({ items: z.array(checkout), nextCursor: z.string().nullable() })
  .meta({ id: 'CheckoutList' });

export type CheckoutAnswer = z.output<typeof checkout>;
