import * as fc from 'fast-check';
import type { PriceRule } from '@libs/kernel';
import { priorByMinutes } from '../../../test/replay.builder';
import { type PriceSpan, priorPrice } from '../prior-price';
import { type LedgerPrice, type NewInterval, type SetPrice, planIntervals } from './plan-intervals';

const minuteMs = 60_000;
const most = 120;

interface Window {
  discountId: string;
  /** Minutes; it is known from the first on. */
  from: number;
  to: number | null;
  benefit: { ppm: number } | { amountMinor: number };
}

type Interval = LedgerPrice & { from: number; to: number | null };

/** A ledger that is brought up to date at some moments only, as by a job that comes late. */
function written(
  sets: readonly (SetPrice & { minute: number })[],
  windows: readonly Window[],
  looks: readonly number[],
): Interval[] {
  const ledger: Interval[] = [];
  const moments = [
    ...sets.map(({ minute, ...next }) => ({ minute, next })),
    ...looks.map((minute) => ({ minute, next: null })),
  ].toSorted((a, b) => a.minute - b.minute || (a.next ? -1 : 1));
  let set: SetPrice | null = null;
  for (const { minute, next } of moments) {
    set = next ?? set;
    if (set === null) continue;
    const last = ledger.at(-1);
    const { closeAt, opens } = planIntervals({
      open: last && last.to === null ? last : null,
      next: set,
      windows: windows.map(({ from, to, discountId, benefit }) => ({
        from: from * minuteMs,
        to: to === null ? null : to * minuteMs,
        discount: { discountId, ...benefit },
      })),
      at: minute * minuteMs,
      cause: 'edit',
      currency: 'EUR',
      rule: null,
    });
    if (last && closeAt !== null) last.to = closeAt;
    ledger.push(...opens.map(({ cause: _, ...interval }: NewInterval) => interval));
  }
  return ledger;
}

/** What a unit cost at a minute, without any ledger. */
function paidAt(sets: readonly (SetPrice & { minute: number })[], windows: readonly Window[]) {
  return (minute: number, rule: PriceRule | null) => {
    const set = sets.findLast((one) => one.minute <= minute);
    if (!set) return null;
    const counting = windows.filter(
      ({ from, to }) => from <= minute && (to === null || to > minute),
    );
    const convert = (minor: number) =>
      rule === null ? minor : Math.round((minor * rule.rate1e10) / 1e10);
    const off = (list: number, amount: (minor: number) => number) =>
      counting.map(({ benefit }) =>
        'ppm' in benefit ? Math.round((list * benefit.ppm) / 1e6) : amount(benefit.amountMinor),
      );
    const list = convert(set.amountMinor);
    const base = Math.max(
      0,
      set.amountMinor - Math.max(0, ...off(set.amountMinor, (minor) => minor)),
    );
    const shown = Math.max(0, list - Math.max(0, ...off(list, convert)));
    return { amountMinor: base, announced: base < set.amountMinor || set.kind === 'sale', shown };
  };
}

const aMinute = fc.integer({ min: 1, max: most - 1 });
const aSet = fc.record({
  minute: aMinute,
  amountMinor: fc.constantFrom(1_000, 1_500, 1_999, 3_000),
  kind: fc.constantFrom('list' as const, 'sale' as const),
});
const aBenefit = fc.oneof(
  fc.record({ ppm: fc.constantFrom(100_000, 200_000, 333_333, 1_000_000) }),
  fc.record({ amountMinor: fc.constantFrom(50, 300, 5_000) }),
);
const aWindow = fc.record({
  from: aMinute,
  length: fc.option(fc.integer({ min: 0, max: 60 })),
  benefit: aBenefit,
});
const aStory = fc.record({
  sets: fc
    .uniqueArray(aSet, { maxLength: 5, selector: ({ minute }) => minute })
    .map((sets) => [
      { minute: 0, amountMinor: 2_000, kind: 'list' as const },
      ...sets.toSorted((a, b) => a.minute - b.minute),
    ]),
  windows: fc.array(aWindow, { maxLength: 4 }).map((all) =>
    all.map(({ from, length, benefit }, index) => ({
      discountId: String(index),
      from,
      to: length === null ? null : from + length,
      benefit,
    })),
  ),
  looks: fc.array(aMinute, { maxLength: 6 }),
});

const runs = Number(process.env['CARAVEL_LEDGER_RUNS'] ?? 100);
const settings = { seed: 20261122, numRuns: runs };

describe('the ledger under automatic discounts', () => {
  it('tells every minute’s price, without holes, however late it is written (I32)', () => {
    fc.assert(
      fc.property(aStory, ({ sets, windows, looks }) => {
        // Discounts are found when somebody looks; the last look is at the end.
        const ledger = written(sets, windows, [...looks, most]);
        expect(ledger.map(({ to }) => to)).toEqual([
          ...ledger.slice(1).map(({ from }) => from),
          null,
        ]);
        const paid = paidAt(sets, windows);
        const minutes = Array.from({ length: most + 1 }, (_, minute) => minute);
        const told = minutes.map((minute) => {
          const at = minute * minuteMs;
          return ledger.find(({ from, to }) => from <= at && (to === null || to > at))?.amountMinor;
        });
        expect(told).toEqual(minutes.map((minute) => paid(minute, null)?.amountMinor));
        expect(written(sets, windows, [...looks, most, most])).toEqual(ledger);
      }),
      settings,
    );
  });

  it('gives the prior price that a look at every minute gives, at home and converted (I31)', () => {
    const rule: PriceRule = {
      base: 'EUR',
      currency: 'PLN',
      rate1e10: 43_000_000_000,
      markupPpm: 0,
      ending: null,
    };
    let found = 0;
    fc.assert(
      fc.property(aStory, fc.boolean(), fc.boolean(), (story, converted, gradual) => {
        const { sets, windows, looks } = story;
        const spans = written(sets, windows, [...looks, most]).map((one): PriceSpan => ({
          ...one,
          list: 'base',
        }));
        const paid = paidAt(sets, windows);
        const minutes = Array.from({ length: most + 1 }, (_, minute) => {
          const price = paid(minute, converted ? rule : null);
          if (!price) throw new Error('a story begins with a price');
          return { list: 'base' as const, ...price };
        });
        const asks = { gradual, young: 'since_first_sale' as const };
        const expected = priorByMinutes(minutes, asks);
        const rates = converted ? [{ from: 0, to: null, rule }] : null;
        const answer = priorPrice({ spans, rates }, asks, most * minuteMs);
        expect(answer?.priorMinor ?? null).toBe(expected);
        if (expected !== null) found += 1;
      }),
      settings,
    );
    expect(found).toBeGreaterThan(runs / 10);
  });
});
