import type { Json } from '@template-engine/context';
import type { KeptPrices } from '../pricing/price-terms';

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
  /** `compareAt` and `facts` are of the cheapest variant. */
  offer: Omit<KeptPrices, 'price' | 'own'> & {
    available: boolean | null;
    firstVariant: number | null;
    /** All of them where a market has prices of its own for one; else null. */
    variants: KeptPrices[] | null;
  };
  media: { mediaId: string; alt: string | null }[];
}

/** What `fullJson` reads of it beside. */
export interface FullProductRow {
  description: string;
  giftCard: boolean;
  templateSuffix: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
  media: { productMediaId: string; mediaId: string; alt: string | null }[];
  variants: VariantRow[];
  metafields: Json;
  collections: { title: string; handle: string; url: string }[];
}

/** A variant of `fullJson`. */
export interface VariantRow extends KeptPrices {
  id: number;
  values: string[];
  sku: string | null;
  barcode: string | null;
  available: boolean;
  productMediaId: string | null;
  policy: string;
  /** What can be bought of a variant that is counted; null of another. */
  quantity: number | null;
  weight: number;
  weightUnit: string;
  metafields: Json;
}
