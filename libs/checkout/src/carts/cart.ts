import type { SellableVariant } from '@libs/catalog';
import type { Exchange } from './exchange';

/** What a shopper asks to have done to a line, in the order given; names starting with `_` are hidden from shoppers. */
export type Properties = readonly (readonly [name: string, value: string])[];

/** A line of a cart with the variant as it is sold now. */
export interface CartLine {
  /** `<variant's public id>:<32 hex>`, another one when the properties change. */
  key: string;
  quantity: number;
  properties: Properties;
  offer: SellableVariant;
}

/** A shopper's cart. */
export interface Cart {
  cartId: string;
  /** Rises with every write. */
  version: number;
  currency: string;
  /** Whose prices it has; `home` is the store's own country. */
  market: string;
  /** How they are made of the store's own; null where it sells in its own currency. */
  exchange: Exchange | null;
  note: string | null;
  attributes: Readonly<Record<string, string>>;
  /** Discount codes as the shopper entered them, whether they count or not. */
  codes: readonly string[];
  /** Whose it is; null for a guest's. */
  customerId: string | null;
  /** The groups of whose it is, by id and by name: discounts may name either. */
  groups: readonly string[];
  /** Where it came from: the source of a share link. */
  source: string | null;
  lines: readonly CartLine[];
}

/** How much of something a cart may hold. */
export const cartLimits = { lines: 100, quantity: 9_999, attributes: 50, codes: 6 } as const;

/** A cart that nobody touched for so long is no longer a shopper's (commerce.md, 2.1). */
export const idleDays = 14;

/** What the lines cost together, in minor units. */
export function linesTotal(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + lineTotal(line), 0);
}

/** What a line costs, in minor units. */
export function lineTotal({ quantity, offer }: CartLine): number {
  return quantity * offer.priceMinor;
}

/** How many units the lines have together. */
export function unitCount(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
