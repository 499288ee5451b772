import { z } from 'zod';
import { htmlWarnings } from './html-warnings.contract';

const id = z.uuid();
const shortText = z.string().max(255);
const version = z.int().optional();
/** Minor units of the store's currency; that it is 0 or more is told with the product's other faults. */
const amount = z.int();

const metafieldInput = z
  .object({ namespace: z.string(), key: z.string(), type: z.string(), value: z.json() })
  .meta({ id: 'MetafieldInput' });

const unitPrice = z
  .object({ total: z.number(), totalUnit: shortText, base: z.number(), baseUnit: shortText })
  .meta({ id: 'UnitPrice' });

const weightUnit = z.enum(['g', 'kg', 'lb', 'oz']);
const policy = z.enum(['deny', 'continue']);

/** `image` is the address, file or id of one of the product's pictures. */
export const variantInput = z
  .object({
    options: z.array(z.string()).max(3),
    sku: shortText.nullable(),
    barcode: shortText.nullable(),
    priceMinor: amount,
    compareAtMinor: amount.nullable(),
    costMinor: amount.nullable(),
    grams: z.number(),
    weightUnit,
    taxable: z.boolean(),
    taxCode: shortText.nullable(),
    requiresShipping: z.boolean(),
    unitPrice: unitPrice.nullable(),
    tracked: z.boolean(),
    inventoryPolicy: policy,
    /** What can be sold at the default location. */
    quantity: z.int().min(-1e9).max(1e9),
    image: z.string().max(2048).nullable(),
    metafields: z.array(metafieldInput).max(250),
  })
  .partial()
  .meta({ id: 'VariantInput' });

export const variantPatch = variantInput.extend({ version }).meta({ id: 'VariantPatch' });

const imageInput = z
  .object({
    src: z.string().max(2048).optional(),
    mediaId: id.optional(),
    alt: z.string().max(512).nullable().optional(),
  })
  .meta({ id: 'ProductImageInput' });

const optionInput = z
  .object({ name: shortText, values: z.array(shortText).max(2048).optional() })
  .meta({ id: 'ProductOptionInput' });

const productFields = z.object({
  handle: z.string().max(255),
  title: z.string().trim().min(1).max(255),
  bodyHtml: z.string().max(524_288).nullable(),
  vendor: shortText.nullable(),
  productType: shortText.nullable(),
  tags: z.array(z.string().max(255)).max(250),
  status: z.enum(['draft', 'active', 'archived']),
  published: z.boolean(),
  publishedAt: z.iso.datetime({ offset: true }).nullable(),
  giftCard: z.boolean(),
  templateSuffix: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'must be the suffix of a template, such as gift')
    .nullable(),
  seoTitle: shortText.nullable(),
  seoDescription: z.string().max(5000).nullable(),
  options: z.array(optionInput).max(3),
  /** All of them: a variant that is there and not named goes. `id` names one that is there. */
  variants: z.array(variantInput.extend({ id: id.optional() })).max(2048),
  /** All of them, in their order. */
  images: z.array(imageInput).max(250),
  /** Added, changed, or with a null value removed; others stay. */
  metafields: z.array(metafieldInput).max(250),
});

export const productInput = productFields
  .partial()
  .required({ title: true })
  .meta({ id: 'ProductInput' });

export const productPatch = productFields
  .partial()
  .extend({ version })
  .meta({ id: 'ProductPatch' });

const metafield = z
  .object({ namespace: z.string(), key: z.string(), type: z.string(), value: z.json() })
  .meta({ id: 'Metafield' });

export const variant = z
  .object({
    id,
    publicId: z.int(),
    productId: id,
    title: z.string(),
    position: z.int(),
    options: z.array(z.string()),
    sku: z.string().nullable(),
    barcode: z.string().nullable(),
    priceMinor: z.int(),
    compareAtMinor: z.int().nullable(),
    costMinor: z.int().nullable(),
    currency: z.string(),
    grams: z.number(),
    weightUnit,
    taxable: z.boolean(),
    taxCode: z.string().nullable(),
    requiresShipping: z.boolean(),
    unitPrice: unitPrice.nullable(),
    inventoryItemId: id,
    tracked: z.boolean(),
    inventoryPolicy: policy,
    /** What can be sold over all locations; null while it is not counted. */
    quantity: z.int().nullable(),
    imageId: id.nullable(),
    metafields: z.array(metafield),
    version: z.int(),
  })
  .meta({ id: 'Variant' });

export const variantList = z
  .object({ items: z.array(variant), nextCursor: z.null() })
  .meta({ id: 'VariantList' });

const productImage = z
  .object({
    id,
    mediaId: id,
    position: z.int(),
    alt: z.string().nullable(),
    sourceUrl: z.string().nullable(),
    state: z.enum(['pending', 'ready', 'failed']),
    /** An address with `{width}` in it; null while it cannot be shown. */
    src: z.string().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'ProductImage' });

export const productSummary = z
  .object({
    id,
    publicId: z.int(),
    handle: z.string(),
    title: z.string(),
    vendor: z.string(),
    productType: z.string(),
    tags: z.array(z.string()),
    status: z.enum(['draft', 'active', 'archived']),
    publishedAt: z.iso.datetime().nullable(),
    giftCard: z.boolean(),
    templateSuffix: z.string().nullable(),
    options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
    variantsCount: z.int(),
    priceMinMinor: z.int(),
    priceMaxMinor: z.int(),
    currency: z.string(),
    /** What can be sold of all counted variants; null when none is counted. */
    quantity: z.int().nullable(),
    mediaId: id.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'ProductSummary' });

export const product = productSummary
  .extend({
    bodyHtml: z.string(),
    seoTitle: z.string().nullable(),
    seoDescription: z.string().nullable(),
    variants: z.array(variant),
    images: z.array(productImage),
    metafields: z.array(metafield),
  })
  .meta({ id: 'Product' });

/** A product as a write left it. */
export const productWritten = product
  .extend({ warnings: htmlWarnings })
  .meta({ id: 'ProductWritten' });

export const productList = z
  .object({ items: z.array(productSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'ProductList' });

/** Which products a list shows; every condition must hold. */
export const productFilter = z.object({
  status: z.enum(['draft', 'active', 'archived']).optional(),
  vendor: shortText.optional(),
  productType: shortText.optional(),
  tag: shortText.optional(),
  collectionId: id.optional(),
  q: z.string().max(200).optional(),
});

export type ProductInput = z.output<typeof productInput>;
export type ProductPatch = z.output<typeof productPatch>;
export type VariantInput = z.output<typeof variantInput>;
export type Product = z.output<typeof product>;
export type ProductWritten = z.output<typeof productWritten>;
export type ProductSummary = z.output<typeof productSummary>;
export type Variant = z.output<typeof variant>;
export type ProductFilter = z.output<typeof productFilter>;
