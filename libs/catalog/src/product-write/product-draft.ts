import type { HtmlWarning } from '@libs/kernel';

/**
 * A product as somebody wants it to be. In every value `undefined` means "not said": an update keeps what is there,
 * a new product takes the default; null clears.
 */
export interface ProductDraft {
  /** Recognizes the product, unless `productId` is given: then it is the handle that it shall have. */
  handle: string;
  productId?: string;
  /** Required for a new product. */
  title?: string;
  bodyHtml?: string | null;
  vendor?: string | null;
  productType?: string | null;
  tags?: readonly string[];
  /** A new product is active. */
  status?: 'draft' | 'active' | 'archived';
  /** ISO 8601; null takes it off the shop. Wins over `published`. */
  publishedAt?: string | null;
  /** true keeps the moment of publication or sets it to now; false takes it off. A new product is published. */
  published?: boolean;
  giftCard?: boolean;
  templateSuffix?: string | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
  /**
   * At most three; `values` fixes an order other than that of the variants. Needed whenever `variants` are given;
   * left out or empty then means the single default variant.
   */
  options?: readonly { name: string; values?: readonly string[] }[];
  /**
   * The product's variants in their order, all of them: a variant that is there and not named goes, unless
   * `keepOtherVariants`. A variant is recognized by its option values.
   */
  variants?: readonly VariantDraft[];
  keepOtherVariants?: boolean;
  /** The product's pictures in their order, all of them. A picture is recognized by its source or its id. */
  images?: readonly ImageDraft[];
  /** Added, changed, or with a null value removed; others stay. */
  metafields?: readonly MetafieldDraft[];
}

/** One variant of a draft; amounts are in minor units of the store's currency. */
export interface VariantDraft {
  /** One value per option of the product; none for the single default variant. */
  options: readonly string[];
  /** Recognizes the variant by its id instead of its option values. */
  variantId?: string;
  sku?: string | null;
  barcode?: string | null;
  priceMinor?: number;
  compareAtMinor?: number | null;
  costMinor?: number | null;
  grams?: number;
  weightUnit?: WeightUnit | null;
  taxable?: boolean;
  taxCode?: string | null;
  requiresShipping?: boolean;
  unitPrice?: UnitPrice | null;
  inventory?: InventoryDraft;
  /**
   * The address, file or id of one of the product's pictures; an address that is not among them is added to them.
   */
  imageSrc?: string | null;
  metafields?: readonly MetafieldDraft[];
}

/** How a weight is shown; it is kept in grams. */
export type WeightUnit = 'g' | 'kg' | 'lb' | 'oz';

/** What a price per unit is computed from: 500 ml in the package, shown per 1 l. */
export interface UnitPrice {
  total: number;
  totalUnit: string;
  base: number;
  baseUnit: string;
}

/** Stock at the store's default location. */
export interface InventoryDraft {
  tracked?: boolean;
  /** What can be sold; null or left out keeps it, 0 for a new variant. Ignored while not tracked. */
  quantity?: number | null;
  policy?: 'deny' | 'continue';
}

/** One picture: an address to be fetched, or the id of a file in the media slice. */
export interface ImageDraft {
  src?: string;
  mediaId?: string;
  alt?: string | null;
}

/** A typed value. `type` is used for a new metafield; one that is defined or exists keeps its own. */
export interface MetafieldDraft {
  namespace: string;
  key: string;
  type: string;
  /** JSON; null removes the metafield. */
  value: unknown;
  /** The value is text out of a file: it is read by the type that counts, such as `5` by number_integer. */
  fromText?: boolean;
}

/** What became of one draft of a batch. */
export interface ProductVerdict {
  handle: string;
  outcome: 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed';
  /** Null when it failed. */
  productId: string | null;
  variants: { created: number; updated: number; deleted: number; failed: number };
  /** What of the product itself differs, for an audit log; empty unless it was updated. */
  changes: { before: Record<string, unknown>; after: Record<string, unknown> };
  /** Pictures that were new and wait to be fetched. */
  imagesQueued: number;
  /** What was taken out of its description; none when it failed or was skipped. */
  warnings: HtmlWarning[];
  /** Why it failed: the draft's faults, each with its field such as `variants.3.price`. */
  problems: DraftProblem[];
}

/** How a batch is written. */
export interface WriteOptions {
  /** Whether products that are there are changed; otherwise they are skipped. */
  overwrite: boolean;
  /** What the ledgers of prices and stock give as the reason; an import when left out. */
  cause?: 'import' | 'edit' | 'schedule';
}

/** One fault of a draft. */
export interface DraftProblem {
  /** The path in the draft, parts joined by dots. */
  field: string;
  code: string;
  message: string;
}
