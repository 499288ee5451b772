import { z } from 'zod';
import { countryCode } from './places.contract';

const version = z.int().optional();
const ids = z.array(z.uuid()).min(1).max(500);
const minor = z.int().min(1).max(1e12);
/** Any ISO time; one without an offset is read in the store's time zone. */
const moment = z.iso.datetime({ offset: true, local: true });

/** Which lines a discount means; lists are alternatives. */
export const discountTargets = z
  .strictObject({
    productIds: ids.optional(),
    variantIds: ids.optional(),
    collectionIds: ids.optional(),
    tags: z.array(z.string().trim().min(1).max(255)).min(1).max(100).optional(),
  })
  .meta({ id: 'DiscountTargets' });

/** A percentage with at most four decimals (100 is free), or minor units, with `each` off every unit. */
export const discountBenefit = z
  .union([
    z.strictObject({
      percent: z
        .number()
        .positive()
        .max(100)
        .refine(
          (percent) => Number((percent * 10_000).toFixed(3)) % 1 === 0,
          'has more than four decimals',
        ),
    }),
    z.strictObject({ amountMinor: minor, each: z.boolean().default(false) }),
  ])
  .meta({ id: 'DiscountBenefit' });

const on = z.enum(['products', 'order']);
const targets = discountTargets.default({});

const amountOff = z.strictObject({
  kind: z.literal('amount_off'),
  on,
  targets,
  benefit: discountBenefit,
});

const tiered = z.strictObject({
  kind: z.literal('tiered'),
  on,
  targets,
  by: z.enum(['quantity', 'amount']),
  tiers: z
    .array(z.strictObject({ from: minor, benefit: discountBenefit }))
    .min(1)
    .max(20),
});

const flashSale = z.strictObject({
  kind: z.literal('flash_sale'),
  benefit: discountBenefit,
  units: z
    .array(z.strictObject({ variantId: z.uuid(), quantity: z.int().min(1).max(1e6) }))
    .min(1)
    .max(250),
});

const buyXGetY = z.strictObject({
  kind: z.literal('buy_x_get_y'),
  buy: z.union([
    z.strictObject({ targets, quantity: z.int().min(1).max(9_999) }),
    z.strictObject({ targets, amountMinor: minor }),
  ]),
  get: z.strictObject({ targets, quantity: z.int().min(1).max(9_999), benefit: discountBenefit }),
  usesPerOrder: z.int().min(1).max(9_999).nullable().default(null),
});

const shipping = z.strictObject({
  kind: z.literal('shipping'),
  benefit: discountBenefit,
  countries: z.array(countryCode).min(1).max(250).nullable().default(null),
  dearestMinor: minor.nullable().default(null),
});

/** What a discount does. */
export const discountRule = z
  .discriminatedUnion('kind', [amountOff, tiered, flashSale, buyXGetY, shipping])
  .meta({ id: 'DiscountRule' });

const fields = {
  title: z.string().trim().min(1).max(255),
  enabled: z.boolean(),
  rule: discountRule,
  minimum: z
    .strictObject({
      quantity: z.int().min(1).max(9_999).optional(),
      subtotalMinor: minor.optional(),
    })
    .nullable(),
  groups: z.array(z.string().trim().min(1).max(100)).min(1).max(50).nullable(),
  combinesWith: z
    .strictObject({ product: z.boolean(), order: z.boolean(), shipping: z.boolean() })
    .meta({ id: 'DiscountCombinations' }),
  startsAt: moment.nullable(),
  endsAt: moment.nullable(),
  usageLimit: z.int().min(1).max(1e8).nullable(),
  oncePerCustomer: z.boolean(),
};

/** As a shopper may type it; capitals and small letters are the same. */
export const discountCode = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}_.%+-]{1,100}$/u, 'must be letters, digits and _ . % + -');

export const discountInput = z
  .object({
    ...fields,
    enabled: fields.enabled.default(true),
    minimum: fields.minimum.default(null),
    groups: fields.groups.default(null),
    combinesWith: fields.combinesWith.default({ product: false, order: false, shipping: false }),
    startsAt: fields.startsAt.default(null),
    endsAt: fields.endsAt.default(null),
    usageLimit: fields.usageLimit.default(null),
    oncePerCustomer: fields.oncePerCustomer.default(false),
    /** `code` asks for a code, `automatic` counts without one. */
    method: z.enum(['code', 'automatic']),
    /** The first code; more are added later. */
    code: discountCode.optional(),
  })
  .meta({ id: 'DiscountInput' });

export const discountPatch = z
  .object(fields)
  .partial()
  .extend({ version })
  .meta({ id: 'DiscountPatch' });

export const discount = z
  .object({
    ...fields,
    id: z.uuid(),
    method: z.enum(['code', 'automatic']),
    /** `scheduled`, `active`, `ended` by the clock; `off` when it is not enabled. */
    status: z.enum(['scheduled', 'active', 'ended', 'off']),
    startsAt: z.iso.datetime().nullable(),
    endsAt: z.iso.datetime().nullable(),
    codeCount: z.int(),
    /** One of its codes, the first by alphabet. */
    code: z.string().nullable(),
    used: z.int(),
    /** In checkouts that are being paid. */
    held: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Discount' });

export const discountList = z
  .object({ items: z.array(discount), nextCursor: z.string().nullable() })
  .meta({ id: 'DiscountList' });

/** Codes that are given, or so many that are made up. */
export const discountCodesInput = z
  .union([
    z.strictObject({
      codes: z.array(discountCode).min(1).max(1_000),
      usageLimit: z.int().min(1).nullable().default(null),
    }),
    z.strictObject({
      generate: z.int().min(1).max(10_000),
      prefix: z
        .string()
        .regex(/^[A-Za-z0-9_-]{0,20}$/, 'must be at most 20 letters, digits, _ and -')
        .default(''),
      length: z.int().min(8).max(20).default(10),
      usageLimit: z.int().min(1).nullable().default(1),
    }),
  ])
  .meta({ id: 'DiscountCodesInput' });

/** How many, and the first of them. */
export const discountCodesAdded = z
  .object({ added: z.int(), code: z.string() })
  .meta({ id: 'DiscountCodesAdded' });

export const discountCodeView = z
  .object({
    code: z.string(),
    usageLimit: z.int().nullable(),
    /** Held or used. */
    taken: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'DiscountCode' });

export const discountCodeList = z
  .object({ items: z.array(discountCodeView), nextCursor: z.string().nullable() })
  .meta({ id: 'DiscountCodeList' });

export type DiscountRuleInput = z.output<typeof discountRule>;
export type DiscountBenefitInput = z.output<typeof discountBenefit>;
export type DiscountInput = z.output<typeof discountInput>;
export type DiscountPatch = Omit<z.output<typeof discountPatch>, 'version'>;
export type DiscountCodesInput = z.output<typeof discountCodesInput>;
export type DiscountView = Omit<
  z.output<typeof discount>,
  'createdAt' | 'updatedAt' | 'startsAt' | 'endsAt'
> & {
  createdAt: Date;
  updatedAt: Date;
  startsAt: Date | null;
  endsAt: Date | null;
};
