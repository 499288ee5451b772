import type { Quote } from '../quote';
import { providerMinor } from './provider-minor';

/** What of a quote is another amount than the shopper saw. */
export interface PriceChange {
  /** Lines whose amount is another, by id; a line that is new or gone counts with 0. */
  lines: { id: string; beforeMinor: number; afterMinor: number }[];
  shipping: { beforeMinor: number; afterMinor: number } | null;
  tax: { beforeMinor: number; afterMinor: number } | null;
  total: { beforeMinor: number; afterMinor: number };
  /** What gift cards and credit leave to pay, where another part of the total is theirs. */
  due: { beforeMinor: number; afterMinor: number } | null;
}

/** Whether a discount that the shopper saw is used up, over or gone, and not only beaten by another one. */
export function lostDiscount(before: Quote | null, after: Quote): boolean {
  const kept = new Set(after.discounts.map(({ id }) => id));
  const refused = new Map(after.rejected.map((one) => [one.discountId, one.reason]));
  return (before?.discounts ?? [])
    .filter(({ id }) => !kept.has(id))
    .some(({ id }) => ['limit', 'ended'].includes(refused.get(id) ?? 'ended'));
}

/** Compares what the shopper saw with what it costs now. */
export function priceChange(before: Quote | null, after: Quote): PriceChange {
  const seen = new Map(before?.lines.map(({ id, totalMinor }) => [id, totalMinor]));
  const now = new Map(after.lines.map(({ id, totalMinor }) => [id, totalMinor]));
  const ids = [...new Set([...seen.keys(), ...now.keys()])];
  const lines = ids
    .map((id) => ({ id, beforeMinor: seen.get(id) ?? 0, afterMinor: now.get(id) ?? 0 }))
    .filter(differs);
  const pair = (amount: (quote: Quote) => number) => ({
    beforeMinor: before ? amount(before) : 0,
    afterMinor: amount(after),
  });
  const shipping = pair(({ totals }) => totals.shippingMinor);
  const tax = pair(({ totals }) => totals.taxMinor);
  const due = pair((quote) => providerMinor({ quote }));
  const total = pair(({ totals }) => totals.totalMinor);
  const covered = (at: 'beforeMinor' | 'afterMinor'): number => total[at] - due[at];
  return {
    lines,
    shipping: differs(shipping) ? shipping : null,
    tax: differs(tax) ? tax : null,
    total,
    due: covered('beforeMinor') === covered('afterMinor') ? null : due,
  };
}

function differs(amounts: { beforeMinor: number; afterMinor: number }): boolean {
  return amounts.beforeMinor !== amounts.afterMinor;
}
