import { z } from 'zod';
import {
  askedServiceFacts,
  askedServiceFields,
  type AskedServiceView,
} from './asked-services.contract';
import { countryCode } from './places.contract';

const { name } = askedServiceFields;
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
  ...askedServiceFields,
  /** Countries for which it is asked; null is every one to which a shipping zone sends. */
  countries: askedServiceFields.countries.nullable(),
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

export const rateService = z
  .object({
    ...fields,
    ...askedServiceFacts,
  })
  .meta({ id: 'RateService' });

export const rateServiceList = z
  .object({ items: z.array(rateService), nextCursor: z.null() })
  .meta({ id: 'RateServiceList' });

export const rateServiceWithSecret = rateService
  .extend({ secret: z.string() })
  .meta({ id: 'RateServiceWithSecret' });

export type RateOrigin = z.output<typeof origin>;
export type FallbackRate = z.output<typeof fallbackRate>;
export type RateServiceInput = z.output<typeof rateServiceInput>;
export type RateService = RateServiceInput & AskedServiceView;
