import { z } from 'zod';

const version = z.int().optional();
const moment = z.iso.datetime({ offset: true });

/** What one unit of the store's currency is in the market's, as a decimal. */
const decimalRate = z
  .string()
  .regex(/^\d{1,5}(\.\d{1,10})?$/, 'must be a decimal with at most 10 places')
  .refine((rate) => Number(rate) > 0, 'must be above 0');

/** `.95` makes 18.67 to 18.95; a number is a multiple of so many whole units. `nearest` may go down, `up` never does. */
export const priceEnding = z
  .strictObject({
    direction: z.enum(['nearest', 'up']),
    on: z.union([z.enum(['.95', '.99', '.00']), z.int().min(1).max(1_000_000)]),
  })
  .meta({ id: 'PriceEnding' });

/** What the market asks of announced reductions; `auto` follows its countries. */
export const priorPriceSetting = z
  .strictObject({
    asks: z.enum(['auto', 'always', 'never']).default('auto'),
    gradual: z.boolean().default(true),
    young: z.enum(['since_first_sale', 'no_announcement']).default('since_first_sale'),
  })
  .meta({ id: 'PriorPriceSetting' });

const fields = {
  name: z.string().trim().min(1).max(100),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be two capitals of ISO 3166-1'))
    .min(1)
    .max(250),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capitals of ISO 4217'),
  enabled: z.boolean(),
  /** `ecb` follows the European Central Bank's daily reference rates. */
  rateSource: z.enum(['manual', 'ecb']),
  /** Added to the rate, in parts per million: 15,000 are 1.5 %. */
  markupPpm: z.int().min(-500_000).max(1_000_000),
  ending: priceEnding.nullable(),
  /** Fetched rates are not applied until then. */
  frozenUntil: moment.nullable(),
  priorPrice: priorPriceSetting,
};

export const marketInput = z
  .object({
    ...fields,
    enabled: fields.enabled.default(true),
    rateSource: fields.rateSource.default('manual'),
    markupPpm: fields.markupPpm.default(0),
    ending: fields.ending.default(null),
    frozenUntil: fields.frozenUntil.default(null),
    priorPrice: fields.priorPrice.default({
      asks: 'auto',
      gradual: true,
      young: 'since_first_sale',
    }),
    rate: decimalRate.optional(),
  })
  .meta({ id: 'MarketInput' });

/** `rate` is applied as it is given, whatever the source, the freeze and the guard say. */
export const marketPatch = z
  .object({ ...fields, rate: decimalRate })
  .partial()
  .extend({ version })
  .meta({ id: 'MarketPatch' });

export const market = z
  .object({
    ...fields,
    id: z.uuid(),
    /** The one that counts; null where the market sells in the store's currency. */
    rate: z.string().nullable(),
    rateSince: z.iso.datetime().nullable(),
    /** Why the last fetched rate was not applied: it moved by more than 5 %, or is more than 3 days old. */
    alarm: z
      .object({
        reason: z.enum(['moved', 'stale']),
        rate: z.string(),
        day: z.string(),
        at: z.string(),
      })
      .nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Market' });

export const marketList = z
  .object({ items: z.array(market), nextCursor: z.null() })
  .meta({ id: 'MarketList' });

export const marketRate = z
  .object({
    id: z.uuid(),
    rate: z.string(),
    markupPpm: z.int(),
    ending: priceEnding.nullable(),
    source: z.string(),
    day: z.string().nullable(),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime().nullable(),
    actor: z.string(),
  })
  .meta({ id: 'MarketRate' });

export const marketRateList = z
  .object({ items: z.array(marketRate), nextCursor: z.null() })
  .meta({ id: 'MarketRateList' });

/** A market as it is opened. */
export type MarketInput = z.output<typeof marketInput>;
/** What of a market changes. */
export type MarketPatch = Omit<z.output<typeof marketPatch>, 'version'>;
/** A market as it is shown. */
export type Market = z.output<typeof market>;
/** A rate of a market's history as it is shown. */
export type MarketRate = z.output<typeof marketRate>;
