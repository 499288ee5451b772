import { isId } from '@libs/kernel';
import { isHandle } from '../handles/handle';
import type { DraftProblem, ImageDraft, ProductDraft, VariantDraft } from './product-draft';

/** Limits that users of Shopify know (product.md, "Numbers", and Shopify's help pages). */
export const limits = {
  options: 3,
  variants: 2_048,
  text: 255,
  tags: 250,
  images: 250,
  metafields: 250,
  bodyLength: 512 * 1024,
  quantity: 1_000_000_000,
} as const;

/** Gathers what is wrong with a draft. */
export class Problems {
  readonly list: DraftProblem[] = [];

  add(field: string, code: string, message: string): void {
    this.list.push({ field, code, message });
  }

  /** A text that may be empty, of limited length. */
  text(field: string, text: string | null | undefined, max: number = limits.text): void {
    if (text != null && text.length > max)
      this.add(field, 'too-long', `It is longer than ${max} characters.`);
  }

  /** A text that has to say something, of limited length. */
  name(field: string, text: string, max: number = limits.text): void {
    if (text.trim() === '') this.add(field, 'blank', 'It may not be blank.');
    this.text(field, text, max);
  }

  /** An amount in minor units. */
  amount(field: string, amount: number | null | undefined): void {
    if (amount == null) return;
    if (!Number.isSafeInteger(amount) || amount < 0) {
      const message = 'An amount is a whole number of minor units, 0 or more.';
      this.add(field, 'bad-amount', message);
    }
  }

  count(field: string, items: readonly unknown[] | undefined, max: number): void {
    if (items !== undefined && items.length > max)
      this.add(field, 'too-many', `There are ${items.length}; at most ${max} are possible.`);
  }
}

/** What is wrong with a draft as it stands, whatever product it meets; nothing when it may be written. */
export function checkDraft(draft: ProductDraft): DraftProblem[] {
  const problems = new Problems();
  if (!isHandle(draft.handle)) {
    const message =
      'A handle has small letters, digits and single hyphens between them, at most 255 characters.';
    problems.add('handle', 'bad-handle', message);
  }
  if (draft.title !== undefined) problems.name('title', draft.title);
  problems.text('bodyHtml', draft.bodyHtml, limits.bodyLength);
  for (const field of [
    'vendor',
    'productType',
    'templateSuffix',
    'seoTitle',
    'seoDescription',
  ] as const) {
    problems.text(field, draft[field], field === 'seoDescription' ? 5_000 : limits.text);
  }
  if (draft.publishedAt != null && Number.isNaN(Date.parse(draft.publishedAt)))
    problems.add('publishedAt', 'bad-date', 'It is not a moment of ISO 8601.');
  checkTags(problems, draft.tags ?? []);
  checkOptionNames(problems, draft.options ?? []);
  problems.count('variants', draft.variants, limits.variants);
  for (const [index, variant] of (draft.variants ?? []).slice(0, limits.variants).entries())
    checkVariant(problems, `variants.${index}`, variant);
  problems.count('images', draft.images, limits.images);
  for (const [index, image] of (draft.images ?? []).entries())
    checkImage(problems, `images.${index}`, image);
  return problems.list;
}

function checkTags(problems: Problems, tags: readonly string[]): void {
  problems.count('tags', tags, limits.tags);
  for (const [index, tag] of tags.entries()) {
    problems.name(`tags.${index}`, tag);
    if (tag.includes(','))
      problems.add(`tags.${index}`, 'comma', 'A tag has no comma: commas separate tags.');
  }
}

function checkOptionNames(problems: Problems, options: NonNullable<ProductDraft['options']>): void {
  problems.count('options', options, limits.options);
  const seen = new Set<string>();
  for (const [index, { name }] of options.entries()) {
    problems.name(`options.${index}.name`, name);
    const known = name.trim().toLowerCase();
    if (seen.has(known))
      problems.add(`options.${index}.name`, 'duplicate', `There is another option “${name}”.`);
    seen.add(known);
  }
}

function checkVariant(problems: Problems, field: string, variant: VariantDraft): void {
  for (const [index, value] of variant.options.entries())
    problems.name(`${field}.options.${index}`, value);
  for (const name of ['sku', 'barcode', 'taxCode'] as const)
    problems.text(`${field}.${name}`, variant[name]);
  problems.amount(`${field}.price`, variant.priceMinor);
  problems.amount(`${field}.compareAt`, variant.compareAtMinor);
  problems.amount(`${field}.cost`, variant.costMinor);
  const { grams, weightUnit, inventory, unitPrice } = variant;
  if (grams !== undefined && !(Number.isFinite(grams) && grams >= 0))
    problems.add(`${field}.grams`, 'bad-weight', 'A weight is 0 g or more.');
  if (weightUnit != null && !['g', 'kg', 'lb', 'oz'].includes(weightUnit))
    problems.add(`${field}.weightUnit`, 'unknown-unit', 'The unit is one of g, kg, lb and oz.');
  const quantity = inventory?.quantity ?? 0;
  if (!Number.isInteger(quantity) || Math.abs(quantity) > limits.quantity)
    problems.add(`${field}.inventory.quantity`, 'bad-quantity', 'A quantity is a whole number.');
  if (unitPrice != null && !(unitPrice.total > 0 && unitPrice.base > 0))
    problems.add(`${field}.unitPrice`, 'bad-measure', 'Both measures are larger than 0.');
}

function checkImage(problems: Problems, field: string, { src, mediaId, alt }: ImageDraft): void {
  problems.text(`${field}.alt`, alt, 512);
  if (mediaId !== undefined) {
    if (!isId(mediaId)) problems.add(`${field}.mediaId`, 'bad-id', 'It is not the id of a file.');
  } else if (src === undefined || !/^https?:\/\/./i.test(src) || src.length > 2_048) {
    problems.add(`${field}.src`, 'bad-address', 'A picture has an address of http or https.');
  }
}
