import { defineErrors } from '@libs/kernel';

/** What may go wrong with sealed values; the sentences name no plaintext and no key material. */
export const secretsErrors = defineErrors('secrets', {
  'no-key': { kind: 'internal', text: 'There is no key to seal values of the purpose {purpose}.' },
  'unknown-key': {
    kind: 'internal',
    text: 'The value was sealed with the key {key}, which this process does not have.',
  },
  refused: {
    kind: 'internal',
    text: 'The sealed value is damaged or belongs to another record.',
  },
});
