import { defineErrors } from '@libs/kernel';

export const ordersErrors = defineErrors('orders', {
  'order-not-found': { kind: 'missing', text: 'There is no such order.' },
  'unbalanced-snapshot': {
    kind: 'internal',
    text: 'The amounts of the order do not add up: {what} should be {expected} and is {given}.',
  },
});
