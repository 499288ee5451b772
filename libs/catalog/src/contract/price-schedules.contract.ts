import { z } from 'zod';

/** Minor units of the store's currency; 0 is free. */
const minor = z.int().min(0).max(1e12);
/** Any ISO time; one without an offset is read in the store's time zone. */
const moment = z.iso.datetime({ offset: true, local: true });

export const scheduleState = z.enum(['planned', 'running', 'ended', 'cancelled', 'missed']);

/** What a variant costs while the schedule runs. */
export const scheduledPrice = z
  .object({
    variantId: z.uuid(),
    priceMinor: minor,
    compareAtMinor: minor.nullable(),
  })
  .meta({ id: 'ScheduledPrice' });

const fields = {
  title: z.string().trim().min(1).max(255),
  startsAt: moment,
  endsAt: moment,
  prices: z
    .array(
      z.strictObject({
        variantId: z.uuid(),
        priceMinor: minor,
        /** Null is no compare-at price while the schedule runs. */
        compareAtMinor: minor.nullable().default(null),
      }),
    )
    .min(1)
    .max(500),
};

/** Prices from a moment to a moment; both on the minute. */
export const priceScheduleInput = z.strictObject(fields).meta({ id: 'PriceScheduleInput' });

/** What is left out stays; prices are all that it has from then on. */
export const priceSchedulePatch = z
  .strictObject({ ...fields, version: z.int() })
  .partial()
  .meta({ id: 'PriceSchedulePatch' });

const summary = z.object({
  id: z.uuid(),
  title: z.string(),
  state: scheduleState,
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** When it did begin, and when it was over: by its end, or because it was cancelled or missed. */
  beganAt: z.iso.datetime().nullable(),
  overAt: z.iso.datetime().nullable(),
  /** How many variants it means. */
  variants: z.int(),
  version: z.int(),
});

export const priceSchedule = summary
  .extend({ prices: z.array(scheduledPrice) })
  .meta({ id: 'PriceSchedule' });

export const priceScheduleList = z
  .object({
    items: z.array(summary.meta({ id: 'PriceScheduleSummary' })),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'PriceScheduleList' });

export type PriceScheduleInput = z.output<typeof priceScheduleInput>;
export type PriceSchedulePatch = z.output<typeof priceSchedulePatch>;
export type ScheduledPrice = z.output<typeof scheduledPrice>;
export type ScheduleState = z.output<typeof scheduleState>;
