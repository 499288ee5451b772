/**
 * A picture that the project has: its path under `themes` or, from the demo, under `apps`; and which part of it, in
 * percent of its sides: left, top, width, height.
 */
export type Shot = string | readonly [string, readonly [number, number, number, number]];

/** A product of a brand. */
export interface BrandProduct {
  title: string;
  type: string;
  text: string;
  priceMinor: number;
  pictures: readonly Shot[];
  tags?: readonly string[];
  /** What the shopper chooses, with the price of each choice in minor units. */
  option?: { name: string; values: Readonly<Record<string, number>> };
  /** Pieces of each variant; 60 when it is not told. */
  stock?: number;
}

/** Stars, title, text, author, place, day. */
export type BrandReview = readonly [number, string, string, string, string, string];

/** What a shop sells and says that wears a preset. */
export interface Brand {
  /** What its sale is called. */
  sale: string;
  /** The first one is the one that the preset's pages are about; none for what the demo store sells by itself. */
  products: readonly BrandProduct[];
  /** The handle of the product to open, where it is one of the demo's. */
  main?: string;
  /** What a shopper looks for. */
  search?: string;
  /** Handles of reviews that are there already, or reviews to be written of the first product. */
  reviews?: readonly string[] | readonly BrandReview[];
  /** Collections, each of one type of product. */
  collections?: readonly { title: string; type: string; picture: Shot }[];
  /** What its page about itself says. */
  about?: string;
  /** Its journal, newest first: as many as the demo has. */
  articles?: readonly { title: string; picture: Shot; excerptHtml: string; bodyHtml: string }[];
}
