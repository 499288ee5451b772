import { defineErrors } from '@libs/kernel';

/** What can be wrong with scheduled prices. */
export const schedulesErrors = defineErrors('price-schedules', {
  'not-found': { kind: 'missing', text: 'There is no such price schedule.' },
  times: {
    kind: 'invalid',
    text: 'A price schedule begins and ends on the minute, ends after it begins, and begins now or later.',
  },
  'unknown-variant': { kind: 'invalid', text: 'The variant {id} is not there, or comes twice.' },
  'price-step': { kind: 'invalid', text: 'Prices in {currency} go in steps of {step}.' },
  overlaps: {
    kind: 'conflict',
    text: 'The variant {id} has a price by “{title}” ({schedule}) from {from} to {to} already.',
  },
  begun: {
    kind: 'conflict',
    text: 'The price schedule is {state}: only one that is planned can be changed.',
  },
  over: { kind: 'conflict', text: 'The price schedule is over: there is nothing to cancel.' },
});
