import { defineErrors } from '@libs/kernel';

/** What makes a price impossible to know. */
export const assembleErrors = defineErrors('assemble', {
  'line-gone': { kind: 'conflict', text: '“{title}” is not sold any more.' },
  'currency-not-sold': { kind: 'invalid', text: 'The store does not sell in {currency}.' },
});
