/** Where a column's value lives: once a product, once a variant, or once a picture. */
export type ColumnLevel = 'product' | 'variant' | 'image';

/**
 * The known columns of Shopify's product CSV, in the order of its current generation:
 * `[field, level, current header, ...older headers]`. Header names are compared without case and
 * with single spaces. Source: Shopify's help page on product CSV files, both generations.
 */
const TABLE = [
  ['title', 'product', 'Title'],
  ['handle', 'product', 'URL handle', 'Handle'],
  ['description', 'product', 'Description', 'Body (HTML)', 'Body HTML'],
  ['vendor', 'product', 'Vendor'],
  ['category', 'product', 'Product category', 'Standardized Product Type'],
  ['type', 'product', 'Type', 'Custom Product Type'],
  ['tags', 'product', 'Tags'],
  ['published', 'product', 'Published on online store', 'Published'],
  ['status', 'product', 'Status'],
  ['sku', 'variant', 'SKU', 'Variant SKU'],
  ['barcode', 'variant', 'Barcode', 'Variant Barcode'],
  ['option1Name', 'product', 'Option1 name'],
  ['option1Value', 'variant', 'Option1 value'],
  ['option1LinkedTo', 'product', 'Option1 Linked To'],
  ['option2Name', 'product', 'Option2 name'],
  ['option2Value', 'variant', 'Option2 value'],
  ['option2LinkedTo', 'product', 'Option2 Linked To'],
  ['option3Name', 'product', 'Option3 name'],
  ['option3Value', 'variant', 'Option3 value'],
  ['option3LinkedTo', 'product', 'Option3 Linked To'],
  ['price', 'variant', 'Price', 'Variant Price'],
  ['compareAtPrice', 'variant', 'Compare-at price', 'Compare at price', 'Variant Compare At Price'],
  ['cost', 'variant', 'Cost per item'],
  ['taxable', 'variant', 'Charge tax', 'Variant Taxable'],
  ['taxCode', 'variant', 'Tax code', 'Variant Tax Code'],
  ['unitTotal', 'variant', 'Unit price total measure'],
  ['unitTotalUnit', 'variant', 'Unit price total measure unit'],
  ['unitBase', 'variant', 'Unit price base measure'],
  ['unitBaseUnit', 'variant', 'Unit price base measure unit'],
  ['tracker', 'variant', 'Inventory tracker', 'Variant Inventory Tracker'],
  ['quantity', 'variant', 'Inventory quantity', 'Variant Inventory Qty'],
  ['policy', 'variant', 'Continue selling when out of stock', 'Variant Inventory Policy'],
  ['grams', 'variant', 'Weight value (grams)', 'Variant Grams'],
  ['weightUnit', 'variant', 'Weight unit for display', 'Variant Weight Unit'],
  ['requiresShipping', 'variant', 'Requires shipping', 'Variant Requires Shipping'],
  ['fulfillmentService', 'variant', 'Fulfillment service', 'Variant Fulfillment Service'],
  ['imageSrc', 'image', 'Product image URL', 'Image Src'],
  ['imagePosition', 'image', 'Image position'],
  ['imageAlt', 'image', 'Image alt text'],
  ['variantImage', 'variant', 'Variant image URL', 'Variant Image'],
  ['giftCard', 'product', 'Gift card'],
  ['seoTitle', 'product', 'SEO title'],
  ['seoDescription', 'product', 'SEO description'],
  ['googleCategory', 'product', 'Google Shopping / Google product category'],
  ['googleGender', 'product', 'Google Shopping / Gender'],
  ['googleAgeGroup', 'product', 'Google Shopping / Age group'],
  [
    'googleMpn',
    'variant',
    'Google Shopping / Manufacturer part number (MPN)',
    'Google Shopping / MPN',
  ],
  [
    'googleAdGroup',
    'product',
    'Google Shopping / Ad group name',
    'Google Shopping / AdWords Grouping',
  ],
  ['googleAdLabels', 'product', 'Google Shopping / Ads labels', 'Google Shopping / AdWords Labels'],
  ['googleCondition', 'variant', 'Google Shopping / Condition'],
  ['googleCustomProduct', 'product', 'Google Shopping / Custom product'],
  ['googleLabel0', 'variant', 'Google Shopping / Custom label 0'],
  ['googleLabel1', 'variant', 'Google Shopping / Custom label 1'],
  ['googleLabel2', 'variant', 'Google Shopping / Custom label 2'],
  ['googleLabel3', 'variant', 'Google Shopping / Custom label 3'],
  ['googleLabel4', 'variant', 'Google Shopping / Custom label 4'],
] as const satisfies readonly (readonly [string, ColumnLevel, string, ...string[]])[];

/** The name that the code uses for a known column. */
export type Field = (typeof TABLE)[number][0];

/** A known column: its field, its level and its header in the current generation. */
export interface Column {
  field: Field;
  level: ColumnLevel;
  header: string;
}

/** The level of a known column. */
export function levelOf(field: Field): ColumnLevel {
  return LEVELS.get(field) as ColumnLevel;
}

const LEVELS = new Map<Field, ColumnLevel>(TABLE.map(([field, level]) => [field, level]));

/** All known columns in the order of the current generation, which an export follows. */
export const COLUMNS: readonly Column[] = TABLE.map(([field, level, header]) => ({
  field,
  level,
  header,
}));

/** Folds a header for comparison: trimmed, single spaces, lower case. */
export function foldHeader(header: string): string {
  return header.trim().replace(/\s+/g, ' ').toLowerCase();
}

const GOOGLE_PREFIX = 'google shopping / ';

/** The current files also write the Google columns without their prefix. */
function spellings(headers: readonly string[]): string[] {
  const folded = headers.map(foldHeader);
  const bare = folded
    .filter((header) => header.startsWith(GOOGLE_PREFIX))
    .map((header) => header.slice(GOOGLE_PREFIX.length));
  return [...folded, ...bare];
}

const BY_HEADER = new Map<string, Column>(
  TABLE.flatMap(([, , ...headers], index) =>
    spellings(headers).map((header) => [header, COLUMNS[index] as Column] as const),
  ),
);

/** The known column that a header names in either generation, or null. */
export function findColumn(header: string): Column | null {
  return BY_HEADER.get(foldHeader(header)) ?? null;
}
