import {
  aCart,
  aDelivery,
  aDiscount,
  aLine,
  amountOff,
  combinesWithAll,
  combinesWithNone,
  lineDiscounts,
  percentOff,
} from '../../../test/quote.builder';
import { type Discount, quote, type Quote, type QuoteInput } from '../index';
import type { BuyXGetY, FlashSale, Tiered } from './discount';

const variant = (id: string) => ({ variantIds: [`variant-${id}`] });

function productRule(
  id: string,
  rule: BuyXGetY | FlashSale | Tiered,
  rest: Partial<Discount> = {},
): Discount {
  return aDiscount(id, { class: 'product', rule }, rest);
}

function shippingOff(id: string, rest: Partial<Discount> = {}, rule = {}): Discount {
  const free = { benefit: { ppm: 1_000_000 }, countries: null, dearestMinor: null };
  return aDiscount(id, { class: 'shipping', rule: { ...free, ...rule } }, rest);
}

/** Reasons of the rejected by discount, with what stands against it. */
function reasons({ rejected }: Quote): Record<string, string> {
  return Object.fromEntries(
    rejected.map(({ discountId, reason, with: against }) => [
      discountId,
      against === undefined ? reason : `${reason} ${against}`,
    ]),
  );
}

const lines = [aLine('a', 2, 1_000), aLine('b', 1, 3_000)];
const quoteOf = (discounts: Discount[], rest: Partial<QuoteInput> = {}) =>
  quote(aCart(lines, { discounts, ...rest }));

describe('product discounts', () => {
  it.each([
    ['product', { productIds: ['product-a'] }],
    ['variant', { variantIds: ['variant-a'] }],
    ['collection', { collectionIds: ['sale'] }],
    ['tag', { tags: ['summer'] }],
  ])('mean lines by %s', (_, targets) => {
    const marked = [
      aLine('a', 2, 1_000, { collectionIds: ['sale'], tags: ['summer'] }),
      aLine('b', 1, 3_000),
    ];
    const discount = { ...percentOff('ten', 10, 'product'), targets };
    expect(lineDiscounts(quote(aCart(marked, { discounts: [discount] })))).toEqual([200, 0]);
  });

  it('leave lines alone that no discount may lower', () => {
    const card = [aLine('a', 1, 1_000), aLine('card', 1, 5_000, { discountable: false })];
    const both = [percentOff('ten', 10), percentOff('half', 50, 'product')];
    expect(lineDiscounts(quote(aCart(card, { discounts: both })))).toEqual([550, 0]);
  });

  it('are fixed for every unit or once over all lines', () => {
    const fixed = (each: boolean) =>
      aDiscount('five', {
        class: 'product',
        rule: { kind: 'plain', benefit: { amountMinor: 500, each } },
      });
    expect(lineDiscounts(quoteOf([fixed(true)]))).toEqual([1_000, 500]);
    expect(lineDiscounts(quoteOf([fixed(false)]))).toEqual([200, 300]);
  });

  it('never take more than a line is worth', () => {
    const rule = { kind: 'plain', benefit: { amountMinor: 2_000, each: true } } as const;
    expect(lineDiscounts(quoteOf([aDiscount('much', { class: 'product', rule })]))).toEqual([
      2_000, 2_000,
    ]);
  });

  it('step up by quantity or amount', () => {
    const tiered = (by: Tiered['by'], from: number): Tiered => ({
      kind: 'tiered',
      by,
      tiers: [
        { from, benefit: { ppm: 200_000 } },
        { from: 2, benefit: { ppm: 100_000 } },
      ],
    });
    expect(lineDiscounts(quoteOf([productRule('t', tiered('quantity', 3))]))).toEqual([400, 600]);
    expect(lineDiscounts(quoteOf([productRule('t', tiered('quantity', 4))]))).toEqual([200, 300]);
    expect(lineDiscounts(quoteOf([productRule('t', tiered('amount', 5_000))]))).toEqual([400, 600]);
    expect(lineDiscounts(quoteOf([productRule('t', tiered('amount', 5_001))]))).toEqual([200, 300]);
  });

  it('lower only the units that are left of a flash sale, on lines of one variant together', () => {
    const twice = [
      aLine('a', 2, 1_000),
      aLine('a2', 3, 1_000, { variantId: 'variant-a' }),
      aLine('b', 1, 3_000),
    ];
    const sale = productRule('f', {
      kind: 'flash_sale',
      benefit: { ppm: 500_000 },
      left: { 'variant-a': 3 },
    });
    const result = quote(aCart(twice, { discounts: [sale] }));
    expect(lineDiscounts(result)).toEqual([1_000, 500, 0]);
    const counted = result.lines.flatMap(({ allocations }) =>
      allocations.map(({ units }) => units),
    );
    expect(counted).toEqual([2, 1]);
    const over = productRule('f', {
      kind: 'flash_sale',
      benefit: { ppm: 500_000 },
      left: { 'variant-a': 0 },
    });
    expect(reasons(quote(aCart(twice, { discounts: [over] })))).toEqual({ f: 'limit' });
  });

  it('give each line the best of those that combine', () => {
    const ten = { ...percentOff('ten', 10, 'product'), targets: {} };
    const third = { ...percentOff('third', 30, 'product'), targets: variant('a') };
    const result = quoteOf([ten, third]);
    expect(lineDiscounts(result)).toEqual([600, 300]);
    expect(result.lines.map(({ allocations }) => allocations.length)).toEqual([1, 1]);
  });

  it('move a fixed amount to the lines that are left to it', () => {
    const rule = { kind: 'plain', benefit: { amountMinor: 500, each: false } } as const;
    const half = { ...percentOff('half', 50, 'product'), targets: variant('a') };
    expect(lineDiscounts(quoteOf([aDiscount('once', { class: 'product', rule }), half]))).toEqual([
      1_000, 500,
    ]);
  });
});

