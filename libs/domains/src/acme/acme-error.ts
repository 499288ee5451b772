/** A problem of one identifier inside a larger one (RFC 8555, 6.7.1). */
export interface AcmeSubproblem {
  type: string;
  detail: string;
  identifier: string | null;
}

export interface AcmeFailure {
  /** What was asked: `directory`, `new-order`, `finalize` ... */
  operation: string;
  /** The problem type without its URN prefix (`rateLimited`), or `network`, `timeout`, `aborted`, `protocol`. */
  type: string;
  /** HTTP status, 0 when no answer came. */
  status: number;
  detail: string;
  /** When the authority wants to be asked again; null when it did not say. */
  retryAfter: Date | null;
  subproblems: AcmeSubproblem[];
  cause?: unknown;
}

/** A refusal or fault of the authority, told apart by `type` and `status`; never by its text. */
export class AcmeError extends Error {
  readonly operation: string;
  readonly type: string;
  readonly status: number;
  readonly detail: string;
  readonly retryAfter: Date | null;
  readonly subproblems: AcmeSubproblem[];

  constructor(failure: AcmeFailure) {
    super(`${failure.operation}: ${failure.type} (${failure.status}) ${failure.detail}`, {
      cause: failure.cause,
    });
    this.name = 'AcmeError';
    this.operation = failure.operation;
    this.type = failure.type;
    this.status = failure.status;
    this.detail = failure.detail;
    this.retryAfter = failure.retryAfter;
    this.subproblems = failure.subproblems;
  }
}

const URN = 'urn:ietf:params:acme:error:';

/** Strips the URN prefix of an ACME problem type; a type of another namespace stays as it is. */
export function shortType(type: unknown): string {
  if (typeof type !== 'string' || type === '') return 'protocol';
  return type.startsWith(URN) ? type.slice(URN.length) : type;
}

/** Reads `Retry-After` in both of its forms (seconds or HTTP date, RFC 9110 10.2.3); null when absent or unreadable. */
export function readRetryAfter(header: string | undefined, now: Date): Date | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return new Date(now.getTime() + Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : new Date(date);
}
