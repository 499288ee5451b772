import type { Markets } from '@libs/catalog';
import { type PriceEnding, type PriceRule, marketPrice } from '@libs/kernel';

/** How a market sells at a moment. */
export type MarketTerms = Awaited<ReturnType<Markets['terms']>>;

/** How a cart's or checkout's prices are made of the store's own. A checkout keeps it from its first page to the order. */
export interface Exchange {
  market: string;
  /** The store's currency. */
  base: string;
  /** Units of the shopper's currency for one of the store's, in 1e-10. */
  rate1e10: number;
  markupPpm: number;
  ending: PriceEnding | null;
  /** Who set the rate, and since when (ISO 8601). */
  source: string;
  at: string;
}

/** What is to be remembered of a market's terms; null where it sells in the store's currency. */
export function exchangeOf({ market, rule, rateOf }: MarketTerms): Exchange | null {
  if (rule === null || rateOf === null) return null;
  const { base, rate1e10, markupPpm, ending } = rule;
  return { market, base, rate1e10, markupPpm, ending, source: rateOf.source, at: rateOf.since };
}

/** The rule by which prices are shown in a currency. */
export function ruleOf(exchange: Exchange, currency: string): PriceRule {
  const { base, rate1e10, markupPpm, ending } = exchange;
  return { base, currency, rate1e10, markupPpm, ending };
}

/** Other amounts of the merchant's, such as of shipping: rate and mark-up as for prices, and no ending. */
export function converterOf(
  exchange: Exchange | null,
  currency: string,
): (amountMinor: number) => number {
  if (exchange === null) return (amountMinor) => amountMinor;
  const rule = { ...ruleOf(exchange, currency), ending: null };
  return (amountMinor) => marketPrice(amountMinor, rule);
}
