import { defineErrors } from '@libs/kernel';

/** What is wrong with asking for a checkout. */
export const checkoutsErrors = defineErrors('checkouts', {
  'checkout-not-found': { kind: 'missing', text: 'There is no such checkout.' },
});
