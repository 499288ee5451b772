import { z } from 'zod';
import { countryCode } from './places.contract';

const when = z.iso.datetime();
const name = z.string().trim().min(1).max(100);
const days = z.int().min(0).max(90);

/** What names a rate of a service; the same one is the same choice of the shopper, whatever it costs. */
export const rateCode = z.string().regex(/^[\w.-]{1,60}$/, 'has 1 to 60 of A-Z a-z 0-9 _ . -');

/** Where the goods leave from, as the service is told. */
const origin = z
  .strictObject({
    country: countryCode,
    province: z.string().trim().max(100).nullable().default(null),
    zip: z.string().trim().max(20).nullable().default(null),
    city: z.string().trim().max(100).nullable().default(null),
  })
  .meta({ id: 'RateOrigin' });

/** Offered while the service does not answer. */
const fallbackRate = z
  .strictObject({
    /** One that the service uses, too, lets a shopper's choice outlast its silence. */
    code: rateCode,
    name,
    description: z.string().trim().max(300).nullable().default(null),
    /** Minor units of the store's currency. */
    priceMinor: z.int().min(0).max(1e12),
    /** Working days on the way; null promises nothing. */
    transit: z
      .strictObject({ minDays: days, maxDays: days })
      .refine(({ minDays, maxDays }) => minDays <= maxDays, 'has more days at least than at most')
      .nullable()
      .default(null),
  })
  .meta({ id: 'FallbackRate' });

const fields = {
  name,
  /** Where it is asked: https on the public internet. */
  address: z.url('must be a web address').max(2000),
  active: z.boolean(),
  /** Countries for which it is asked; null is every one to which a shipping zone sends. */
  countries: z.array(countryCode).min(1).max(250).nullable(),
  origin,
  fallbackRates: z
    .array(fallbackRate)
    .max(5)
    .refine(
      (rates) => new Set(rates.map(({ code }) => code)).size === rates.length,
      'name a code twice',
    ),
};

export const rateServiceInput = z
  .object({
    ...fields,
    active: fields.active.default(true),
    countries: fields.countries.default(null),
    fallbackRates: fields.fallbackRates.default([]),
  })
  .meta({ id: 'RateServiceInput' });

export const rateServicePatch = z
  .object({ ...fields, version: z.int() })
  .partial()
  .meta({ id: 'RateServicePatch' });

/** How it goes: `resting` is left alone for a while after failures in a row, and its fallback rates are offered. */
const health = z
  .object({
    state: z.enum(['unknown', 'good', 'failing', 'resting']),
    /** In a row. */
    failures: z.int(),
    restingUntil: when.nullable(),
    lastSuccessAt: when.nullable(),
    lastFailureAt: when.nullable(),
    /** What was wrong the last time: a sentence that names the field of the answer, where it was one. */
    lastFailure: z.string().nullable(),
  })
  .meta({ id: 'RateServiceHealth' });

export const rateService = z
  .object({
    ...fields,
    id: z.uuid(),
    health,
    /** Until when the secret before this one signs as well. */
    previousSecretUntil: when.nullable(),
    createdAt: when,
    updatedAt: when,
    version: z.int(),
  })
  .meta({ id: 'RateService' });

export const rateServiceList = z
  .object({ items: z.array(rateService), nextCursor: z.null() })
  .meta({ id: 'RateServiceList' });

export const rateServiceWithSecret = rateService
  .extend({ secret: z.string() })
  .meta({ id: 'RateServiceWithSecret' });

export const rateServiceSecretInput = z
  .object({
    /** For so long the secret before this one signs as well. */
    overlapHours: z.int().min(0).max(168).default(24),
  })
  .meta({ id: 'RateServiceSecretInput' });

export type RateOrigin = z.output<typeof origin>;
export type FallbackRate = z.output<typeof fallbackRate>;
export type RateServiceInput = z.output<typeof rateServiceInput>;
type Dated<T> = Omit<T, 'createdAt' | 'updatedAt' | 'previousSecretUntil' | 'health'>;
export type RateService = Dated<z.output<typeof rateService>> & {
  health: Pick<z.output<typeof health>, 'state' | 'failures' | 'lastFailure'> & {
    restingUntil: Date | null;
    lastSuccessAt: Date | null;
    lastFailureAt: Date | null;
  };
  previousSecretUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
};
