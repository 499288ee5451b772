import type { PriceSpan } from '../prior-price';

/** An interval of the ledger with the list that it is of: `base`, or a market's id. */
export type ListedSpan = Omit<PriceSpan, 'list'> & { list: string };

/**
 * The prices that applied in a market: its own while it had one, the store's before, between and after. Pure.
 * @param spans of one variant, in every list
 * @returns oldest first, without overlaps
 */
export function spansIn(market: string, spans: readonly ListedSpan[]): PriceSpan[] {
  const own = spans.filter(({ list }) => list === market).toSorted((a, b) => a.from - b.from);
  const base = spans.filter(({ list }) => list === 'base');
  const parts: PriceSpan[] = [
    ...own.map((span) => ({ ...span, list: 'market' as const })),
    ...base.flatMap((span) => uncovered(span, own)),
  ];
  return parts.toSorted((a, b) => a.from - b.from || (a.to ?? Infinity) - (b.to ?? Infinity));
}

/** The parts of a base interval in which the market had no price of its own. */
function uncovered(span: ListedSpan, own: readonly ListedSpan[]): PriceSpan[] {
  const whole: PriceSpan = { ...span, list: 'base' };
  if (own.length === 0) return [whole];
  const parts: PriceSpan[] = [];
  let from = span.from;
  const end = span.to ?? Infinity;
  for (const cover of own) {
    const coverEnd = cover.to ?? Infinity;
    if (coverEnd <= from || cover.from >= end) continue;
    if (cover.from > from) parts.push({ ...whole, from, to: cover.from });
    from = coverEnd;
  }
  return from < end ? [...parts, { ...whole, from }] : parts;
}
