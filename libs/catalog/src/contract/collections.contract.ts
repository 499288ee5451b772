import { z } from 'zod';
import { htmlWarnings } from './html-warnings.contract';
import { collectionRules } from './collection-rules.contract';

const id = z.uuid();
const shortText = z.string().max(255);
const version = z.int().optional();

export const collectionSort = z.enum([
  'manual',
  'title-ascending',
  'title-descending',
  'price-ascending',
  'price-descending',
  'created-ascending',
  'created-descending',
]);

const fields = z.object({
  title: z.string().trim().min(1).max(255),
  handle: shortText,
  bodyHtml: z.string().max(524_288),
  sortOrder: collectionSort,
  published: z.boolean(),
  seoTitle: shortText.nullable(),
  seoDescription: z.string().max(5000).nullable(),
  templateSuffix: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'must be the suffix of a template, such as gift')
    .nullable(),
  mediaId: id.nullable(),
  /** With rules it is a smart collection, without them a manual one. */
  rules: collectionRules,
});

export const collectionInput = fields
  .partial()
  .required({ title: true })
  .meta({ id: 'CollectionInput' });

export const collectionPatch = fields.partial().extend({ version }).meta({ id: 'CollectionPatch' });

export const collection = z
  .object({
    id,
    publicId: z.int(),
    kind: z.enum(['manual', 'smart']),
    handle: z.string(),
    title: z.string(),
    bodyHtml: z.string(),
    rules: collectionRules.nullable(),
    sortOrder: collectionSort,
    publishedAt: z.iso.datetime().nullable(),
    seoTitle: z.string().nullable(),
    seoDescription: z.string().nullable(),
    templateSuffix: z.string().nullable(),
    mediaId: id.nullable(),
    productsCount: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Collection' });

/** A collection as a write left it. */
export const collectionWritten = collection
  .extend({ warnings: htmlWarnings })
  .meta({ id: 'CollectionWritten' });

export const collectionList = z
  .object({ items: z.array(collection), nextCursor: z.string().nullable() })
  .meta({ id: 'CollectionList' });

/** All members of a manual collection, in their order. */
export const collectionMembers = z
  .object({ productIds: z.array(id).max(5000), version })
  .meta({ id: 'CollectionMembers' });

export type Collection = z.output<typeof collection>;
export type CollectionWritten = z.output<typeof collectionWritten>;
export type CollectionInput = z.output<typeof collectionInput>;
export type CollectionPatch = z.output<typeof collectionPatch>;
