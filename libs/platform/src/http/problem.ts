import { HttpException } from '@nestjs/common';
import { AppError, type ErrorIssue, type ErrorKind, defineErrors } from '@libs/kernel';

/** The only place where a kind of error becomes an HTTP status. */
const statusOf: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  unsupported: 415,
  invalid: 422,
  limited: 429,
  internal: 500,
  unavailable: 503,
};

/** An answer in the form of RFC 9457, with the stable code and the faults of single fields beside it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: ErrorIssue[];
  requestId?: string;
  /** What an error of its own kind adds, such as the findings in a theme (RFC 9457, 3.2). */
  [extension: string]: unknown;
}

export const httpErrors = defineErrors('http', {
  'bad-request': { kind: 'malformed', text: 'The request cannot be read: {reason}.' },
  'not-found': { kind: 'missing', text: 'There is nothing at this address.' },
  'invalid-input': { kind: 'invalid', text: 'Some fields are not as they should be.' },
  'unsupported-media-type': { kind: 'unsupported', text: 'The body must be sent as {expected}.' },
  'body-too-large': {
    kind: 'too-large',
    text: 'The body is larger than the {limit} bytes allowed.',
  },
  'missing-file': { kind: 'invalid', text: 'The multipart field “file” is missing.' },
  unauthenticated: {
    kind: 'unauthenticated',
    text: 'Sign in first: a valid bearer token is needed.',
  },
  forbidden: { kind: 'forbidden', text: 'Your role lacks the permission {permission}.' },
  'too-many-requests': { kind: 'limited', text: 'Too many tries; try again in {seconds} seconds.' },
  'version-mismatch': {
    kind: 'stale',
    text: 'Somebody else changed this meanwhile: it is at version {current}, you sent {given}.',
  },
  'version-conflict': {
    kind: 'conflict',
    text: 'Somebody else changed this meanwhile: it is at version {current}, you sent {given}.',
  },
  duplicate: { kind: 'conflict', text: 'Something with the same key exists already.' },
  'busy-database': {
    kind: 'unavailable',
    text: 'The database could not serialize this; try again.',
  },
  'idempotency-key-missing': {
    kind: 'malformed',
    text: 'This moves money or goods: send an Idempotency-Key, so that asking twice does it once.',
  },
  'idempotency-key-malformed': {
    kind: 'malformed',
    text: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
  },
  'idempotency-key-reused': {
    kind: 'invalid',
    text: 'This Idempotency-Key was used before with another body.',
  },
  'idempotency-in-progress': {
    kind: 'conflict',
    text: 'A request with this Idempotency-Key is still running; ask again in a moment.',
  },
  internal: {
    kind: 'internal',
    text: 'Something went wrong on our side; the request id helps us find it.',
  },
});

/**
 * Turns anything that was thrown into an error of the catalogue; what is not ours becomes `http.internal`, which
 * tells the outside nothing.
 */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HttpException) return fromHttpException(error);
  const code = sqlState(error);
  if (code === '23505') return httpErrors.error('duplicate', {}, { cause: error });
  // Values that no column of that type takes: they come from outside, such as the parts of a forged cursor.
  if (code === '22P02' || code === '22003' || code === '22007') {
    return httpErrors.error(
      'bad-request',
      { reason: 'a value has the wrong form' },
      { cause: error },
    );
  }
  if (code === '40001' || code === '40P01') {
    return httpErrors.error('busy-database', {}, { cause: error, retryAfterSeconds: 1 });
  }
  if (statusCodeOf(error) === 413)
    return httpErrors.error('body-too-large', { limit: 'few' }, { cause: error });
  if (statusCodeOf(error) === 415) {
    return httpErrors.error(
      'unsupported-media-type',
      { expected: 'application/json' },
      { cause: error },
    );
  }
  if (statusCodeOf(error) === 400) {
    return httpErrors.error('bad-request', { reason: (error as Error).message }, { cause: error });
  }
  return httpErrors.error('internal', {}, { cause: error });
}

/** The answer for an error. */
export function toProblem(error: AppError, requestId?: string): Problem {
  return {
    ...error.extensions,
    type: `/api/problems/${error.code}`,
    title: error.kind,
    status: statusOf[error.kind],
    code: error.code,
    detail: error.message,
    ...(error.issues.length > 0 ? { errors: error.issues } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function fromHttpException(error: HttpException): AppError {
  const status = error.getStatus();
  if (status === 404) return httpErrors.error('not-found', {}, { cause: error });
  if (status === 401) return httpErrors.error('unauthenticated', {}, { cause: error });
  if (status === 413) return httpErrors.error('body-too-large', { limit: 'few' }, { cause: error });
  if (status === 415) {
    return httpErrors.error(
      'unsupported-media-type',
      { expected: 'application/json' },
      { cause: error },
    );
  }
  if (status < 500)
    return httpErrors.error('bad-request', { reason: error.message }, { cause: error });
  return httpErrors.error('internal', {}, { cause: error });
}

function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

function statusCodeOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