describe('buy X get Y', () => {
  const buy2get1: BuyXGetY = {
    kind: 'buy_x_get_y',
    buy: { targets: {}, quantity: 2 },
    get: { targets: {}, quantity: 1, benefit: { ppm: 1_000_000 } },
    usesPerOrder: null,
  };

  it('gives the cheapest units, as often as they go up', () => {
    const many = [aLine('a', 4, 1_000), aLine('b', 2, 3_000)];
    const result = quote(aCart(many, { discounts: [productRule('x', buy2get1)] }));
    expect(lineDiscounts(result)).toEqual([2_000, 0]);
  });

  it('gives as often as an order may use it', () => {
    const many = [aLine('a', 9_999, 1_000)];
    const used = (usesPerOrder: number | null) =>
      lineDiscounts(
        quote(aCart(many, { discounts: [productRule('x', { ...buy2get1, usesPerOrder })] })),
      );
    expect([used(1), used(null)]).toEqual([[1_000], [3_333_000]]);
  });

  it('wants other things bought than are given, or so much spent on them', () => {
    const gift = { targets: variant('a'), quantity: 1, benefit: { ppm: 1_000_000 } };
    const spend = (amountMinor: number) =>
      quoteOf([
        productRule('x', { ...buy2get1, buy: { targets: variant('b'), amountMinor }, get: gift }),
      ]);
    expect(lineDiscounts(spend(3_000))).toEqual([1_000, 0]);
    expect(reasons(spend(3_001))).toEqual({ x: 'minimum' });
    const none = productRule('x', { ...buy2get1, buy: { targets: variant('c'), quantity: 1 } });
    expect(reasons(quoteOf([none]))).toEqual({ x: 'no_target' });
  });

  it('gives at a fixed amount off each', () => {
    const rule = {
      ...buy2get1,
      get: { ...buy2get1.get, benefit: { amountMinor: 400, each: true } },
    };
    expect(lineDiscounts(quoteOf([productRule('x', rule)]))).toEqual([400, 0]);
  });

  it('keeps its units from other product discounts, leaves the rest of what was bought to them', () => {
    const rule = {
      ...buy2get1,
      buy: { targets: variant('a'), quantity: 2 },
      get: { ...buy2get1.get, targets: variant('b') },
    };
    const many = [aLine('a', 5, 1_000), aLine('b', 1, 3_000), aLine('c', 1, 500)];
    const ten = percentOff('ten', 10, 'product');
    const result = quote(aCart(many, { discounts: [productRule('x', rule), ten] }));
    expect(lineDiscounts(result)).toEqual([300, 3_000, 50]);
  });

  it('steps back where the shopper is better off without it', () => {
    const half = percentOff('half', 50, 'product');
    const result = quote(
      aCart([aLine('a', 3, 1_000)], { discounts: [productRule('x', buy2get1), half] }),
    );
    expect(lineDiscounts(result)).toEqual([1_500]);
    expect(reasons(result)).toEqual({ x: 'better_set' });
  });
});

