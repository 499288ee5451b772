import { z } from 'zod';

const key = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must begin with a small letter, then small letters, digits, _');
const type = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,63}$/,
    'must begin with a small letter, then small letters, digits, _ or -',
  );
const handle = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens')
  .max(100);
const version = z.int().optional();
const name = z.string().trim().min(1).max(255);

export const metaobjectField = z
  .object({
    key,
    name,
    type: z.string().max(64),
    required: z.boolean().default(false),
  })
  .meta({ id: 'MetaobjectField' });

export const metaobjectDefinitionInput = z
  .object({
    type,
    name,
    fields: z.array(metaobjectField).min(1).max(40),
    displayField: key.nullable().default(null),
  })
  .meta({ id: 'MetaobjectDefinitionInput' });

/** The type stays: themes name it. */
export const metaobjectDefinitionPatch = z
  .object({
    name,
    fields: z.array(metaobjectField).min(1).max(40),
    displayField: key.nullable(),
  })
  .partial()
  .extend({ version })
  .meta({ id: 'MetaobjectDefinitionPatch' });

export const metaobjectDefinition = metaobjectDefinitionInput
  .extend({
    id: z.uuid(),
    displayField: z.string().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'MetaobjectDefinition' });

export const metaobjectDefinitionList = z
  .object({ items: z.array(metaobjectDefinition), nextCursor: z.null() })
  .meta({ id: 'MetaobjectDefinitionList' });

const fields = z.record(z.string().max(64), z.unknown());

export const metaobjectInput = z
  .object({
    type,
    handle: handle.optional(),
    fields,
    published: z.boolean().optional(),
  })
  .meta({ id: 'MetaobjectInput' });

/** Fields that are left out stay; null takes one away. */
export const metaobjectPatch = z
  .object({ handle, fields, published: z.boolean() })
  .partial()
  .extend({ version })
  .meta({ id: 'MetaobjectPatch' });

export const metaobject = z
  .object({
    id: z.uuid(),
    publicId: z.string(),
    type: z.string(),
    handle: z.string(),
    fields,
    publishedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Metaobject' });

export const metaobjectList = z
  .object({ items: z.array(metaobject), nextCursor: z.string().nullable() })
  .meta({ id: 'MetaobjectList' });

export type MetaobjectField = z.output<typeof metaobjectField>;
export type MetaobjectDefinition = Omit<
  z.output<typeof metaobjectDefinition>,
  'createdAt' | 'updatedAt'
> & { createdAt: Date; updatedAt: Date };
export type MetaobjectDefinitionInput = z.output<typeof metaobjectDefinitionInput>;
export type MetaobjectInput = z.output<typeof metaobjectInput>;
