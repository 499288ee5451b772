import { type PriceRule, marketPrice } from '@libs/kernel';
import { type UnitBenefit, discountedPrice } from './ledger/general-discount';

/** A price as it applied: the ledger's intervals of a variant in one list, without holes, oldest first. */
export interface PriceSpan {
  /** Milliseconds since 1970; it applied from then on. */
  from: number;
  /** It no longer applied at this moment; null while it runs. */
  to: number | null;
  /** Minor units of the list's currency. */
  amountMinor: number;
  /** Whether the merchant announced it as a reduction. */
  kind: 'list' | 'sale' | 'automatic_discount';
  /** The store's own prices, which a market converts, or the market's. */
  list: 'base' | 'market';
  /** Of an automatic discount: the price that it was taken off, and what was taken. */
  listMinor?: number | null;
  discounts?: readonly UnitBenefit[] | null;
}

/** How a market showed base prices for a time. */
export interface RateSpan {
  from: number;
  to: number | null;
  rule: PriceRule;
}

/** Everything that decided what a variant cost in a market. */
export interface PriceHistory {
  spans: readonly PriceSpan[];
  /** Null where the market sells in the base currency. */
  rates: readonly RateSpan[] | null;
}

/** What a market asks of announced reductions (Directive 98/6/EC, Article 6a). */
export interface PriorPriceRule {
  /** Whether one that grows without a break keeps the window of its first step (paragraph 5). */
  gradual: boolean;
  /** Of what was on the market for less than 30 days: the lowest since then, or no announcement (paragraph 4). */
  young: 'since_first_sale' | 'no_announcement';
}

/** A reduction that is announced, and what it has to be compared with. */
export interface PriorPrice {
  /** The lowest price of the 30 days before, in minor units of the market's currency. */
  priorMinor: number;
  /** When the reduction began. */
  since: number;
  /** The first moment at which the variant had a price in the market. */
  onMarketSince: number;
  kind: 'sale' | 'automatic_discount';
}

const windowMs = 30 * 24 * 60 * 60 * 1_000;

/**
 * The lowest price of the 30 days before an announced reduction, the one that ran already when they began among them.
 * A reduction begins where the merchant lowered a price and said so; what an exchange rate moves begins none.
 * @param at milliseconds since 1970
 * @returns null where nothing is announced at that moment, or nothing may be
 */
export function priorPrice(
  history: PriceHistory,
  rule: PriorPriceRule,
  at: number,
): PriorPrice | null {
  const spans = history.spans.filter(({ from, to }) => to === null || to > from);
  const index = spans.findIndex(({ from, to }) => from <= at && (to === null || to > at));
  const current = spans[index];
  if (!current || current.kind === 'list') return null;
  const since = startOf(spans, index, rule.gradual);
  const start = since - windowMs;
  const onMarketSince = marketStart(spans, history.rates);
  if (onMarketSince === null || onMarketSince >= since) return null;
  if (onMarketSince > start && rule.young === 'no_announcement') return null;
  const prices = spans.flatMap((span) => pricesWithin(span, history.rates, { start, end: since }));
  if (prices.length === 0) return null;
  return { priorMinor: Math.min(...prices), since, onMarketSince, kind: current.kind };
}

/** Where the announced reduction began that the span is a part of. */
function startOf(spans: readonly PriceSpan[], index: number, gradual: boolean): number {
  let first = spans[index] as PriceSpan;
  for (let before = index - 1; before >= 0; before -= 1) {
    const span = spans[before] as PriceSpan;
    const announced = span.kind !== 'list' && span.list === first.list && span.to === first.from;
    const goesOn =
      span.amountMinor === first.amountMinor || (gradual && span.amountMinor > first.amountMinor);
    if (!announced || !goesOn) break;
    first = span;
  }
  return first.from;
}

function marketStart(
  spans: readonly PriceSpan[],
  rates: readonly RateSpan[] | null,
): number | null {
  const starts = spans.flatMap((span) => {
    if (span.list === 'market' || rates === null) return [span.from];
    return rates.filter((rate) => overlap(span, rate)).map(({ from }) => Math.max(from, span.from));
  });
  return starts.length === 0 ? null : Math.min(...starts);
}

/** The prices that a span had in a market within a window. */
function pricesWithin(
  span: PriceSpan,
  rates: readonly RateSpan[] | null,
  window: { start: number; end: number },
): number[] {
  const part = cut(span, window);
  if (part === null) return [];
  if (span.list === 'market' || rates === null) return [span.amountMinor];
  return rates.filter((rate) => overlap(part, rate)).map(({ rule }) => converted(span, rule));
}

/** Discounts are taken off the price that the market shows, as quotes do. */
function converted({ amountMinor, listMinor, discounts }: PriceSpan, rule: PriceRule): number {
  if (!discounts || listMinor == null) return marketPrice(amountMinor, rule);
  return discountedPrice(marketPrice(listMinor, rule), discounts, {
    currency: rule.currency,
    rule,
  });
}

type Span = Pick<PriceSpan, 'from' | 'to'>;

function cut({ from, to }: Span, { start, end }: { start: number; end: number }): Span | null {
  const first = Math.max(from, start);
  const last = Math.min(to ?? end, end);
  return first < last ? { from: first, to: last } : null;
}

function overlap(one: Span, other: Span): boolean {
  const end = Math.min(one.to ?? Infinity, other.to ?? Infinity);
  return Math.max(one.from, other.from) < end;
}
