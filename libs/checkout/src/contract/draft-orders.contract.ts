import { z } from 'zod';
import { mailingAddress } from '@contract/orders';
import { checkedVatNumber, newLine, pricedLine, saleShipping, saleTotals } from './sales.contract';

const text = (most: number) => z.string().trim().min(1).max(most);
const address = z
  .object({
    name: text(255),
    company: text(255).optional(),
    address1: text(255),
    address2: text(255).optional(),
    zip: text(20).optional(),
    city: text(255),
    province: text(255).optional(),
    country: z.string().regex(/^[A-Z]{2}$/),
    phone: text(40).optional(),
  })
  .meta({ id: 'MailingAddressInput' });

const fields = {
  customerId: z.uuid().nullable().optional(),
  email: z.email().max(254).nullable().optional(),
  phone: text(40).nullable().optional(),
  shippingAddress: address.nullable().optional(),
  /** The shipping address when it is null. */
  billingAddress: address.nullable().optional(),
  /** Of a company in another member state: checked, and the order bears no tax if it is valid (reverse charge). */
  vatNumber: text(30).nullable().optional(),
  /** Off all lines together. */
  discount: z
    .union([
      z.strictObject({ percent: z.number().min(0).max(100), title: text(255).optional() }),
      z.strictObject({
        amountMinor: z.int().min(0).max(1_000_000_000_000),
        title: text(255).optional(),
      }),
    ])
    .nullable()
    .optional(),
  /** Null is free. */
  shipping: saleShipping.nullable().optional(),
  note: z.string().trim().max(5000).nullable().optional(),
  tags: z.array(text(255)).max(250).optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/)
    .optional(),
  /** Days from now in which it can be paid. */
  validDays: z.int().min(1).max(365).optional(),
  /** Hours from now for which its goods are held; null lets them go. */
  reserveHours: z.int().min(1).max(2_160).nullable().optional(),
};
const lines = z.array(newLine).min(1).max(100);

export const draftOrderInput = z.object({ lines, ...fields }).meta({ id: 'DraftOrderInput' });

export const draftOrderPatch = z
  .object({ lines: lines.optional(), ...fields, version: z.int().optional() })
  .meta({ id: 'DraftOrderPatch' });

const state = z.enum(['open', 'paying', 'completed', 'expired']);

export const draftOrderQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
  state: state.optional(),
});

export const draftOrder = z
  .object({
    id: z.uuid(),
    state,
    version: z.int(),
    customerId: z.uuid().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    shippingAddress: mailingAddress.nullable(),
    billingAddress: mailingAddress.nullable(),
    vatNumber: checkedVatNumber.nullable(),
    currency: z.string(),
    lines: z.array(pricedLine),
    shipping: z.object({ title: z.string(), priceMinor: z.int() }).nullable(),
    totals: saleTotals,
    note: z.string().nullable(),
    tags: z.array(z.string()),
    locale: z.string(),
    /** Until when it can be paid, and its goods are held. */
    until: z.iso.datetime(),
    reservedUntil: z.iso.datetime().nullable(),
    /** When the shopper was last sent the link. */
    requestedAt: z.iso.datetime().nullable(),
    /** Opens the checkout in which it is paid. */
    paymentUrl: z.string(),
    /** The order that it became. */
    orderId: z.uuid().nullable(),
  })
  .meta({ id: 'DraftOrder' });

export const draftOrderList = z
  .object({ items: z.array(draftOrder), nextCursor: z.string().nullable() })
  .meta({ id: 'DraftOrderList' });

export const draftInvoiceInput = z
  .object({ message: z.string().trim().max(2000).nullable().default(null) })
  .meta({ id: 'DraftInvoiceInput' });

export const paymentLinkInput = z
  .object({
    notify: z.boolean().default(false),
    message: z.string().trim().max(2000).nullable().default(null),
  })
  .meta({ id: 'PaymentLinkInput' });

/** A link by which the rest of an order is paid. */
export const paymentLink = z
  .object({
    id: z.uuid(),
    paymentUrl: z.string(),
    amountMinor: z.int(),
    currency: z.string(),
    until: z.iso.datetime(),
  })
  .meta({ id: 'PaymentLink' });
