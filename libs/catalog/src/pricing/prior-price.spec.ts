import * as fc from 'fast-check';
import type { PriceRule } from '@libs/kernel';
import { type PriceSpan, type PriorPriceRule, priorPrice } from './prior-price';
import { type Noted, historyOf, priorByMinutes, replay } from '../../test/replay.builder';

const day = 24 * 60 * 60 * 1_000;
const gradual: PriorPriceRule = { gradual: true, young: 'since_first_sale' };

/** Prices from day to day: `[from day, amount, announced]`. */
function spans(...rows: [number, number, boolean?][]): PriceSpan[] {
  return rows.map(([from, amountMinor, announced = false], index) => ({
    from: from * day,
    to: (rows[index + 1]?.[0] ?? NaN) * day || null,
    amountMinor,
    kind: announced ? 'sale' : 'list',
    list: 'base',
  }));
}

function prior(rows: PriceSpan[], at: number, rule: PriorPriceRule = gradual): number | null {
  return priorPrice({ spans: rows, rates: null }, rule, at * day)?.priorMinor ?? null;
}

describe('the lowest price of the 30 days before', () => {
  it.each<[string, PriceSpan[], number, number | null]>([
    [
      'is the price before, however long the sale goes on',
      spans([0, 100], [90, 80, true]),
      300,
      100,
    ],
    ['counts what ran when the 30 days began', spans([0, 90], [61, 100], [90, 80, true]), 91, 90],
    ['leaves out what ended before them', spans([0, 70], [60, 100], [90, 80, true]), 91, 100],
    ['remembers the last sale', spans([0, 100], [80, 80, true], [85, 100], [90, 80, true]), 91, 80],
    ['holds while a reduction grows', spans([0, 100], [90, 80, true], [95, 70, true]), 99, 100],
    ['begins anew when the price rises', spans([0, 100], [90, 80, true], [95, 90, true]), 99, 80],
    [
      'begins anew after a break',
      spans([0, 100], [90, 80, true], [95, 80], [97, 75, true]),
      99,
      80,
    ],
    [
      'ignores a lower price that nobody announced',
      spans([0, 100], [50, 90], [90, 80, true]),
      91,
      90,
    ],
    ['is none without an announcement', spans([0, 100], [90, 80]), 91, null],
    ['is none for what was never sold before', spans([0, 80, true]), 10, null],
    [
      'is the lowest since the first sale of what is young',
      spans([0, 100], [9, 80, true]),
      10,
      100,
    ],
    ['is none before the sale begins', spans([0, 100], [90, 80, true]), 89, null],
  ])('%s', (_name, rows, at, expected) => expect(prior(rows, at)).toBe(expected));

  it('follows the country: each step by itself, and no announcement for what is young', () => {
    const steps = spans([0, 100], [90, 80, true], [95, 70, true]);
    expect(prior(steps, 99, { ...gradual, gradual: false })).toBe(80);
    const young = { ...gradual, young: 'no_announcement' } as const;
    expect(prior(spans([0, 100], [9, 80, true]), 10, young)).toBeNull();
    expect(prior(spans([0, 100], [30, 80, true]), 31, young)).toBe(100);
  });

  it('takes the lowest that an exchange rate made of an unchanged price', () => {
    const rule: PriceRule = {
      base: 'USD',
      currency: 'EUR',
      rate1e10: 9e9,
      markupPpm: 0,
      ending: null,
    };
    const rates = [
      { from: 0, to: 70 * day, rule },
      { from: 70 * day, to: 80 * day, rule: { ...rule, rate1e10: 8e9 } },
      { from: 80 * day, to: null, rule },
    ];
    const history = { spans: spans([0, 100], [90, 80, true]), rates };
    expect(priorPrice(history, gradual, 95 * day)).toMatchObject({
      priorMinor: 80,
      since: 90 * day,
    });
    const late = { ...history, rates: rates.slice(2) };
    expect(priorPrice(late, gradual, 95 * day)).toMatchObject({
      priorMinor: 90,
      onMarketSince: 80 * day,
    });
  });
});

const anEnding = fc.constantFrom(
  null,
  { direction: 'nearest', on: '.95' } as const,
  { direction: 'up', on: 1 } as const,
);
const aRule = fc.record({
  base: fc.constant('USD'),
  currency: fc.constant('EUR'),
  rate1e10: fc.integer({ min: 8_500_000_000, max: 9_500_000_000 }),
  markupPpm: fc.constantFrom(0, 15_000, -10_000),
  ending: anEnding,
});
const aPrice = {
  // Few amounts, so that prices come back and chains grow.
  amountMinor: fc.constantFrom(1_000, 1_500, 1_999, 2_500, 3_000),
  compareAtMinor: fc.constantFrom(null, 2_000, 4_000),
};
const aNote = fc.oneof(
  { weight: 4, arbitrary: fc.record({ set: fc.constant('base' as const), ...aPrice }) },
  { weight: 1, arbitrary: fc.record({ set: fc.constant('market' as const), ...aPrice }) },
  { weight: 1, arbitrary: fc.record({ set: fc.constant('market-gone' as const) }) },
  { weight: 3, arbitrary: fc.record({ set: fc.constant('rate' as const), rule: aRule }) },
);
/** Gaps around the 30 days, to the minute, and short ones. */
const aGap = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.constantFrom(0, 1, 43_199, 43_200, 43_201),
);
const aLog = fc
  .tuple(fc.record(aPrice), fc.array(fc.tuple(aGap, aNote), { maxLength: 9 }))
  .map(([first, rest]) => {
    let minute = 0;
    const log: Noted[] = [{ minute, set: 'base', ...first }];
    for (const [gap, note] of rest) {
      minute += gap;
      log.push({ minute, ...note });
    }
    return log;
  });

const runs = Number(process.env['CARAVEL_LEDGER_RUNS'] ?? 150);

describe('the ledger against every minute of the audit log', () => {
  it('finds the same prior price (I31)', () => {
    let found = 0;
    const rules = fc.record({
      gradual: fc.boolean(),
      young: fc.constantFrom('since_first_sale' as const, 'no_announcement' as const),
    });
    fc.assert(
      fc.property(
        aLog,
        rules,
        fc.boolean(),
        fc.integer({ min: 1, max: 50_000 }),
        (log, rule, converted, more) => {
          const minutes = (log.at(-1) as Noted).minute + more;
          const played = replay(log, minutes, converted);
          const expected = priorByMinutes(played, rule);
          const answer = priorPrice(historyOf(log, converted), rule, (minutes - 1) * 60_000);
          expect(answer?.priorMinor ?? null).toBe(expected);
          if (expected !== null) found += 1;
        },
      ),
      { seed: 20261122, numRuns: runs },
    );
    // A test of which every answer is "none" would prove nothing.
    expect(found).toBeGreaterThan(runs / 10);
  });
});
