import { z } from 'zod';
import { countryCode, provinceCode } from './places.contract';

/** A cart as a support agent would put it together. */
export const priceQuestion = z
  .object({
    lines: z
      .array(z.object({ variantId: z.uuid(), quantity: z.int().min(1).max(9_999) }))
      .min(1)
      .max(100),
    codes: z.array(z.string().trim().min(1).max(100)).max(6).default([]),
    /** Where it goes; without one there is no delivery. */
    country: countryCode.optional(),
    province: provinceCode.optional(),
    /** The first that is offered when it is left out. */
    deliveryRateId: z.string().max(60).optional(),
    email: z.email().optional(),
    groups: z.array(z.string().max(100)).max(50).default([]),
  })
  .meta({ id: 'PriceQuestion' });

const row = z
  .object({
    step: z.string(),
    on: z.string().nullable(),
    discountId: z.string().nullable(),
    code: z.string().nullable(),
    before: z.int(),
    after: z.int(),
    sentence: z.string(),
  })
  .meta({ id: 'PriceExplanationRow' });

const rejected = z
  .object({
    discountId: z.string(),
    code: z.string().nullable(),
    reason: z.string(),
    sentence: z.string(),
  })
  .meta({ id: 'RejectedDiscount' });

const option = z
  .object({
    rateId: z.string(),
    kind: z.enum(['shipping', 'pickup']),
    title: z.string(),
    priceMinor: z.int(),
    promised: z.object({ from: z.string(), to: z.string() }).nullable(),
  })
  .meta({ id: 'DeliveryOption' });

/** Why a cart costs what it costs; minor units. */
export const priceExplanation = z
  .object({
    currency: z.string(),
    totals: z.object({
      subtotalMinor: z.int(),
      discountMinor: z.int(),
      shippingMinor: z.int(),
      feesMinor: z.int(),
      taxMinor: z.int(),
      taxIncluded: z.boolean(),
      totalMinor: z.int(),
    }),
    /** How it is taxed: `domestic`, `oss`, `origin`, `export`, `unregistered`, or an import scheme. */
    taxScheme: z.string(),
    rows: z.array(row),
    rejected: z.array(rejected),
    unknownCodes: z.array(z.string()),
    deliveryOptions: z.array(option),
  })
  .meta({ id: 'PriceExplanation' });

export type PriceQuestion = z.output<typeof priceQuestion>;
