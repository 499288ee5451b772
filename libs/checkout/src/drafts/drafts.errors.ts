import { defineErrors } from '@libs/kernel';

/** What is wrong with a draft order, or with asking somebody to pay. */
export const draftsErrors = defineErrors('drafts', {
  'draft-not-found': { kind: 'missing', text: 'There is no such draft order.' },
  'customer-not-found': { kind: 'missing', text: 'There is no such customer.' },
  'vat-number': {
    kind: 'invalid',
    text: 'This is not a VAT number of the European Union, or the register does not know it.',
  },
  'not-open': {
    kind: 'conflict',
    text: 'The draft order is {state}: it can be changed and paid no more.',
  },
  'no-address': {
    kind: 'invalid',
    text: 'A draft order needs an e-mail address before somebody can be asked to pay it.',
  },
  'out-of-stock': {
    kind: 'conflict',
    text: 'Of “{title}” {wanted} are wanted and {available} are there.',
  },
  'nothing-owed': { kind: 'conflict', text: 'Nothing of the order {name} is left to be paid.' },
  'no-manual-method': {
    kind: 'conflict',
    text: 'Money received by hand needs a manual way to pay: add one to the store’s payments.',
  },
});