describe('order discounts', () => {
  it('are taken in sequence of what is left, percentages first', () => {
    const result = quoteOf([amountOff('fixed', 1_000), percentOff('ten', 10, 'order', 1)]);
    expect(result.totals.totalMinor).toBe(3_500);
    expect(result.discounts.map(({ id, amountMinor }) => [id, amountMinor])).toEqual([
      ['fixed', 1_000],
      ['ten', 500],
    ]);
  });

  it('step up by the subtotal after product discounts', () => {
    const tiers = [{ from: 4_500, benefit: { amountMinor: 1_000, each: false } }];
    const tiered = aDiscount('t', {
      class: 'order',
      rule: { kind: 'tiered', by: 'amount', tiers },
    });
    expect(quoteOf([tiered]).totals.totalMinor).toBe(4_000);
    const eleven = percentOff('eleven', 11, 'product');
    expect(quoteOf([tiered, eleven]).totals.totalMinor).toBe(4_450);
  });
});

describe('shipping discounts', () => {
  const deliveries = [aDelivery(lines, 900)];

  it('free or reduce a delivery, one each', () => {
    expect(quoteOf([shippingOff('s')], { deliveries }).totals.shippingMinor).toBe(0);
    const some = shippingOff('s', {}, { benefit: { amountMinor: 500, each: false } });
    const half = shippingOff('h', {}, { benefit: { ppm: 500_000 } });
    const result = quoteOf([half, some], { deliveries });
    expect(result.totals.shippingMinor).toBe(400);
    expect(reasons(result)).toEqual({ h: 'better_set' });
  });

  it('leave dear rates and other countries alone', () => {
    expect(
      quoteOf([shippingOff('s', {}, { dearestMinor: 899 })], { deliveries }).totals.shippingMinor,
    ).toBe(900);
    const french = shippingOff('s', {}, { countries: ['FR'] });
    expect(reasons(quoteOf([french], { deliveries }))).toEqual({ s: 'no_target' });
    expect(reasons(quoteOf([shippingOff('s')]))).toEqual({ s: 'no_target' });
  });

  it('compare their minimum with the subtotal after discounts, or before them', () => {
    const discounts = [
      shippingOff('s', { minimum: { subtotalMinor: 5_000 } }),
      percentOff('ten', 10),
    ];
    expect(reasons(quoteOf(discounts, { deliveries }))).toEqual({ s: 'minimum' });
    const before = quoteOf(discounts, { deliveries, thresholds: 'before_discounts' });
    expect(before.totals.shippingMinor).toBe(0);
  });
});

describe('conditions', () => {
  const ten = (rest: Partial<Discount>) => ({ ...percentOff('ten', 10), ...rest }) as Discount;

  it.each<[string, Partial<Discount>]>([
    ['not_started', { startsAt: 1_000_001 }],
    ['ended', { endsAt: 1_000_000 }],
    ['group', { groups: ['wholesale'] }],
    ['market', { markets: ['abroad'] }],
    ['limit', { usesLeft: 0 }],
    ['minimum', { minimum: { quantity: 4 } }],
    ['minimum', { minimum: { subtotalMinor: 5_001 } }],
  ])('reject as %s for %j', (reason, rest) => {
    const result = quoteOf([ten(rest)]);
    expect(result.rejected).toEqual([{ discountId: 'ten', code: 'TEN', reason }]);
    expect(result.totals.discountMinor).toBe(0);
  });

  it.each<[string, Partial<Discount>]>([
    ['the start', { startsAt: 1_000_000 }],
    ['the last moment', { endsAt: 1_000_001 }],
    ['a group', { groups: ['vip', 'staff'] }],
    ['the market', { markets: ['home'] }],
    ['the last use', { usesLeft: 1 }],
    ['the minimum', { minimum: { quantity: 3, subtotalMinor: 5_000 } }],
  ])('let %s pass', (_, rest) => {
    const shopper = { market: 'home', groups: ['staff'] };
    expect(quoteOf([ten(rest)], { shopper }).totals.discountMinor).toBe(500);
  });

  it('count a minimum on the lines that the discount means', () => {
    const onA = {
      ...percentOff('ten', 10, 'product'),
      targets: variant('a'),
      minimum: { subtotalMinor: 2_001 },
    };
    expect(reasons(quoteOf([onA]))).toEqual({ ten: 'minimum' });
  });

  it('take five codes of products and the order, and the oldest 25 automatic discounts', () => {
    const codes = Array.from({ length: 6 }, (_, i) => percentOff(`code${i}`, 1, 'order', i));
    expect(reasons(quoteOf(codes))).toEqual({ code5: 'limit' });
    const automatic = Array.from({ length: 26 }, (_, i) => ({
      ...percentOff(`auto${i}`, 1, 'order', null),
      createdAt: 26 - i,
    }));
    expect(reasons(quoteOf(automatic))).toEqual({ auto0: 'limit' });
  });
});

