import { defineErrors } from '@libs/kernel';

/** Why somebody else's address could not be read; the sentences are for the merchant who gave it. */
export const fetchErrors = defineErrors('fetch', {
  'bad-address': { kind: 'invalid', text: 'The address cannot be used: {reason}.' },
  'private-address': {
    kind: 'invalid',
    text: 'The address {host} is not on the public internet.',
  },
  unresolved: { kind: 'unavailable', text: 'The name {host} cannot be found.' },
  failed: { kind: 'unavailable', text: 'The server {host} does not answer as a web server.' },
  timeout: { kind: 'unavailable', text: 'The server {host} did not answer within {seconds} s.' },
  'bad-status': { kind: 'unavailable', text: 'The server {host} answered with {status}.' },
  'too-large': { kind: 'too-large', text: 'The answer of {host} has more than {limit} bytes.' },
  'too-many-redirects': {
    kind: 'invalid',
    text: 'The address leads from one to the next {limit} times.',
  },
});
