import { AcmeError } from './acme-error';

/**
 * What a failure asks of us: wait a little, wait as long as we are told, let the merchant mend something,
 * stop for good, or call the operator.
 */
export type FailureClass = 'transient' | 'limited' | 'merchant' | 'permanent' | 'ours';

/** RFC 8555, 6.7, sorted by who can mend it. */
const MERCHANT = new Set(['unauthorized', 'connection', 'dns', 'tls', 'incorrectResponse', 'caa']);
const PERMANENT = new Set(['rejectedIdentifier', 'unsupportedIdentifier', 'userPaused']);
const OURS = new Set([
  'malformed',
  'badCSR',
  'badPublicKey',
  'badSignatureAlgorithm',
  'userActionRequired',
  'accountDoesNotExist',
  'externalAccountRequired',
  'invalidContact',
  'unsupportedContact',
]);
const TRANSIENT = new Set(['badNonce', 'serverInternal', 'orderNotReady']);

/** Sorts a problem by its type (short form) and HTTP status (0 when there was no answer); never by its text. */
export function classifyProblem(
  type: string,
  status: number,
  retryAfter: Date | null,
): FailureClass {
  if (type === 'rateLimited' || status === 429) return 'limited';
  if (status === 503 && retryAfter !== null) return 'limited';
  if (MERCHANT.has(type)) return 'merchant';
  if (PERMANENT.has(type)) return 'permanent';
  if (TRANSIENT.has(type) || status === 0 || status >= 500) return 'transient';
  if (OURS.has(type)) return 'ours';
  return status >= 400 && status !== 404 ? 'ours' : 'transient';
}

/** As `classifyProblem`, for anything thrown while talking to the authority; null when it is no `AcmeError`. */
export function classifyError(error: unknown): FailureClass | null {
  if (!(error instanceof AcmeError)) return null;
  return classifyProblem(error.type, error.status, error.retryAfter);
}
