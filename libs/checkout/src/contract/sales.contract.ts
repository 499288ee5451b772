import { z } from 'zod';

/** The most that a price or an amount may be, so that a thousand lines of it are still exact. */
const price = z.int().min(0).max(1_000_000_000_000);
const title = z.string().trim().min(1).max(255);

/** A buyer's VAT number, and what its register said of it. */
export const checkedVatNumber = z.object({
  number: z.string(),
  country: z.string(),
  check: z.enum(['valid', 'invalid', 'unreachable']),
});

/** What staff take off a line. */
export const lineDiscount = z
  .union([
    z.strictObject({ percent: z.number().min(0).max(100), title: title.optional() }),
    z.strictObject({ amountMinor: price, title: title.optional() }),
  ])
  .meta({ id: 'LineDiscount' });

const line = {
  quantity: z.int().min(1).max(9_999),
  discount: lineDiscount.nullable().optional(),
  properties: z
    .array(z.tuple([z.string().min(1).max(255), z.string().max(1000)]))
    .max(50)
    .optional(),
};

const kinds = 'is a variantId, or a title with its unitMinor; either with a quantity';

/** A variant at its price or another one, or a thing that is in no catalogue. */
export const newLine = z
  .union(
    [
      z.strictObject({ variantId: z.uuid(), unitMinor: price.optional(), ...line }),
      z.strictObject({
        title,
        unitMinor: price,
        sku: z.string().trim().max(255).nullable().optional(),
        taxable: z.boolean().default(true),
        requiresShipping: z.boolean().default(true),
        ...line,
      }),
    ],
    { error: kinds },
  )
  .meta({ id: 'NewLine' });

/** What delivery costs, whatever the store's rates are. */
export const saleShipping = z
  .object({ title: title.optional(), priceMinor: price })
  .meta({ id: 'SaleShipping' });

/** A line with its amounts, minor units. */
export const pricedLine = z
  .object({
    id: z.string(),
    variantId: z.uuid().nullable(),
    title: z.string(),
    variantTitle: z.string().nullable(),
    sku: z.string().nullable(),
    properties: z.array(z.tuple([z.string(), z.string()])),
    quantity: z.int(),
    unitMinor: z.int(),
    subtotalMinor: z.int(),
    discountMinor: z.int(),
    totalMinor: z.int(),
    taxMinor: z.int(),
  })
  .meta({ id: 'PricedLine' });

/** What a sale comes to, minor units. */
export const saleTotals = z
  .object({
    subtotalMinor: z.int(),
    discountMinor: z.int(),
    shippingMinor: z.int(),
    feesMinor: z.int(),
    taxMinor: z.int(),
    taxIncluded: z.boolean(),
    totalMinor: z.int(),
  })
  .meta({ id: 'SaleTotals' });
