/**
 * A product as its rows describe it. In every value `undefined` means that the file has no such
 * column (an update keeps what is there) and null that the cell is blank (an update clears it).
 */
export interface CsvProduct {
  handle: string;
  title: string;
  descriptionHtml?: string | null;
  vendor?: string | null;
  type?: string | null;
  tags?: string[];
  published?: boolean;
  status?: 'active' | 'draft' | 'archived';
  giftCard?: boolean;
  seoTitle?: string | null;
  seoDescription?: string | null;
  /** Names of the options, none for a product with its single default variant. */
  options?: string[];
  /** Absent when the file has no column of a variant. */
  variants?: CsvVariant[];
  /** Absent when the file has no column for pictures; in the order in which they are shown. */
  images?: CsvImage[];
  extras: CsvExtra[];
}

/** One variant; the rules for `undefined` and null are those of the product. */
export interface CsvVariant {
  line: number;
  /** One value for each option of the product. */
  optionValues: string[];
  sku?: string | null;
  barcode?: string | null;
  /** Minor units of the store's currency. */
  priceMinor?: number;
  compareAtMinor?: number | null;
  costMinor?: number | null;
  taxable?: boolean;
  taxCode?: string | null;
  unitPrice?: CsvUnitPrice | null;
  tracked?: boolean;
  quantity?: number;
  policy?: 'deny' | 'continue';
  grams?: number;
  weightUnit?: 'g' | 'kg' | 'lb' | 'oz';
  requiresShipping?: boolean;
  /** The address of one of the product's pictures. */
  imageSrc?: string | null;
  extras: CsvExtra[];
}

/** What a price per unit is computed from: `total` in the package, shown per `base`. */
export interface CsvUnitPrice {
  total: number;
  totalUnit: string;
  base: number;
  baseUnit: string;
}

/** One picture by its address. */
export interface CsvImage {
  line: number;
  src: string;
  alt?: string | null;
}

/** A value that has no column of its own in the shop: kept as a metafield, null when cleared. */
export interface CsvExtra {
  namespace: string;
  key: string;
  /** The type of a new metafield; one that exists keeps its own. */
  type: 'single_line_text_field' | 'multi_line_text_field' | 'json';
  value: string | null;
  /** Says to the writer that the value is a cell's text, to be read by the metafield's type. */
  fromText: true;
}
