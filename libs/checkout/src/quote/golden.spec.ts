import { grainOf, partRefund } from '@libs/kernel';
import {
  aCart,
  aDelivery,
  aDiscount,
  aLine,
  amountOff,
  lineDiscounts,
  lineTotals,
  percentOff,
  taxes,
  taxOn,
} from '../../test/quote.builder';
import { quote, type QuoteInput } from './index';

const mixed = [
  aLine('a', 2, 1_299, { taxCategory: 'reduced' }),
  aLine('b', 3, 999),
  aLine('c', 1, 455, { taxCategory: 'reduced' }),
];
const g1: QuoteInput = aCart(mixed, {
  discounts: [percentOff('ten', 10)],
  deliveries: [aDelivery(mixed, 490)],
});

describe('golden amounts', () => {
  it('G1: tax included at two rates, 10 % off the order, shipping', () => {
    const result = quote(g1);
    expect(result.totals).toEqual({
      subtotalMinor: 6_050,
      discountMinor: 605,
      shippingMinor: 490,
      feesMinor: 0,
      taxMinor: 665,
      taxIncluded: true,
      totalMinor: 5_935,
    });
    expect(lineDiscounts(result)).toEqual([260, 300, 45]);
    expect(lineTotals(result)).toEqual([2_338, 2_697, 410]);
    expect(taxOn(result, 'line')).toEqual([
      [7, 153],
      [19, 430],
      [7, 27],
    ]);
    expect(taxOn(result, 'shipping')).toEqual([
      [7, 16],
      [19, 39],
    ]);
    const shipping = result.taxes.filter(({ on }) => on === 'shipping');
    expect(shipping.map((row) => row.taxableMinor + row.taxMinor)).toEqual([247, 243]);
    const sumAt = (ppm: number) =>
      result.taxes.filter((row) => row.ppm === ppm).reduce((all, row) => all + row.taxMinor, 0);
    expect([sumAt(70_000), sumAt(190_000)]).toEqual([196, 469]);
  });

  it('G1: per line the tax would be 666', () => {
    const tax = { ...g1.tax, level: 'line' } as const;
    expect(quote({ ...g1, tax }).totals.taxMinor).toBe(666);
  });

  it.each([
    ['unit', 162],
    ['line', 163],
    ['document', 162],
  ] as const)('G2: 19 %% on top per %s are %s', (level, tax) => {
    const lines = [aLine('a', 7, 33), aLine('b', 5, 47), aLine('c', 3, 129)];
    const result = quote(
      aCart(lines, { tax: taxes({ standard: 19 }, { included: false, level }) }),
    );
    expect(result.totals.subtotalMinor).toBe(853);
    expect(result.totals.taxMinor).toBe(tax);
    expect(result.totals.totalMinor).toBe(853 + tax);
  });

  it.each([
    ['half-away-from-zero', [76, 190]],
    ['floor', [76, 189]],
  ] as const)('G3: yen, 500 off, tax rounded %s', (rounding, tax) => {
    const lines = [aLine('a', 3, 398, { taxCategory: 'food' }), aLine('b', 2, 1_210)];
    const result = quote(
      aCart(lines, {
        currency: 'JPY',
        discounts: [amountOff('five-hundred', 500)],
        tax: taxes({ food: 8, standard: 10 }, { rounding }),
      }),
    );
    expect(lineDiscounts(result)).toEqual([165, 335]);
    expect(lineTotals(result)).toEqual([1_029, 2_085]);
    expect(result.lines.map(({ taxMinor }) => taxMinor)).toEqual(tax);
    expect(result.totals.totalMinor).toBe(3_114);
  });

  it('G4: dinars end in 0', () => {
    const lines = [aLine('a', 3, 4_250), aLine('b', 1, 12_990)];
    const result = quote(
      aCart(lines, {
        currency: 'KWD',
        discounts: [percentOff('fifteen', 15)],
        deliveries: [aDelivery(lines, 1_250)],
        tax: taxes({ standard: null }),
      }),
    );
    expect(result.totals.discountMinor).toBe(3_860);
    expect(lineDiscounts(result)).toEqual([1_910, 1_950]);
    expect(lineTotals(result)).toEqual([10_840, 11_040]);
    expect(result.totals.totalMinor).toBe(23_130);
  });

  it('G5: three authorities of the United States, exempt clothing', () => {
    const rates = [
      { name: 'Sales tax', jurisdiction: 'US-NY', ppm: 40_000 },
      { name: 'Sales tax', jurisdiction: 'US-NY/New York City', ppm: 45_000 },
      { name: 'Sales tax', jurisdiction: 'US-NY/MCTD', ppm: 3_750 },
    ];
    const plain = taxes({}, { included: false, level: 'line', shipping: rates });
    const lines = [aLine('a', 2, 2_499), aLine('b', 1, 7_500, { taxCategory: 'clothing' })];
    const result = quote(
      aCart(lines, {
        currency: 'USD',
        discounts: [amountOff('ten', 1_000)],
        deliveries: [aDelivery(lines, 599)],
        tax: { ...plain, regime: { ...plain.regime, rates: { standard: rates, clothing: [] } } },
      }),
    );
    expect(lineDiscounts(result)).toEqual([400, 600]);
    expect(taxOn(result, 'line')).toEqual([
      [4, 184],
      [4.5, 207],
      [0.375, 17],
    ]);
    expect(result.lines.map(({ taxMinor }) => taxMinor)).toEqual([408, 0]);
    expect(result.shipping[0]?.taxMinor).toBe(53);
    expect(result.totals.totalMinor).toBe(12_558);
  });

  it('G6: buy 2 get 1 at half price, then 10 % off the order', () => {
    const onlyA = { variantIds: ['variant-a'] };
    const half = aDiscount('half', {
      class: 'product',
      rule: {
        kind: 'buy_x_get_y',
        buy: { targets: onlyA, quantity: 2 },
        get: { targets: onlyA, quantity: 1, benefit: { ppm: 500_000 } },
        usesPerOrder: null,
      },
    });
    const lines = [aLine('a', 3, 3_000), aLine('b', 1, 2_500)];
    const result = quote(aCart(lines, { discounts: [half, percentOff('ten', 10)] }));
    expect(result.lines.map((line) => line.productDiscountMinor)).toEqual([1_500, 0]);
    expect(result.lines.map((line) => line.orderDiscountMinor)).toEqual([750, 250]);
    expect(result.totals.totalMinor).toBe(9_000);
    const [a] = result.lines;
    const paid = { quantity: 3, amountMinor: a?.totalMinor ?? 0, taxMinor: a?.taxMinor ?? 0 };
    const none = { units: 0, amountMinor: 0, taxMinor: 0 };
    expect(partRefund(paid, none, 1, grainOf('EUR')).amountMinor).toBe(2_250);
  });

  it('G7: 33 % are off the line, not the unit', () => {
    const third = percentOff('third', 33, 'product');
    expect(quote(aCart([aLine('a', 3, 999)], { discounts: [third] })).totals.discountMinor).toBe(
      989,
    );
  });

  it.each([
    [5, 4_940, 450],
    [3, 5_044, 0],
  ])('G8: with %s %% off, %s are shipped for %s', (percent, goods, shipping) => {
    const lines = [aLine('a', 1, 5_200)];
    const prices = [
      { fromMinor: 0, priceMinor: 450 },
      { fromMinor: 5_000, priceMinor: 0 },
    ];
    const result = quote(
      aCart(lines, {
        discounts: [percentOff('code', percent)],
        deliveries: [aDelivery(lines, prices)],
      }),
    );
    expect([lineTotals(result), result.totals.shippingMinor]).toEqual([[goods], shipping]);
  });

  it('G9: gift card, then credit, then the provider', () => {
    const result = quote(
      aCart([aLine('a', 1, 6_480)], {
        storedValue: [
          { kind: 'store_credit', id: 'credit', availableMinor: 1_000 },
          { kind: 'gift_card', id: 'card', availableMinor: 2_500 },
        ],
      }),
    );
    expect(result.tenders).toEqual([
      { kind: 'gift_card', id: 'card', amountMinor: 2_500 },
      { kind: 'store_credit', id: 'credit', amountMinor: 1_000 },
      { kind: 'provider', id: null, amountMinor: 2_980 },
    ]);
    expect(result.settledBy).toBe('provider');
  });

  it('G14: base amounts of G1 add up to its total', () => {
    const result = quote({ ...g1, exchange: { base: 'USD', rate1e10: 9_338_000_000 } });
    expect(result.base.totalMinor).toBe(6_356);
    expect(result.lines.map(({ baseMinor }) => baseMinor)).toEqual([2_504, 2_888, 439]);
    expect(result.shipping.map(({ baseMinor }) => baseMinor)).toEqual([525]);
  });

  it('G18: a code larger than the cart leaves nothing to pay', () => {
    const lines = [aLine('a', 1, 1_000), aLine('b', 1, 2_210)];
    const result = quote(aCart(lines, { discounts: [amountOff('fifty', 5_000)] }));
    expect(lineDiscounts(result)).toEqual([1_000, 2_210]);
    expect(result.totals).toMatchObject({ discountMinor: 3_210, totalMinor: 0 });
    expect([result.tenders, result.settledBy]).toEqual([[], 'free']);
  });
});
