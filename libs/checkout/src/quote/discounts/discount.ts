/** What a discount lowers. Two discounts go together only when each allows the other's class. */
export type DiscountClass = 'product' | 'order' | 'shipping';

/** Which lines a discount means. Lists are alternatives; without any list it means every line. */
export interface Targets {
  productIds?: readonly string[];
  variantIds?: readonly string[];
  collectionIds?: readonly string[];
  tags?: readonly string[];
}

/**
 * What is taken off: a percentage of the amount in parts per million (free is 1,000,000), or a fixed amount in minor
 * units, once over all that the discount means or, with `each`, for every unit of it.
 */
export type Benefit = { ppm: number } | { amountMinor: number; each: boolean };

/** Benefits by how much is bought; the highest step reached counts. */
export interface Tiered {
  kind: 'tiered';
  by: 'quantity' | 'amount';
  tiers: readonly { from: number; benefit: Benefit }[];
}

/** Takes the benefit off what the discount means. */
export interface Plain {
  kind: 'plain';
  benefit: Benefit;
}

/** Lowers only so many units of a variant; the counter is the sale's own, not the stock. */
export interface FlashSale {
  kind: 'flash_sale';
  benefit: Benefit;
  /** Units that are left of the sale, by variant; a variant that is not named has none. */
  left: Readonly<Record<string, number>>;
}

/** For so many units, or so much spent, of some lines, so many units of others at a benefit. */
export interface BuyXGetY {
  kind: 'buy_x_get_y';
  buy: { targets: Targets } & ({ quantity: number } | { amountMinor: number });
  get: { targets: Targets; quantity: number; benefit: Benefit };
  usesPerOrder: number | null;
}

/** Lowers what the delivery costs. */
export interface ShippingOff {
  benefit: Benefit;
  /** Destinations by ISO 3166 code; null is everywhere. */
  countries: readonly string[] | null;
  /** Rates above this price are not lowered, in minor units; null lowers all. */
  dearestMinor: number | null;
}

/** What a discount of each class does. */
export type DiscountRule =
  | { class: 'product'; targets: Targets; rule: Plain | Tiered | FlashSale | BuyXGetY }
  | { class: 'order'; rule: Plain | Tiered }
  | { class: 'shipping'; rule: ShippingOff };

/** A discount as it stands: rules and what is left of its limits. Times are milliseconds since 1970, UTC. */
export type Discount = DiscountRule & {
  id: string;
  title: string;
  /** The code that the shopper entered and its place among those entered; null for an automatic discount. */
  code: { text: string; place: number } | null;
  createdAt: number;
  startsAt: number | null;
  endsAt: number | null;
  combinesWith: Readonly<Record<DiscountClass, boolean>>;
  /**
   * What must be in the cart, of the lines that the discount means and before any discount; a shipping discount's
   * amount is compared with the subtotal that shipping rates look at.
   */
  minimum: { quantity?: number; subtotalMinor?: number } | null;
  /** Customer groups, any of which is enough; null is everybody. */
  groups: readonly string[] | null;
  markets: readonly string[] | null;
  /** Uses that are left for this shopper, after all limits; null is no limit. */
  usesLeft: number | null;
};

/** A discount of one class. */
export type DiscountOf<Class extends DiscountClass> = Extract<Discount, { class: Class }>;

/**
 * A discount that was given on one line, by staff or by an order that is edited: it counts whatever the store's
 * discounts say. `amountMinor` was agreed on for `ofUnits` units; other quantities take their part of it.
 */
export interface GivenDiscount {
  id: string;
  title: string;
  code: string | null;
  class: 'product' | 'order';
  off: { ppm: number } | { amountMinor: number; ofUnits: number };
}

/** Why a discount does not count. `with` is the one that stands against it. */
export interface Rejection {
  discountId: string;
  code: string | null;
  reason:
    | 'minimum'
    | 'not_combinable'
    | 'limit'
    | 'not_started'
    | 'ended'
    | 'group'
    | 'market'
    | 'no_target'
    | 'better_set';
  with?: string;
}

/** An amount that a discount takes off a line or a delivery. */
export interface Cut {
  discount: Discount;
  /** Id of the line or delivery. */
  target: string;
  /** Units of the line that are lowered; 1 for a delivery. */
  units: number;
  amountMinor: number;
  reason: string;
}

/** Entered codes first, in the order they were entered; then older discounts; then by id. */
export function byPrecedence(a: Discount, b: Discount): number {
  const place = (discount: Discount): number => discount.code?.place ?? Number.MAX_SAFE_INTEGER;
  return place(a) - place(b) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
