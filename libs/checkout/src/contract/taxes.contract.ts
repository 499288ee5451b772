import { z } from 'zod';
import { countryCode, provinceCode } from './places.contract';

const version = z.int().optional();
const day = z.iso.date();

const settings = {
  /** Whether prices, shipping and fees contain the tax. */
  pricesIncludeTax: z.boolean(),
  /** What is rounded: the sum of each rate, each line, or each unit. */
  level: z.enum(['document', 'line', 'unit']),
  rounding: z.enum(['half-away-from-zero', 'floor']),
  /** Shipping at the rates of the goods by value, not taxed, or at the standard rate. */
  shipping: z.enum(['split', 'none', 'standard']),
  /** Where another tax is due: the shopper pays the same, or the merchant gets the same. */
  abroad: z.enum(['same_gross', 'same_net']),
  /** Where no tax is due: prices without the tax, or as they are. */
  untaxed: z.enum(['strip', 'keep']),
  /** Whether the merchant pays what is charged on delivery. */
  dutyPaid: z.boolean(),
  /** Who pays the flat duty of low-value imports into the European Union. */
  lowValueDuty: z.enum(['shopper', 'merchant']),
};

export const taxSettingsPatch = z
  .object(settings)
  .partial()
  .extend({ version })
  .meta({ id: 'TaxSettingsPatch' });

export const taxSettings = z.object({ ...settings, version: z.int() }).meta({ id: 'TaxSettings' });

const period = {
  from: day,
  /** The first day without it; null has no end. */
  to: day.nullable(),
};

const registration = {
  /** `local` in a country, `oss` for the whole Union, `ioss` and `uk_import` for imports of low value. */
  scheme: z.enum(['local', 'oss', 'ioss', 'uk_import']),
  country: countryCode,
  region: provinceCode.nullable(),
  number: z.string().trim().min(1).max(50),
  /**
   * Units of the scheme's currency (EUR, GBP) for one of the store's, as a decimal, at the customs rate; null where the
   * store sells in that currency.
   */
  exchangeRate: z
    .string()
    .regex(/^\d{1,5}(\.\d{1,10})?$/, 'must be a decimal with at most 10 places')
    .nullable(),
  ...period,
};

export const taxRegistrationInput = z
  .object({
    ...registration,
    region: registration.region.default(null),
    exchangeRate: registration.exchangeRate.default(null),
    to: period.to.default(null),
  })
  .meta({ id: 'TaxRegistrationInput' });

export const taxRegistrationPatch = z
  .object(registration)
  .partial()
  .extend({ version })
  .meta({ id: 'TaxRegistrationPatch' });

const stamps = { createdAt: z.iso.datetime(), updatedAt: z.iso.datetime(), version: z.int() };

export const taxRegistration = z
  .object({ ...registration, id: z.uuid(), ...stamps })
  .meta({ id: 'TaxRegistration' });

export const taxRegistrationList = z
  .object({ items: z.array(taxRegistration), nextCursor: z.null() })
  .meta({ id: 'TaxRegistrationList' });

const rate = {
  country: countryCode,
  /** A state or province; null counts in the whole country. */
  region: provinceCode.nullable(),
  /** `standard`, or the tax code of products, in small letters. */
  category: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be small letters, digits, _ and -'),
  name: z.string().trim().min(1).max(100),
  /** Who levies it; each authority levies one tax on a category. The country or region when it is left out. */
  jurisdiction: z.string().trim().min(1).max(100),
  percent: z
    .number()
    .min(0)
    .max(100)
    .refine(
      (percent) => Number((percent * 10_000).toFixed(3)) % 1 === 0,
      'has more than four decimals',
    ),
  /** Levied on the amount with the taxes that are not compound. */
  compound: z.boolean(),
  /** Not levied on units that cost less, in minor units. */
  exemptBelowMinor: z.int().min(1).max(1e12).nullable(),
  ...period,
};

export const taxRateInput = z
  .object({
    ...rate,
    region: rate.region.default(null),
    jurisdiction: rate.jurisdiction.optional(),
    compound: rate.compound.default(false),
    exemptBelowMinor: rate.exemptBelowMinor.default(null),
    to: period.to.default(null),
  })
  .meta({ id: 'TaxRateInput' });

export const taxRatePatch = z
  .object(rate)
  .partial()
  .extend({ version })
  .meta({ id: 'TaxRatePatch' });

export const taxRate = z.object({ ...rate, id: z.uuid(), ...stamps }).meta({ id: 'TaxRate' });

export const taxRateList = z
  .object({ items: z.array(taxRate), nextCursor: z.string().nullable() })
  .meta({ id: 'TaxRateList' });

/** The rates that come with the platform: public data of a day, to be checked with an adviser. */
export const builtInTaxRates = z
  .object({
    asOf: day,
    notice: z.string(),
    items: z.array(
      z.object({
        country: z.string(),
        category: z.string(),
        percent: z.number(),
        from: day,
        to: day.nullable().describe('The first day on which it counts no more.'),
      }),
    ),
  })
  .meta({ id: 'BuiltInTaxRates' });

export type TaxSettings = z.output<typeof taxSettings>;
export type TaxRegistrationInput = z.output<typeof taxRegistrationInput>;
export type TaxRateInput = z.output<typeof taxRateInput>;
type Stamped<T> = Omit<T, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date };
export type TaxRegistrationView = Stamped<z.output<typeof taxRegistration>>;
export type TaxRateView = Stamped<z.output<typeof taxRate>>;
