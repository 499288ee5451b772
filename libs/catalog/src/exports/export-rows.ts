import { formatDecimal } from '@libs/kernel';
import {
  COLUMNS,
  guard,
  HOMES,
  levelOf,
  marketCell,
  usualValue,
  type CsvProduct,
  type CsvVariant,
  type Field,
} from '../csv';

/** A metafield of an exported product or variant; `value` is the stored value as JSON. */
export interface ExportMetafield {
  namespace: string;
  key: string;
  value: unknown;
}

/** A variant as an export needs it: every value known. */
export interface ExportVariant extends Required<Omit<CsvVariant, 'line' | 'extras'>> {
  metafields: ExportMetafield[];
}

/** A product as an export needs it: every value known. */
export interface ExportProduct extends Required<
  Omit<CsvProduct, 'variants' | 'images' | 'extras'>
> {
  variants: ExportVariant[];
  images: { src: string; alt: string | null }[];
  metafields: ExportMetafield[];
}

/** A column that only some stores have: a metafield or a market's value. */
export interface ExtraColumn {
  header: string;
  owner: 'product' | 'variant';
  namespace: string;
  key: string;
}

/** The first line of an export: the current generation's columns, then the store's own. */
export function exportHeader(extra: readonly ExtraColumn[]): string[] {
  return [...COLUMNS.map(({ header }) => header), ...extra.map(({ header }) => header)];
}

/**
 * The rows of one product: one a variant or picture, the product's own values on the first.
 * @param currency ISO 4217 code of the store, in whose minor unit prices are
 */
export function exportRows(
  product: ExportProduct,
  extra: readonly ExtraColumn[],
  currency: string,
): string[][] {
  const count = Math.max(product.variants.length, product.images.length, 1);
  return Array.from({ length: count }, (_, index) => {
    const variant = product.variants[index];
    const cells = {
      handle: product.handle,
      ...(index === 0 ? productCells(product) : {}),
      ...(variant ? variantCells(variant, currency) : {}),
      ...imageCells(product, index),
    };
    const own = COLUMNS.map(({ field }) => cell(field, cells[field]));
    return [...own, ...extra.map((column) => extraCell(column, product, variant, index))];
  });
}

type Cells = Partial<Record<Field, string | null>>;

/** Numbers are written bare; text that a spreadsheet would run is guarded. */
const NUMBERS: ReadonlySet<Field> = new Set([
  'quantity',
  'price',
  'compareAtPrice',
  'cost',
  'grams',
]);

function cell(field: Field, value: string | null | undefined): string {
  if (value == null) return '';
  if (NUMBERS.has(field)) return value;
  return field === 'barcode' && value.startsWith("'") ? `'${value}` : guard(value);
}

function productCells(product: ExportProduct): Cells {
  const [first, second, third] = product.options;
  return {
    title: product.title,
    description: product.descriptionHtml,
    vendor: product.vendor,
    type: product.type,
    tags: product.tags.join(', '),
    published: String(product.published),
    status: product.status,
    option1Name: first ?? 'Title',
    option2Name: second,
    option3Name: third,
    giftCard: String(product.giftCard),
    seoTitle: product.seoTitle,
    seoDescription: product.seoDescription,
    ...homeCells('product', product.metafields),
  };
}

function variantCells(variant: ExportVariant, currency: string): Cells {
  const [first, second, third] = variant.optionValues;
  const price = (minor: number | null) => (minor === null ? null : formatDecimal(minor, currency));
  const kept = homeCells('variant', variant.metafields);
  return {
    ...kept,
    option1Value: first ?? 'Default Title',
    option2Value: second,
    option3Value: third,
    sku: variant.sku,
    barcode: variant.barcode,
    price: price(variant.priceMinor),
    compareAtPrice: price(variant.compareAtMinor),
    cost: price(variant.costMinor),
    taxable: String(variant.taxable),
    taxCode: variant.taxCode,
    ...unitCells(variant),
    tracker: variant.tracked ? kept.tracker : null,
    quantity: variant.tracked ? String(variant.quantity) : null,
    policy: variant.policy.toUpperCase(),
    grams: String(variant.grams),
    weightUnit: variant.weightUnit,
    requiresShipping: String(variant.requiresShipping),
    variantImage: variant.imageSrc,
  };
}

function unitCells({ unitPrice }: ExportVariant): Cells {
  if (!unitPrice) return {};
  const { total, totalUnit, base, baseUnit } = unitPrice;
  return {
    unitTotal: String(total),
    unitTotalUnit: totalUnit,
    unitBase: String(base),
    unitBaseUnit: baseUnit,
  };
}

function imageCells({ images }: ExportProduct, index: number): Cells {
  const image = images[index];
  if (!image) return {};
  return { imageSrc: image.src, imagePosition: String(index + 1), imageAlt: image.alt };
}

function homeCells(owner: 'product' | 'variant', metafields: readonly ExportMetafield[]): Cells {
  const cells: Cells = {};
  for (const [field, home] of HOMES) {
    if (levelOf(field) !== owner) continue;
    const kept = metafields.find((found) => sameKey(found, home));
    cells[field] = kept ? text(kept.value) : usualValue(field);
  }
  return cells;
}

function extraCell(
  column: ExtraColumn,
  product: ExportProduct,
  variant: ExportVariant | undefined,
  index: number,
): string {
  const own = index === 0 ? product.metafields : [];
  const metafields = column.owner === 'product' ? own : (variant?.metafields ?? []);
  const found = metafields.find((metafield) => sameKey(metafield, column));
  if (!found) return '';
  return guard(marketCell(found.namespace, found.value)?.value ?? text(found.value));
}

type Key = Pick<ExportMetafield, 'namespace' | 'key'>;

function sameKey(a: Key, b: Key): boolean {
  return a.namespace === b.namespace && a.key === b.key;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
