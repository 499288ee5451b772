import { type DiscountView, discountInput } from '../contract';
import { generalOffer } from './general-offer';

const products = { kind: 'amount_off', on: 'products', benefit: { percent: 12.5 } };

function view(more: Record<string, unknown>): DiscountView {
  const input = discountInput.parse({ title: 'Off', method: 'automatic', rule: products, ...more });
  return { ...input, startsAt: null, endsAt: null } as unknown as DiscountView;
}

const tiers = (from: number) => ({
  kind: 'tiered',
  on: 'products',
  by: 'quantity',
  tiers: [{ from, benefit: { amountMinor: 100, each: true } }],
});

describe('a discount that is everyone’s price', () => {
  it.each([
    ['a percentage', {}, { ppm: 125_000 }],
    [
      'an amount off each',
      { rule: { ...products, benefit: { amountMinor: 200, each: true } } },
      { amountMinor: 200 },
    ],
    ['a minimum that one unit reaches', { minimum: { quantity: 1 } }, { ppm: 125_000 }],
    ['steps from the first unit', { rule: tiers(1) }, { amountMinor: 100 }],
  ])('is %s', (_name, more, benefit) => {
    expect(generalOffer(view(more))).toEqual({
      targets: {},
      benefit,
      startsAt: null,
      endsAt: null,
    });
  });

  it.each([
    ['with a code', { method: 'code', code: 'X' }],
    ['switched off', { enabled: false }],
    ['for a group', { groups: ['vip'] }],
    ['with a minimum', { minimum: { quantity: 2 } }],
    ['with a minimum subtotal', { minimum: { subtotalMinor: 100 } }],
    ['for the first so many', { usageLimit: 10 }],
    ['once per customer', { oncePerCustomer: true }],
    ['off the order', { rule: { ...products, on: 'order' } }],
    ['an amount once', { rule: { ...products, benefit: { amountMinor: 200 } } }],
    ['steps from two units', { rule: tiers(2) }],
    ['off shipping', { rule: { kind: 'shipping', benefit: { percent: 100 } } }],
  ])('is none %s', (_name, more) => expect(generalOffer(view(more))).toBeNull());
});
