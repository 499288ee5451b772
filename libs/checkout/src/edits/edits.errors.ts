import { defineErrors } from '@libs/kernel';

/** What is wrong with an edit of an order; what the order itself refuses has codes of its own. */
export const editsErrors = defineErrors('edits', {
  'line-not-found': { kind: 'invalid', text: 'The order has no such line.' },
  'line-twice': { kind: 'invalid', text: 'The line is named twice.' },
});
