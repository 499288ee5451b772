import { defineErrors } from '@libs/kernel';

/** What is wrong with a sale that staff put together. */
export const salesErrors = defineErrors('sales', {
  'price-needed': {
    kind: 'invalid',
    text: 'What is added in another currency than the store’s needs a price.',
  },
  'off-quantum': {
    kind: 'invalid',
    text: 'Prices in {currency} are multiples of {quantum} minor units.',
  },
});
