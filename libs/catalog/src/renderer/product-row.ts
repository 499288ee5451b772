import type { Json } from '@template-engine/context';

/** What `cardJson` reads of a product. */
export interface ProductRow {
  id: number;
  title: string;
  handle: string;
  vendor: string;
  type: string;
  tags: string[];
  options: { name: string; values: string[] }[];
  priceMin: number;
  priceMax: number;
  variantsCount: number;
  publishedAt: string | null;
  /** Of the metafields `reviews.rating` and `reviews.rating_count`; null without both. */
  reviews: { rating?: unknown; rating_count?: unknown } | null;
  offer: { available: boolean | null; compareAt: number | null; firstVariant: number | null };
  media: { mediaId: string; alt: string | null }[];
}

/** What `fullJson` reads of it beside. */
export interface FullProductRow {
  description: string;
  templateSuffix: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
  media: { productMediaId: string; mediaId: string; alt: string | null }[];
  variants: VariantRow[];
  metafields: Json;
  collections: { title: string; handle: string; url: string }[];
}

/** A variant of `fullJson`. */
export interface VariantRow {
  id: number;
  values: string[];
  sku: string | null;
  barcode: string | null;
  price: number;
  compareAt: number | null;
  available: boolean;
  productMediaId: string | null;
  policy: string;
  /** What can be bought of a variant that is counted; null of another. */
  quantity: number | null;
  weight: number;
  weightUnit: string;
  metafields: Json;
}
