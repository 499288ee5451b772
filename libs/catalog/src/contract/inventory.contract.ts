import { z } from 'zod';

const id = z.uuid();
const version = z.int().optional();
const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'must be two capitals of ISO 3166-1', abort: true })
  .refine(
    (code) => code !== 'ZZ' && countryNames.of(code) !== undefined,
    'is no country of ISO 3166-1',
  );

export const location = z
  .object({
    id,
    name: z.string(),
    isDefault: z.boolean(),
    priority: z.int(),
    /** Countries to which it sends; null is all of them, none is a place where things are only fetched. */
    deliversTo: z.array(z.string()).nullable(),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Location' });

export const locationList = z
  .object({ items: z.array(location), nextCursor: z.null() })
  .meta({ id: 'LocationList' });

const locationFields = {
  name: z.string().trim().min(1).max(100),
  /** Smaller comes first. */
  priority: z.int().min(-1000).max(1000),
  deliversTo: z
    .array(country)
    .max(250)
    .refine((codes) => new Set(codes).size === codes.length, 'names a country twice')
    .nullable(),
};

export const locationInput = z
  .object({
    ...locationFields,
    priority: locationFields.priority.default(0),
    deliversTo: locationFields.deliversTo.default(null),
  })
  .meta({ id: 'LocationInput' });

export const locationPatch = z
  .object(locationFields)
  .partial()
  .extend({ version })
  .meta({ id: 'LocationPatch' });

/** Why units are on hand and not for sale. */
export const unavailableReason = z.enum(['damaged', 'quality_control', 'safety_stock']);

export const inventoryLevel = z
  .object({
    itemId: id,
    locationId: id,
    variantId: id,
    productId: id,
    title: z.string(),
    sku: z.string().nullable(),
    onHand: z.int(),
    committed: z.int(),
    reserved: z.int(),
    unavailable: z.int(),
    /** The same by reason. */
    unavailableBy: z.object({
      damaged: z.int(),
      quality_control: z.int(),
      safety_stock: z.int(),
    }),
    incoming: z.int(),
    /** On hand without what is committed, reserved and unavailable. */
    available: z.int(),
    version: z.int(),
  })
  .meta({ id: 'InventoryLevel' });

export const inventoryLevelList = z
  .object({ items: z.array(inventoryLevel), nextCursor: z.string().nullable() })
  .meta({ id: 'InventoryLevelList' });

export const inventoryFilter = z.object({
  productId: id.optional(),
  locationId: id.optional(),
});

const units = z.int().min(-1e9).max(1e9);

/**
 * What was counted, with what whoever counted saw before, so that nobody writes over another count: the level's `version`
 * (or `If-Match`), which any movement changes; or what was on hand, which holds while goods are only sold and reserved.
 */
export const inventoryCount = z
  .object({
    onHand: units,
    version,
    compareOnHand: units.optional(),
    /** The count holds whatever was there before. */
    ignoreCompare: z.literal(true).optional(),
  })
  .meta({ id: 'InventoryCount' });

/** Units that become available or unavailable, or that are gone. */
export const unitsMove = z
  .object({
    from: z.enum(['available', ...unavailableReason.options]),
    to: z.enum(['available', ...unavailableReason.options, 'removed']),
    quantity: z.int().min(1).max(1e9),
    version,
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from `from`' })
  .meta({ id: 'UnitsMove' });

export type InventoryCount = z.output<typeof inventoryCount>;
export type UnavailableReason = z.output<typeof unavailableReason>;
export type Location = z.output<typeof location>;
export type InventoryLevel = z.output<typeof inventoryLevel>;
