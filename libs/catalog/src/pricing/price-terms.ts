import { type PriceRule, marketPrice } from '@libs/kernel';
import { type UnitBenefit, discountedPrice } from './ledger/general-discount';
import { asksForPriorPrice } from './prior-price-rules';

/** The market of a store's own country and currency. */
export const homeMarket = 'home';

/** How a market shows prices. */
export interface PriceTerms {
  /** The market by which prices of its own and prior prices are kept. */
  market: string;
  currency: string;
  /** How base prices are shown there; null where the market sells in the base currency. */
  rule: PriceRule | null;
  /** What is struck through comes from the ledger (Directive 98/6/EC, Article 6a). */
  asksPrior: boolean;
}

/** The terms of a store's own country and currency. */
export function homeTerms({
  country,
  currency,
}: {
  country: string;
  currency: string;
}): PriceTerms {
  const asksPrior = asksForPriorPrice([country]);
  return { market: homeMarket, currency, rule: null, asksPrior };
}

/** What is kept of a variant's prices. */
export interface KeptPrices {
  /** In the base currency. */
  price: number;
  compareAt: number | null;
  /** What announced reductions are compared with, by market; none where there is no announcement. */
  facts: Readonly<Record<string, PriceFact>> | null;
  /** The automatic discounts that everyone gets on it now; null without any. */
  discounts: readonly UnitBenefit[] | null;
  /** Prices of markets' own, by market; null without any. */
  own: Readonly<Record<string, OwnPrice>> | null;
}

/** What a market asks instead of the store's price at its rate, in minor units of its currency. */
export interface OwnPrice {
  price: number;
  compareAt: number | null;
}

/** A row of `variant_price_facts`. */
export interface PriceFact {
  prior: number;
  /** ISO 8601. */
  since: string;
  kind: string;
}

/** What a market shows of a variant. */
export interface ShownPrice {
  /** Before automatic discounts, as carts name it. */
  price: number;
  /** What is struck through beside that price; null where nothing may be. */
  struck: number | null;
  reduction: PriceReduction;
}

/** `price_reduction` of the theme format. */
export interface PriceReduction {
  active: boolean;
  /** What a unit costs, automatic discounts taken off. */
  price: number;
  prior: number | null;
  /** Whole, rounded down: never more than was taken off. */
  percent: number;
  since: string | null;
  /**
   * What announces it: `sale` or `automatic_discount` by the ledger; where no ledger is asked for `compare_at` by the
   * merchant's word, or `list_price` by the price before an automatic discount.
   */
  kind: string | null;
}

/** What a variant costs in a market, and which reduction may be shown beside it. */
export function shownPrice(kept: KeptPrices, terms: PriceTerms): ShownPrice {
  const { price: list, compareAt } = setPrices(kept, terms);
  const price = kept.discounts ? discountedPrice(list, kept.discounts, terms) : list;
  const fact = terms.asksPrior ? (kept.facts?.[terms.market] ?? null) : null;
  const byWord = compareAt !== null && compareAt > list ? compareAt : null;
  const asked = terms.asksPrior ? (fact?.prior ?? null) : (byWord ?? list);
  if (asked === null || asked <= price) {
    const none = { active: false, price, prior: null, percent: 0, since: null, kind: null };
    return { price: list, struck: null, reduction: none };
  }
  const percent = Math.floor(((asked - price) * 100) / asked);
  const since = fact && new Date(fact.since).toISOString();
  const kind = fact?.kind ?? (byWord === null ? 'list_price' : 'compare_at');
  return {
    price: list,
    struck: asked > list ? asked : null,
    reduction: { active: true, price, prior: asked, percent, since, kind },
  };
}

/** What is asked in a market before discounts: its own price, or the store's as the market shows it. */
export function setPrices(
  { price, compareAt, own }: Pick<KeptPrices, 'price' | 'compareAt' | 'own'>,
  terms: Pick<PriceTerms, 'market' | 'rule'>,
): OwnPrice {
  const fixed = own?.[terms.market];
  if (fixed) return fixed;
  const shown = compareAt === null ? null : inMarket(compareAt, terms);
  return { price: inMarket(price, terms), compareAt: shown };
}

/** A price of the base currency as a market shows it. */
export function inMarket(amountMinor: number, { rule }: Pick<PriceTerms, 'rule'>): number {
  return rule === null ? amountMinor : marketPrice(amountMinor, rule);
}
