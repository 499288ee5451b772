import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'must be letters, digits, hyphens and underscores');

export const metafieldDefinitionInput = z
  .object({
    owner: z.enum(['product', 'variant']),
    namespace: name,
    key: name,
    name: z.string().trim().min(1).max(255),
    description: z.string().max(1000).nullable().default(null),
    type: z.string().max(64),
  })
  .meta({ id: 'MetafieldDefinitionInput' });

/** Owner, name and type stay: values were written by them. */
export const metafieldDefinitionPatch = metafieldDefinitionInput
  .pick({ name: true, description: true })
  .partial()
  .extend({ version: z.int().optional() })
  .meta({ id: 'MetafieldDefinitionPatch' });

export const metafieldDefinition = metafieldDefinitionInput
  .extend({
    id: z.uuid(),
    description: z.string().nullable(),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'MetafieldDefinition' });

export const metafieldDefinitionList = z
  .object({ items: z.array(metafieldDefinition), nextCursor: z.null() })
  .meta({ id: 'MetafieldDefinitionList' });

export type MetafieldDefinition = z.output<typeof metafieldDefinition>;
export type MetafieldDefinitionInput = z.output<typeof metafieldDefinitionInput>;
