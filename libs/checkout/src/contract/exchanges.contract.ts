import { z } from 'zod';
import { paymentLink } from './draft-orders.contract';

export const exchangeInput = z
  .object({
    /** Where what is left over goes: back to what paid, or to the customer's store credit. */
    refundTo: z.enum(['original', 'store_credit']).default('original'),
    /** Whether the shopper gets the link by which a difference is paid. */
    notify: z.boolean().default(true),
  })
  .meta({ id: 'OrderExchangeInput' });

/** What an exchange came to. */
export const exchange = z
  .object({
    /** Of the return. */
    id: z.uuid(),
    orderId: z.uuid(),
    currency: z.string(),
    /** What is missing of the order's money now, and what is too much of it. */
    owedMinor: z.int(),
    overMinor: z.int(),
    /** By which the difference is paid; null where there is none. */
    paymentLink: paymentLink.nullable(),
  })
  .meta({ id: 'OrderExchange' });

/** An exchange that nobody asked for yet, as staff would make it. */
export const exchangePreviewInput = z
  .object({
    lines: z
      .array(
        z.object({
          lineId: z.uuid(),
          quantity: z.int().min(1).max(1_000_000),
          replacement: z
            .object({ variantId: z.uuid(), unitMinor: z.int().min(0).optional() })
            .optional(),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'OrderExchangePreviewInput' });

/** What an exchange would come to, in minor units of the order's currency. */
export const exchangePreview = z
  .object({
    orderId: z.uuid(),
    currency: z.string(),
    taxIncluded: z.boolean(),
    /** What comes back is worth, and the tax in it. */
    creditMinor: z.int(),
    creditTaxMinor: z.int(),
    /** What the replacements cost, tax with it, and that tax. */
    addedMinor: z.int(),
    addedTaxMinor: z.int(),
    /** The second less the first: above 0 the exchange costs more. */
    differenceMinor: z.int(),
    /** What is missing of the order's money afterwards, what was missing before with it. */
    owedMinor: z.int(),
    /** What is given back at once. */
    refundMinor: z.int(),
    /** Whether all of the replacements are there, or held. */
    inStock: z.boolean(),
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        quantity: z.int(),
        /** What is sent instead; null for units whose money goes back. */
        replacement: z
          .object({
            variantId: z.uuid(),
            title: z.string(),
            price: z.enum(['paid', 'listed', 'agreed']),
            unitMinor: z.int().nullable(),
          })
          .nullable(),
        /** Units of the replacement that can be sold now; null where that has no limit, and without a replacement. */
        available: z.int().nullable(),
        inStock: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'OrderExchangePreview' });
