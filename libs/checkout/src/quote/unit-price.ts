import { marketPrice, type PriceRule } from '@libs/kernel';

/** A price of a variant for some shoppers, in the market's currency. */
export interface ListPrice {
  amountMinor: number;
  /** Customer groups, any of which is enough; null is everybody. */
  groups: readonly string[] | null;
  /** The list counts from so many units on a line. */
  fromQuantity: number;
}

/** What decides what a unit costs. */
export interface UnitPriceQuestion {
  /** The price in the base currency. */
  baseMinor: number;
  /** How base prices are shown in the market; null where it sells in the base currency. */
  rule: PriceRule | null;
  /** The market's own price, which counts instead of the converted one. */
  fixedMinor: number | null;
  lists: readonly ListPrice[];
  groups: readonly string[];
  quantity: number;
}

/**
 * The price of a unit in a market: the market's own or the converted one, or the lowest list that applies to the
 * shopper's groups and the quantity when that is lower.
 * @returns minor units of the market's currency
 */
export function unitPrice(question: UnitPriceQuestion): number {
  const { baseMinor, rule, fixedMinor, lists, groups, quantity } = question;
  const usual = fixedMinor ?? (rule === null ? baseMinor : marketPrice(baseMinor, rule));
  const applicable = lists.filter(
    (list) =>
      quantity >= list.fromQuantity &&
      (list.groups === null || list.groups.some((group) => groups.includes(group))),
  );
  return Math.min(usual, ...applicable.map(({ amountMinor }) => amountMinor));
}
