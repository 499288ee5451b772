import { type PriceRule, marketPrice } from '@libs/kernel';
import type { PriceHistory, PriceSpan, PriorPriceRule, RateSpan } from '../src/pricing/prior-price';

/** One line of the audit log of a test: what was set at a minute. */
export type Noted =
  | { minute: number; set: 'base'; amountMinor: number; compareAtMinor: number | null }
  | { minute: number; set: 'market'; amountMinor: number; compareAtMinor: number | null }
  | { minute: number; set: 'market-gone' }
  | { minute: number; set: 'rate'; rule: PriceRule };

const minuteMs = 60_000;
const windowMinutes = 30 * 24 * 60;

interface Minute {
  list: 'base' | 'market';
  amountMinor: number;
  announced: boolean;
  /** As it was shown. */
  shown: number | null;
}

/**
 * What was the case in each minute, played from the log alone: the measure of the ledger, of which it knows nothing.
 */
export function replay(log: readonly Noted[], minutes: number, converted: boolean): Minute[] {
  const played: Minute[] = [];
  let base: Extract<Noted, { set: 'base' }> | null = null;
  let market: Extract<Noted, { set: 'market' }> | null = null;
  let rule: PriceRule | null = null;
  let next = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    const changed = log[next]?.minute === minute;
    for (; log[next]?.minute === minute; next += 1) {
      const entry = log[next] as Noted;
      if (entry.set === 'base') base = entry;
      else if (entry.set === 'market') market = entry;
      else if (entry.set === 'rate') rule = entry.rule;
      else market = null;
    }
    const price = market ?? base;
    if (!price) throw new Error('a log begins with a base price');
    const last = played.at(-1);
    if (last && !changed) {
      played.push(last);
      continue;
    }
    const { amountMinor, compareAtMinor } = price;
    const announced = compareAtMinor !== null && compareAtMinor > amountMinor;
    const foreign = price.set === 'base' && converted;
    const shown = !foreign ? amountMinor : rule && marketPrice(amountMinor, rule);
    played.push({ list: price.set, amountMinor, announced, shown });
  }
  return played;
}

/** The prior price of the last minute, by looking at every minute before it. */
export function priorByMinutes(played: readonly Minute[], rule: PriorPriceRule): number | null {
  let start = played.length - 1;
  if (!played[start]?.announced) return null;
  for (; start > 0; start -= 1) {
    const now = played[start] as Minute;
    const before = played[start - 1] as Minute;
    if (!before.announced || before.list !== now.list) break;
    const fell = before.amountMinor > now.amountMinor;
    if (before.amountMinor !== now.amountMinor && !(fell && rule.gradual)) break;
  }
  const first = played.findIndex(({ shown }) => shown !== null);
  const from = Math.max(0, start - windowMinutes);
  if (first > start - windowMinutes && rule.young === 'no_announcement') return null;
  let lowest: number | null = null;
  for (let minute = from; minute < start; minute += 1) {
    const shown = played[minute]?.shown ?? null;
    if (shown !== null && (lowest === null || shown < lowest)) lowest = shown;
  }
  return lowest;
}

/** The ledger of a log, written as the product writes it: an interval is closed where the next one begins. */
export function historyOf(log: readonly Noted[], converted: boolean): PriceHistory {
  const spans: PriceSpan[] = [];
  const rates: RateSpan[] = [];
  let base: Omit<PriceSpan, 'from' | 'to'> | null = null;
  let market: Omit<PriceSpan, 'from' | 'to'> | null = null;
  for (const entry of log) {
    const from = entry.minute * minuteMs;
    if (entry.set === 'rate') {
      close(rates, from);
      rates.push({ from, to: null, rule: entry.rule });
      continue;
    }
    if (entry.set === 'market-gone') market = null;
    else {
      const { amountMinor, compareAtMinor, set: list } = entry;
      const sale = compareAtMinor !== null && compareAtMinor > amountMinor;
      const span = { amountMinor, kind: sale ? ('sale' as const) : ('list' as const), list };
      if (list === 'base') base = span;
      else market = span;
    }
    const counts = market ?? base;
    if (!counts) continue;
    close(spans, from);
    spans.push({ ...counts, from, to: null });
  }
  return { spans, rates: converted ? rates : null };
}

function close(spans: { to: number | null }[], at: number): void {
  const last = spans.at(-1);
  if (last) last.to = at;
}
