import { z } from 'zod';
import { minor, text, when } from './parts';

const kind = z.enum(['invoice', 'credit_note']);
const day = z.iso.date();

const seller = z
  .object({
    name: text(120).min(1),
    address: z.array(text(120).min(1)).min(1).max(6),
    email: z.email().nullable().default(null),
    phone: text(40).nullable().default(null),
    vatNumber: text(30).nullable().default(null),
    taxNumber: text(30).nullable().default(null),
    /** At the foot of each page: register, managers, bank. */
    footer: text(400).nullable().default(null),
  })
  .meta({ id: 'DocumentSeller' });

/** Ends on no digit, so that no two documents have one name; the year is one of issue. */
const prefix = z
  .string()
  .max(20)
  .regex(/^([\p{L}\p{N}/_. -]|\{year\})*$/u, 'may hold letters, digits, / _ . - and {year}')
  .regex(/(^|[^\p{N}}])$/u, 'must not end on a digit or on {year}: the number follows');

export const documentSettingsInput = z.object({
  issueAt: z.enum(['capture', 'shipment', 'never']),
  seller: seller.nullable(),
  shownToShoppers: z.boolean(),
  invoicePrefix: prefix,
  creditNotePrefix: prefix,
});

export const documentSettings = documentSettingsInput.meta({ id: 'DocumentSettings' });

export const documentInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invoice') }),
  z.object({ kind: z.literal('credit_note'), refundId: z.uuid() }),
]);

export const documentQuery = z.object({
  kind: kind.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().optional(),
});

export const packingSlipQuery = z.object({ parcelId: z.uuid().optional() });

export const document = z
  .object({
    id: z.uuid(),
    orderId: z.uuid(),
    kind,
    number: z.int(),
    name: z.string(),
    test: z.boolean(),
    refundId: z.uuid().nullable(),
    /** The invoice that a credit note corrects, or that a further invoice adds to. */
    correctsId: z.uuid().nullable(),
    locale: z.string(),
    currency: z.string(),
    issuedOn: day,
    suppliedOn: day,
    rows: z.array(
      z.object({
        title: z.string(),
        detail: z.string(),
        quantity: z.int().nullable(),
        unitMinor: minor.nullable(),
        discountMinor: minor,
        netMinor: minor,
        taxMinor: minor,
        ppm: z.array(z.int()),
      }),
    ),
    rates: z.array(z.object({ name: z.string(), ppm: z.int(), netMinor: minor, taxMinor: minor })),
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    owedMinor: minor,
    buyerVatNumber: z.string().nullable(),
    scheme: z.string(),
    /** Hexadecimal SHA-256 of everything that was frozen. */
    contentSha256: z.string(),
    issuedAt: when,
  })
  .meta({ id: 'OrderDocument' });

export const documentList = z.object({
  items: z.array(document),
  nextCursor: z.string().nullable(),
});
