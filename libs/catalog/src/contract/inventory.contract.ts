import { z } from 'zod';

const id = z.uuid();
const version = z.int().optional();

export const location = z
  .object({
    id,
    name: z.string(),
    isDefault: z.boolean(),
    priority: z.int(),
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
};

export const locationInput = z
  .object({ ...locationFields, priority: locationFields.priority.default(0) })
  .meta({ id: 'LocationInput' });

export const locationPatch = z
  .object(locationFields)
  .partial()
  .extend({ version })
  .meta({ id: 'LocationPatch' });

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

export const inventoryCount = z
  .object({ onHand: z.int().min(-1e9).max(1e9), version })
  .meta({ id: 'InventoryCount' });

export type Location = z.output<typeof location>;
export type InventoryLevel = z.output<typeof inventoryLevel>;
