import * as fc from 'fast-check';
import { unmarked } from './marks';
import { orderSums } from './order-sums';

const charge = (
  kind: 'shipping' | 'fee',
  title: string,
  priceMinor: number,
  discountMinor = 0,
) => ({
  id: '',
  kind,
  title,
  priceMinor,
  discountMinor,
  totalMinor: priceMinor - discountMinor,
  taxMinor: 0,
  baseMinor: 0,
  refundedMinor: 0,
  refundedTaxMinor: 0,
  promise: {},
});
const tax = (name: string, ppm: number, taxMinor: number) => ({
  name,
  ppm,
  taxMinor,
  jurisdiction: '',
  baseTaxMinor: 0,
});
const order = {
  currency: 'EUR',
  locale: 'en',
  subtotalMinor: 10_000,
  shippingMinor: 490,
  discounts: [{ title: 'Summer {amount}', code: null, class: 'order', amountMinor: 1_000 }],
  charges: [charge('shipping', 'Standard', 490), charge('fee', 'Cash on delivery', 200)],
  taxLines: [tax('VAT', 190_000, 1_000), tax('VAT', 190_000, 547), tax('GST', 50_000, 0)],
  taxIncluded: true,
};

describe('the sums of an order’s mail', () => {
  it.each([
    [
      'en',
      'Subtotal: €100.00\nDiscount Summer {amount}: −€10.00\nShipping Standard: €4.90\nCash on delivery: €2.00\nVAT 19% included: €15.47',
    ],
    [
      'de',
      'Zwischensumme: 100,00 €\nRabatt Summer {amount}: −10,00 €\nVersand Standard: 4,90 €\nCash on delivery: 2,00 €\nEnthaltene MwSt. 19 %: 15,47 €',
    ],
    [
      'zh-CN',
      '小计：€100.00\n优惠 Summer {amount}：−€10.00\n运费 Standard：€4.90\nCash on delivery：€2.00\n含增值税 19%：€15.47',
    ],
  ])('stand a line each in %s', (locale, lines) => {
    expect(unmarked(orderSums({ ...order, locale })).replaceAll('\u00a0', ' ')).toBe(lines);
  });

  it('say that shipping is free, and leave out what was not charged', () => {
    const free = {
      ...order,
      discounts: [],
      taxLines: [],
      shippingMinor: 0,
      charges: [charge('shipping', 'Post', 0), charge('fee', 'Cash on delivery', 0)],
    };
    expect(unmarked(orderSums(free))).toBe('Subtotal: €100.00\nShipping Post: free');
    expect(unmarked(orderSums({ ...free, charges: [] }))).toBe('Subtotal: €100.00');
  });

  it('lead to the total, whatever was sold', () => {
    const amount = fc.integer({ min: 1, max: 10_000_000 });
    const arbitrary = fc.record({
      subtotalMinor: amount,
      discounts: fc.array(amount, { maxLength: 3 }),
      shipping: fc.array(amount, { maxLength: 2 }),
      fees: fc.array(amount, { maxLength: 2 }),
      taxes: fc.array(fc.tuple(fc.constantFrom(50_000, 190_000), amount), { maxLength: 3 }),
    });
    const sum = (list: number[]) => list.reduce((all, one) => all + one, 0);
    fc.assert(
      fc.property(arbitrary, ({ subtotalMinor, discounts, shipping, fees, taxes }) => {
        const printed = orderSums({
          currency: 'JPY',
          locale: 'en',
          subtotalMinor,
          shippingMinor: sum(shipping),
          discounts: discounts.map((amountMinor) => ({
            title: 'Less',
            code: null,
            class: 'order',
            amountMinor,
          })),
          charges: [
            ...shipping.map((minor) => charge('shipping', 'Post', minor)),
            ...fees.map((minor) => charge('fee', 'Fee', minor)),
          ],
          taxLines: taxes.map(([ppm, minor]) => tax('GST', ppm, minor)),
          taxIncluded: false,
        });
        const read = unmarked(printed)
          .split('\n')
          .map((line) => {
            const [, less = '', digits = ''] = /: (−?)¥([\d,]+)$/.exec(line) ?? [];
            return Number(`${less && '-'}${digits.replaceAll(',', '')}`);
          });
        const total =
          subtotalMinor -
          sum(discounts) +
          sum([...shipping, ...fees, ...taxes.map(([, minor]) => minor)]);
        expect(sum(read)).toBe(total);
      }),
    );
  });
});
