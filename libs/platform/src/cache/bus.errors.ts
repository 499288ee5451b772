import { defineErrors } from '@libs/kernel';

/** What publishers may meet. */
export const busErrors = defineErrors('bus', {
  unavailable: { kind: 'unavailable', text: 'The invalidation bus does not answer.' },
});
