import * as fc from 'fast-check';
import {
  type PriceEnding,
  type PriceRule,
  exchangeResult,
  fromBase,
  marketPrice,
  toBase,
} from './exchange';

const dollarEuro = { base: 'USD', currency: 'EUR', rate1e10: 9_200_000_000 };
const dollarYen = { base: 'USD', currency: 'JPY', rate1e10: 1_513_700_000_000 };
const dollarDinar = { base: 'USD', currency: 'KWD', rate1e10: 3_070_000_000 };

function rule(rate: typeof dollarEuro, markupPpm: number, ending: PriceEnding | null): PriceRule {
  return { ...rate, markupPpm, ending };
}

describe('prices of a market', () => {
  it.each([
    [1_999, 1_867, 1_895],
    [4_900, 4_576, 4_595],
    [12_500, 11_673, 11_695],
  ])('G11: %s USD at 0.92 and 1.5 %% are %s, and %s with .95', (price, raw, ended) => {
    expect(marketPrice(price, rule(dollarEuro, 15_000, null))).toBe(raw);
    for (const direction of ['nearest', 'up'] as const) {
      expect(marketPrice(price, rule(dollarEuro, 15_000, { direction, on: '.95' }))).toBe(ended);
    }
  });

  it('G12: 19.99 USD at 151.37 and 2 % are 3090 yen', () => {
    expect(marketPrice(1_999, rule(dollarYen, 20_000, null))).toBe(3_086);
    expect(marketPrice(1_999, rule(dollarYen, 20_000, { direction: 'nearest', on: 10 }))).toBe(
      3_090,
    );
  });

  it.each([
    [{ direction: 'nearest', on: '.99' }, 1_799],
    [{ direction: 'up', on: '.99' }, 1_899],
    [{ direction: 'nearest', on: '.00' }, 1_800],
    [{ direction: 'up', on: '.00' }, 1_900],
    [{ direction: 'nearest', on: 5 }, 2_000],
    [{ direction: 'up', on: 100 }, 10_000],
  ] as [PriceEnding, number][])('ends 18.40 on %j as %s', (ending, price) =>
    expect(marketPrice(2_000, rule(dollarEuro, 0, ending))).toBe(price),
  );

  it('keeps what is free free, and what costs something above 0', () => {
    const nearest: PriceEnding = { direction: 'nearest', on: '.00' };
    expect(marketPrice(0, rule(dollarEuro, 0, nearest))).toBe(0);
    expect(marketPrice(20, rule(dollarEuro, 0, nearest))).toBe(100);
  });

  it('keeps to the quantum of three decimals', () => {
    expect(marketPrice(1_999, rule(dollarDinar, 0, null))).toBe(6_140);
    expect(marketPrice(1_999, rule(dollarDinar, 0, { direction: 'up', on: '.95' }))).toBe(6_950);
  });

  it('says what is wrong', () => {
    const bad = (change: Partial<PriceRule>) => () =>
      marketPrice(100, { ...rule(dollarYen, 0, null), ...change });
    expect(bad({ ending: { direction: 'up', on: '.95' } })).toThrow('Prices in JPY cannot end on');
    expect(bad({ ending: { direction: 'up', on: 0 } })).toThrow('cannot end on 0');
    expect(bad({ rate1e10: 0 })).toThrow('exchange rate 0');
    expect(bad({ markupPpm: -1_000_000 })).toThrow('parts per million');
    expect(bad({ currency: 'XXX' })).toThrow('XXX');
  });
});

describe('amounts at a rate', () => {
  const ordered = { base: 'USD', currency: 'EUR', rate1e10: 9_338_000_000 };
  const refunded = { ...ordered, rate1e10: 8_950_000_000 };

  it('G13: tell what a refund at another rate costs', () => {
    expect(exchangeResult(3_695, ordered, refunded)).toEqual({
      bookedMinor: 3_957,
      costsMinor: 4_128,
      resultMinor: -171,
    });
    expect(exchangeResult(1_232, ordered, refunded)).toEqual({
      bookedMinor: 1_319,
      costsMinor: 1_377,
      resultMinor: -58,
    });
  });

  it('go there and back within what a minor unit is worth, and never sink as the amount rises', () => {
    const rates = fc.constantFrom(dollarEuro, dollarYen, dollarDinar, ordered);
    fc.assert(
      fc.property(fc.nat(1_000_000_000), rates, (amount, rate) => {
        const there = fromBase(amount, rate);
        const scale = rate.currency === 'JPY' ? 0.01 : rate.currency === 'KWD' ? 10 : 1;
        const step = (rate.currency === 'KWD' ? 10 : 1) / ((rate.rate1e10 / 1e10) * scale);
        expect(Math.abs(toBase(there, rate) - amount)).toBeLessThanOrEqual(step / 2 + 1);
        expect(fromBase(amount + 1, rate)).toBeGreaterThanOrEqual(there);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});
