import { type AppError, defineErrors } from '@libs/kernel';

/** What may go wrong with blobs. */
export const storageErrors = defineErrors('storage', {
  'bad-key': { kind: 'malformed', text: 'A blob cannot have the key "{key}".' },
  'bad-range': { kind: 'invalid', text: 'The range begins behind the end of the blob.' },
  full: { kind: 'unavailable', text: 'There is no room left where files are kept.' },
  unavailable: { kind: 'unavailable', text: 'The place where files are kept does not answer.' },
  'encoding-not-acceptable': {
    kind: 'unsupported',
    text: 'The file exists in none of the encodings that the request accepts.',
  },
});

/** What a service's failure becomes after its retries. */
export function unavailable(cause: unknown): AppError {
  return storageErrors.error('unavailable', {}, { cause });
}
