import { defineErrors } from '@libs/kernel';

export const discountsErrors = defineErrors('discounts', {
  'discount-not-found': { kind: 'missing', text: 'There is no such discount.' },
  'code-not-found': { kind: 'missing', text: 'The discount has no code {code}.' },
  'code-missing': { kind: 'invalid', text: 'A discount by code needs a code.' },
  'no-codes': { kind: 'conflict', text: 'An automatic discount has no codes.' },
  'code-taken': { kind: 'conflict', text: 'The code {code} is taken.' },
  'bad-rule': { kind: 'invalid', text: '{problem}.' },
  'unknown-target': { kind: 'invalid', text: '{id} is not in the store.' },
  'too-many-automatic': {
    kind: 'conflict',
    text: 'At most {limit} automatic discounts can be enabled.',
  },
  'too-many-codes': { kind: 'conflict', text: 'A discount has at most {limit} codes.' },
});
