import { type KeptPrices, homeTerms, shownPrice } from './price-terms';

const german = homeTerms({ country: 'DE', currency: 'EUR' });
const american = homeTerms({ country: 'US', currency: 'USD' });
const since = '2026-11-01T00:00:00+00:00';
const kept = (price: number, compareAt: number | null, prior?: number): KeptPrices => ({
  price,
  compareAt,
  facts: prior === undefined ? null : { home: { prior, since, kind: 'sale' } },
  discounts: null,
  own: null,
});

describe('a reduction as a market may show it', () => {
  it.each([
    [
      'the lowest of 30 days, not what the merchant compares with',
      kept(4_900, 9_900, 5_900),
      5_900,
      16,
    ],
    ['nothing where that was no higher', kept(4_900, 9_900, 4_900), null, 0],
    ['nothing where that was lower', kept(4_900, 9_900, 4_500), null, 0],
    ['nothing without a price before', kept(4_900, 9_900), null, 0],
    ['a percentage that is never too high', kept(2_001, null, 3_000), 3_000, 33],
  ])('in Germany: %s', (_name, prices, struck, percent) => {
    const shown = shownPrice(prices, german);
    expect([shown.struck, shown.reduction.prior, shown.reduction.percent]).toEqual([
      struck,
      struck,
      percent,
    ]);
    expect(shown.reduction.active).toBe(struck !== null);
  });

  it('is the merchant’s own word where no ledger is asked for', () => {
    expect(shownPrice(kept(4_900, 9_900, 5_900), american).reduction).toEqual({
      active: true,
      price: 4_900,
      prior: 9_900,
      percent: 50,
      since: null,
      kind: 'compare_at',
    });
    expect(shownPrice(kept(4_900, 4_900), american).struck).toBeNull();
  });

  it('is converted like every price', () => {
    const rule = {
      base: 'USD',
      currency: 'JPY',
      rate1e10: 1_500_000_000_000,
      markupPpm: 0,
      ending: null,
    };
    const shown = shownPrice(kept(1_000, 2_000), { ...american, currency: 'JPY', rule });
    expect([shown.price, shown.struck]).toEqual([1_500, 3_000]);
  });

  it('is an automatic discount off what the cart names, in minor units of each currency', () => {
    const tenth = [{ ppm: 100_000 }, { amountMinor: 150 }];
    const shown = shownPrice({ ...kept(2_000, null, 1_900), discounts: tenth }, german);
    expect(shown).toMatchObject({ price: 2_000, struck: null });
    expect(shown.reduction).toMatchObject({ active: true, price: 1_800, prior: 1_900, percent: 5 });
    const abroad = shownPrice({ ...kept(2_000, null), discounts: tenth }, american).reduction;
    expect(abroad).toMatchObject({ price: 1_800, prior: 2_000, percent: 10, kind: 'list_price' });
    // Never sold before: the discount counts, and nothing is announced.
    const young = shownPrice({ ...kept(2_000, null), discounts: tenth }, german).reduction;
    expect(young).toMatchObject({ active: false, price: 1_800, prior: null });
    const yen = {
      base: 'USD',
      currency: 'JPY',
      rate1e10: 1_500_000_000_000,
      markupPpm: 0,
      ending: null,
    };
    const inYen = shownPrice(
      { ...kept(1_000, null), discounts: [{ amountMinor: 150 }] },
      { ...american, currency: 'JPY', rule: yen },
    );
    expect(inYen.reduction.price).toBe(1_275);
    const dinar = {
      base: 'USD',
      currency: 'KWD',
      rate1e10: 3_077_000_000,
      markupPpm: 0,
      ending: null,
    };
    const inDinars = shownPrice(
      { ...kept(1_999, null), discounts: [{ ppm: 150_000 }] },
      { ...american, currency: 'KWD', rule: dinar },
    );
    expect([inDinars.price, inDinars.reduction.price]).toEqual([6_150, 5_230]);
  });
});
