import { defineErrors } from '@libs/kernel';

/** What makes a quote impossible. */
export const quoteErrors = defineErrors('quote', {
  'bad-input': { kind: 'invalid', text: '{field} {problem}.' },
  'no-tax-rates': {
    kind: 'invalid',
    text: 'The line {line} has the tax category “{category}”, for which no rates are known.',
  },
});
