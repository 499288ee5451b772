import { z } from 'zod';
import { countryCode, provinceCode } from './places.contract';

const version = z.int().optional();
const name = z.string().trim().min(1).max(255);
const text = z.string().trim().max(2_000).nullable();
const price = z.int().min(0).max(1e12);

const zoneCountry = z
  .strictObject({
    country: countryCode,
    /** Only these states or provinces; null is the whole country. */
    provinces: z.array(provinceCode).min(1).max(100).nullable().default(null),
  })
  .meta({ id: 'ShippingZoneCountry' });

/** Working days from the day on which the parcel leaves. */
const transit = z
  .strictObject({ minDays: z.int().min(0).max(90), maxDays: z.int().min(0).max(90) })
  .refine(({ minDays, maxDays }) => minDays <= maxDays, 'has more days at least than at most');

const rate = z.strictObject({
  /** Kept when the zone has it, made otherwise. */
  id: z.string().max(40).optional(),
  name,
  description: text.default(null),
  /** What the steps look at: nothing, grams, units, or the subtotal in minor units. */
  by: z.enum(['flat', 'weight', 'items', 'price']),
  /** The price from so much on, ascending; below the first step the rate is not offered. */
  steps: z
    .array(z.strictObject({ from: z.int().min(0).max(1e12), priceMinor: price }))
    .min(1)
    .max(50),
  /** Not offered from so much on; null has no end. */
  below: z.int().min(1).max(1e12).nullable().default(null),
  /** Free from this subtotal. */
  freeFromMinor: z.int().min(0).max(1e12).nullable().default(null),
  transit: transit.nullable().default(null),
  carrier: z.string().trim().min(1).max(100).nullable().default(null),
});

export const shippingRateInput = rate.meta({ id: 'ShippingRateInput' });
export const shippingRate = rate.extend({ id: z.string() }).meta({ id: 'ShippingRate' });

const zoneFields = {
  name,
  countries: z.array(zoneCountry).max(250),
  /** Every country that no other zone names. */
  restOfWorld: z.boolean(),
  rates: z.array(shippingRateInput).max(50),
};

export const shippingZoneInput = z
  .object({ ...zoneFields, restOfWorld: zoneFields.restOfWorld.default(false) })
  .meta({ id: 'ShippingZoneInput' });

/** Rates that are given replace all of the zone's; one that brings its id stays the same rate. */
export const shippingZonePatch = z
  .object(zoneFields)
  .partial()
  .extend({ version })
  .meta({ id: 'ShippingZonePatch' });

export const shippingZone = z
  .object({
    ...zoneFields,
    id: z.uuid(),
    rates: z.array(shippingRate),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'ShippingZone' });

export const shippingZoneList = z
  .object({ items: z.array(shippingZone), nextCursor: z.null() })
  .meta({ id: 'ShippingZoneList' });

const address = z
  .strictObject({
    address1: name,
    address2: z.string().trim().max(255).optional(),
    zip: z.string().trim().max(20).optional(),
    city: name,
    province: provinceCode.optional(),
    country: countryCode,
    phone: z.string().trim().max(40).optional(),
  })
  .meta({ id: 'PickupAddress' });

export const pickupPointInput = z
  .object({
    enabled: z.boolean().default(true),
    title: name,
    address,
    instructions: text.default(null),
    /** How many hours after the order it can be fetched. */
    readyHours: z.int().min(0).max(2_000).default(24),
    priceMinor: price.default(0),
    version,
  })
  .meta({ id: 'PickupPointInput' });

export const pickupPoint = z
  .object({
    locationId: z.uuid(),
    enabled: z.boolean(),
    title: z.string(),
    address,
    instructions: z.string().nullable(),
    readyHours: z.int(),
    priceMinor: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'PickupPoint' });

export const pickupPointList = z
  .object({ items: z.array(pickupPoint), nextCursor: z.null() })
  .meta({ id: 'PickupPointList' });

const settings = {
  /** Which subtotal rates and free shipping look at. */
  thresholds: z.enum(['after_discounts', 'before_discounts']),
  /** Working days until a parcel leaves. */
  handling: transit.meta({ id: 'HandlingDays' }),
  /** Orders after this time of the store's day count for the next one. */
  cutoff: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 14:00'),
};

export const shippingSettingsPatch = z
  .object(settings)
  .partial()
  .extend({ version })
  .meta({ id: 'ShippingSettingsPatch' });

export const shippingSettings = z
  .object({ ...settings, version: z.int() })
  .meta({ id: 'ShippingSettings' });

export type ShippingRate = z.output<typeof shippingRate>;
export type ShippingRateInput = z.output<typeof shippingRateInput>;
export type ShippingZoneInput = z.output<typeof shippingZoneInput>;
export type ShippingZone = Omit<z.output<typeof shippingZone>, 'createdAt' | 'updatedAt'> & {
  createdAt: Date;
  updatedAt: Date;
};
export type PickupPointInput = Omit<z.output<typeof pickupPointInput>, 'version'>;
export type PickupPoint = Omit<z.output<typeof pickupPoint>, 'createdAt' | 'updatedAt'> & {
  createdAt: Date;
  updatedAt: Date;
};
export type ShippingSettings = z.output<typeof shippingSettings>;
