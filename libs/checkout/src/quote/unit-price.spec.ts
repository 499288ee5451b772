import { unitPrice, type UnitPriceQuestion } from './index';

const question: UnitPriceQuestion = {
  baseMinor: 1_999,
  rule: {
    base: 'USD',
    currency: 'EUR',
    rate1e10: 9_200_000_000,
    markupPpm: 15_000,
    ending: { direction: 'nearest', on: '.95' },
  },
  fixedMinor: null,
  lists: [
    { amountMinor: 1_500, groups: ['wholesale'], fromQuantity: 1 },
    { amountMinor: 1_700, groups: null, fromQuantity: 10 },
    { amountMinor: 2_500, groups: null, fromQuantity: 1 },
  ],
  groups: [],
  quantity: 1,
};

describe('the price of a unit', () => {
  it.each<[string, Partial<UnitPriceQuestion>, number]>([
    ['the converted one', {}, 1_895],
    ['the base price where the market has its currency', { rule: null }, 1_999],
    ['the fixed one of the market', { fixedMinor: 1_800 }, 1_800],
    ['that of the quantity', { quantity: 10 }, 1_700],
    ['that of the group', { groups: ['wholesale'] }, 1_500],
    ['the lowest that applies', { groups: ['wholesale'], quantity: 10 }, 1_500],
  ])('is %s', (_, change, price) => expect(unitPrice({ ...question, ...change })).toBe(price));
});
