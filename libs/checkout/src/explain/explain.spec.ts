import * as fc from 'fast-check';
import {
  aCart,
  aDelivery,
  aDiscount,
  aLine,
  combinesWithNone,
  percentOff,
  taxes,
} from '../../test/quote.builder';
import { someInput } from '../../test/some-quote.builder';
import { quote } from '../quote';
import { explain } from './explain';

describe('why a price is what it is', () => {
  it('is said step by step, with the names of things', () => {
    const lines = [aLine('a', 2, 1_299), aLine('b', 1, 4_500, { taxCategory: 'reduced' })];
    const priced = quote(
      aCart(lines, {
        discounts: [percentOff('ten', 10), percentOff('five', 5)].map((discount) => ({
          ...discount,
          title: `Title of ${discount.id}`,
          combinesWith: combinesWithNone,
        })),
        deliveries: [aDelivery(lines, 490)],
        tax: taxes({ standard: 19, reduced: 7 }),
      }),
    );
    const names = new Map([
      ['a', 'Cup'],
      ['b', 'Book'],
      ['delivery', 'Parcel'],
    ]);
    const { rows, rejected } = explain(priced, names);
    expect(rows.map(({ sentence }) => sentence)).toEqual([
      'Cup: 25.98 EUR (2 × 12.99 EUR).',
      'Book: 45.00 EUR (1 × 45.00 EUR).',
      'Cup: 2.60 EUR off by “Title of ten”, code TEN.',
      'Book: 4.50 EUR off by “Title of ten”, code TEN.',
      'Parcel: 4.90 EUR.',
      expect.stringMatching(/^VAT 19 % on .* EUR, contained in the prices\.$/),
      expect.stringMatching(/^VAT 7 % on .* EUR, contained in the prices\.$/),
      'To pay: 68.78 EUR.',
    ]);
    expect(rejected.map(({ reason }) => reason)).toEqual(['not_combinable']);
    expect(rejected[0]?.sentence).toBe(
      '“FIVE” does not count: it does not go together with “Title of ten”.',
    );
  });

  it('says what stands against a discount by its name', () => {
    const alone = { combinesWith: combinesWithNone };
    const rule = { kind: 'plain', benefit: { ppm: 100_000 } } as const;
    const priced = quote(
      aCart([aLine('a', 1, 1_000)], {
        discounts: [
          aDiscount('big', { class: 'order', rule: { ...rule, benefit: { ppm: 500_000 } } }, alone),
          aDiscount('small', { class: 'product', rule }, alone),
        ],
      }),
    );
    for (const { sentence } of explain(priced, new Map([['small', 'Small sale']])).rejected) {
      expect(sentence).toMatch(/^“Small sale” does not count: /);
    }
  });

  it('adds up to the discount, for any cart, and leaves nothing unsaid', () => {
    fc.assert(
      fc.property(someInput(), (input) => {
        const priced = quote(input);
        const { rows, rejected } = explain(priced, new Map());
        const taken = rows.reduce((sum, { before, after }) => sum + before - after, 0);
        expect(taken).toBe(priced.totals.discountMinor);
        expect(rows.at(-1)?.after).toBe(priced.totals.totalMinor);
        expect(rejected).toHaveLength(priced.rejected.length);
        for (const { sentence } of [...rows, ...rejected]) {
          expect(sentence).not.toMatch(/undefined|NaN|null/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