describe('the set that counts', () => {
  it('holds discounts that each allow the other, and names what stands against the rest', () => {
    const alone = { ...percentOff('alone', 20), combinesWith: combinesWithNone };
    const others = [percentOff('a', 5, 'product', null), percentOff('b', 5, 'order', null)];
    const result = quoteOf([alone, ...others]);
    expect(result.totals.totalMinor).toBe(4_000);
    expect(reasons(result)).toEqual({ a: 'not_combinable alone', b: 'not_combinable alone' });
  });

  it('is one-sided permission not enough for', () => {
    const shy = { ...percentOff('shy', 10), combinesWith: { ...combinesWithAll, product: false } };
    expect(reasons(quoteOf([shy, percentOff('p', 20, 'product', null)]))).toEqual({
      shy: 'not_combinable p',
    });
  });

  it('is that with the lowest total, shipping among it', () => {
    const off = { ...percentOff('off', 10), combinesWith: combinesWithNone };
    const free = shippingOff('free', { combinesWith: combinesWithNone });
    const at = (price: number) =>
      reasons(quoteOf([off, free], { deliveries: [aDelivery(lines, price)] }));
    expect(at(501)).toEqual({ off: 'not_combinable free' });
    expect(at(499)).toEqual({ free: 'not_combinable off' });
  });

  it('prefers the entered code among equals, then the older discount', () => {
    const combinesWith = combinesWithNone;
    const code = { ...percentOff('z', 10), combinesWith, createdAt: 9 };
    const old = { ...percentOff('y', 10, 'order', null), combinesWith, createdAt: 1 };
    const young = { ...percentOff('x', 10, 'order', null), combinesWith, createdAt: 2 };
    expect(quoteOf([young, old, code]).discounts.map(({ id }) => id)).toEqual(['z']);
    expect(quoteOf([young, old]).discounts.map(({ id }) => id)).toEqual(['y']);
  });

  it('has one shipping code', () => {
    const codes = [0, 1].map((place) =>
      shippingOff(`s${place}`, { code: { text: `S${place}`, place } }),
    );
    const result = quoteOf(codes, { deliveries: [aDelivery(lines, 900)] });
    expect(reasons(result)).toEqual({ s1: 'not_combinable s0' });
  });

  it('is found among the most sets that an order may have', () => {
    // One of each class counts: 12 x 12 x 6 sets.
    const others = { product: true, order: true, shipping: true };
    const off = (kind: 'product' | 'order', i: number): Discount => ({
      ...percentOff(`${kind}${i}`, 1 + ((5 * i) % 12), kind, null),
      combinesWith: { ...others, [kind]: false },
    });
    const discounts = [
      ...Array.from({ length: 12 }, (_, i) => off('product', i)),
      ...Array.from({ length: 12 }, (_, i) => off('order', i)),
      ...Array.from({ length: 6 }, (_, i) =>
        shippingOff(
          `s${i}`,
          { code: { text: `S${i}`, place: i }, combinesWith: { ...others, shipping: false } },
          { benefit: { amountMinor: 100 + ((4 * i) % 6), each: false } },
        ),
      ),
    ];
    const result = quoteOf(discounts, { deliveries: [aDelivery(lines, 900)] });
    expect(result.search).toEqual({ sets: 864, capped: false });
    expect(result.totals).toMatchObject({ discountMinor: 600 + 528 + 104, shippingMinor: 796 });
  });
});
