import * as fc from 'fast-check';
import type { Discount, QuoteInput, QuoteLine, TaxTerms } from '../src/quote';
import { aCart, aDiscount, aLine, taxes } from './quote.builder';

/** Currencies of zero, two and three decimals. */
export const currencies = ['EUR', 'JPY', 'KWD', 'USD'] as const;

const quantumOf = (currency: string): number => (currency === 'KWD' ? 10 : 1);

/** Lines of random prices, quantities and categories; some may not be lowered or taxed. */
function someLines(currency: string): fc.Arbitrary<QuoteLine[]> {
  const line = fc.record({
    quantity: fc.integer({ min: 0, max: 7 }),
    unit: fc.nat(20_000),
    taxCategory: fc.constantFrom('standard', 'reduced', 'exempt'),
    discountable: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    tags: fc.subarray(['x', 'y', 'z']),
    excise: fc.constant(false),
  });
  return fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) =>
    lines.map(({ quantity, unit, ...rest }, index) =>
      aLine(`l${index}`, quantity, unit * quantumOf(currency), {
        ...rest,
        taxable: rest.discountable,
      }),
    ),
  );
}

const benefit = fc.oneof(
  fc.nat(1_000_000).map((ppm) => ({ ppm })),
  fc.record({ amountMinor: fc.nat(15_000), each: fc.boolean() }),
);
const targets = fc.subarray(['x', 'y', 'z']).map((tags) => (tags.length === 0 ? {} : { tags }));
const plain = fc.record({ kind: fc.constant('plain' as const), benefit });
const tiered = fc.record({
  kind: fc.constant('tiered' as const),
  by: fc.constantFrom('quantity' as const, 'amount' as const),
  tiers: fc.array(fc.record({ from: fc.nat(30), benefit }), { minLength: 1, maxLength: 3 }),
});
const flash = fc.record({
  kind: fc.constant('flash_sale' as const),
  benefit,
  left: fc.record({ 'variant-l0': fc.nat(5), 'variant-l1': fc.nat(5) }),
});
const buyXGetY = fc.record({
  kind: fc.constant('buy_x_get_y' as const),
  buy: fc.oneof(
    fc.record({ targets, quantity: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ targets, amountMinor: fc.integer({ min: 1, max: 30_000 }) }),
  ),
  get: fc.record({ targets, quantity: fc.integer({ min: 1, max: 2 }), benefit }),
  usesPerOrder: fc.option(fc.integer({ min: 1, max: 3 })),
});
const shipping = fc.record({
  benefit,
  countries: fc.constant(null),
  dearestMinor: fc.option(fc.nat(2_000)),
});
const rule = fc.oneof(
  fc.record({
    class: fc.constant('product' as const),
    targets,
    rule: fc.oneof(plain, tiered, flash, buyXGetY),
  }),
  fc.record({ class: fc.constant('order' as const), rule: fc.oneof(plain, tiered) }),
  fc.record({ class: fc.constant('shipping' as const), rule: shipping }),
);
const combinesWith = fc.record({
  product: fc.boolean(),
  order: fc.boolean(),
  shipping: fc.boolean(),
});

/** Up to so many discounts of all kinds, some with codes. */
function someDiscounts(most: number): fc.Arbitrary<Discount[]> {
  const one = fc.record({ rule, combinesWith, coded: fc.boolean(), age: fc.nat(3) });
  return fc.array(one, { maxLength: most }).map((all) =>
    all.map((each, place) =>
      aDiscount(`d${place}`, each.rule, {
        combinesWith: each.combinesWith,
        createdAt: each.age,
        code: each.coded ? { text: `D${place}`, place } : null,
      }),
    ),
  );
}

const twoAuthorities = [
  { name: 'GST', jurisdiction: 'CA', ppm: 50_000 },
  { name: 'QST', jurisdiction: 'CA-QC', ppm: 99_750, compound: true },
];

/** Terms of all levels, with one authority or two, abroad, untaxed, or under the limit of an import. */
function someTaxes(quantum: number): fc.Arbitrary<TaxTerms> {
  const duty = fc.record({
    amountMinor: fc.constant(30 * quantum),
    payer: fc.constantFrom('shopper' as const, 'merchant' as const),
    tax: fc.constantFrom('split' as const, 'none' as const),
  });
  const limit = fc.record({
    limitMinor: fc.nat(60_000),
    currency: fc.constantFrom(...currencies),
    rate1e10: fc.constantFrom(10_000_000_000, 8_500_000_000),
    dutyPaid: fc.boolean(),
    duty: fc.option(duty),
  });
  const home = fc.record({
    rates: fc.constant(taxes({ standard: 21, reduced: 9, exempt: null }).regime.rates),
    abroad: fc.constantFrom('same_gross' as const, 'same_net' as const),
    untaxed: fc.constantFrom('strip' as const, 'keep' as const),
  });
  const given = fc.record({
    included: fc.boolean(),
    level: fc.constantFrom('document' as const, 'line' as const, 'unit' as const),
    rounding: fc.constantFrom('half-away-from-zero' as const, 'floor' as const),
    home: fc.option(home),
    limit: fc.option(limit),
    taxed: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    two: fc.boolean(),
  });
  return given.map(({ limit: importLimit, taxed, two, ...rest }) => {
    const terms = taxes({ standard: 19, reduced: 7, exempt: null }, rest);
    const rates = two ? { ...terms.regime.rates, standard: twoAuthorities } : terms.regime.rates;
    return { ...terms, regime: { ...terms.regime, taxed, rates, importLimit } };
  });
}

/** A cart with everything that changes amounts, in one of the currencies. */
export function someInput(mostDiscounts = 5): fc.Arbitrary<QuoteInput> {
  return fc.constantFrom(...currencies).chain((currency) => {
    const amount = fc.nat(2_000).map((n) => n * quantumOf(currency));
    const parts = fc.record({
      lines: someLines(currency),
      discounts: someDiscounts(mostDiscounts),
      prices: fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 2 }),
      threshold: amount,
      fee: fc.option(amount),
      feeTax: fc.constantFrom('split' as const, 'none' as const),
      tax: someTaxes(quantumOf(currency)),
      stored: fc.array(fc.nat(60_000), { maxLength: 3 }),
      rate: fc.integer({ min: 50_000_000, max: 2_000_000_000_000 }),
    });
    return parts.map((given) => {
      const half = Math.ceil(given.lines.length / 2);
      const ids = given.lines.map(({ id }) => id);
      const shares = given.prices.length === 1 ? [ids] : [ids.slice(0, half), ids.slice(half)];
      return aCart(given.lines, {
        currency,
        discounts: given.discounts,
        deliveries: given.prices.map(([first, then], index) => ({
          id: `delivery${index}`,
          title: 'Post',
          country: 'DE',
          lineIds: shares[index] ?? [],
          prices: [
            { fromMinor: 0, priceMinor: first },
            { fromMinor: given.threshold + 1, priceMinor: Math.min(first, then) },
          ],
        })),
        fees:
          given.fee === null
            ? []
            : [{ id: 'fee', title: 'Fee', amountMinor: given.fee, tax: given.feeTax }],
        tax: given.tax,
        storedValue: given.stored.map((availableMinor, index) => ({
          kind: index % 2 ? ('store_credit' as const) : ('gift_card' as const),
          id: `v${index}`,
          availableMinor,
        })),
        exchange: { base: currency === 'USD' ? 'EUR' : 'USD', rate1e10: given.rate },
      });
    });
  });
}
