import { defineErrors } from '@libs/kernel';

/** What can go wrong at the doors. None of the sentences tells whether an address has an account. */
export const identityErrors = defineErrors('identity', {
  'wrong-credentials': {
    kind: 'unauthenticated',
    text: 'The e-mail address and the password do not go together.',
  },
  'email-taken': {
    kind: 'conflict',
    text: 'There is an account with this e-mail address already.',
  },
  'weak-password': {
    kind: 'invalid',
    text: 'A password has at least {length} characters and is not one of those that everybody tries first.',
  },
  'reset-expired': {
    kind: 'invalid',
    text: 'This link was used or is older than an hour; ask for a new one.',
  },
  'session-not-found': { kind: 'missing', text: 'There is no such session.' },
  'token-not-found': { kind: 'missing', text: 'There is no such API token.' },
  'tokens-cannot-make-tokens': {
    kind: 'forbidden',
    text: 'Sign in with a password to manage API tokens, sessions and passwords.',
  },
});
