/** What went wrong, in the world's terms; the HTTP status of each is decided in platform/http alone. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'too-large'
  | 'unsupported'
  | 'invalid'
  | 'limited'
  | 'unavailable'
  | 'internal';

/** Values that a sentence of the catalogue names in braces. */
export type ErrorParams = Record<string, string | number | boolean | null>;

/** One fault of one field, as a form shows it. `field` is the path in the input, parts joined by dots. */
export interface ErrorIssue {
  field: string;
  code: string;
  message: string;
}

/** One line of a slice's error catalogue: `text` may name parameters as `{name}`. */
export interface ErrorEntry {
  kind: ErrorKind;
  text: string;
}

interface ErrorDetails {
  cause?: unknown;
  /** The input field at fault; becomes the only issue when `issues` is absent. */
  field?: string;
  issues?: ErrorIssue[];
  /** When it makes sense to try again, for `limited` and `unavailable`: seconds from now. */
  retryAfterSeconds?: number;
  /** Further members of the answer, for faults that fields cannot tell: plain JSON, safe for the outside. */
  extensions?: Record<string, unknown>;
}

/** An error with a stable code that callers may branch on and users may look up. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly params: ErrorParams;
  readonly issues: ErrorIssue[];
  readonly retryAfterSeconds: number | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    details: ErrorDetails & { params?: ErrorParams } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.params = details.params ?? {};
    this.issues =
      details.issues ??
      (details.field === undefined ? [] : [{ field: details.field, code, message }]);
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.extensions = details.extensions ?? {};
  }
}

/** A slice's error catalogue; `error` makes one of its errors. */
export interface ErrorCatalogue<Reason extends string> {
  readonly slice: string;
  readonly entries: Readonly<Record<Reason, ErrorEntry>>;
  /**
   * @param params values for the braces of the sentence
   * @returns an error to throw, with the code `<slice>.<reason>`
   */
  error(reason: Reason, params?: ErrorParams, details?: ErrorDetails): AppError;
  /** Whether something that was caught is this error of this slice. */
  is(error: unknown, reason: Reason): boolean;
}

const catalogues = new Map<string, ErrorCatalogue<string>>();

/**
 * Declares the errors of a slice, once per process.
 * @param slice the first half of each code
 * @param entries reason, the code's second half, to kind and sentence
 */
export function defineErrors<Reason extends string>(
  slice: string,
  entries: Record<Reason, ErrorEntry>,
): ErrorCatalogue<Reason> {
  const catalogue: ErrorCatalogue<Reason> = {
    slice,
    entries,
    error: (reason, params = {}, details = {}) => {
      const { kind, text } = entries[reason];
      return new AppError(`${slice}.${reason}`, kind, fill(text, params), { ...details, params });
    },
    is: (error, reason) => error instanceof AppError && error.code === `${slice}.${reason}`,
  };
  catalogues.set(slice, catalogue);
  return catalogue;
}

/** Every catalogue that is loaded, for the page that explains a code and for the test against the docs. */
export function allErrors(): { code: string; kind: ErrorKind; text: string }[] {
  return [...catalogues.values()].flatMap(({ slice, entries }) =>
    Object.entries(entries).map(([reason, entry]) => ({ code: `${slice}.${reason}`, ...entry })),
  );
}

function fill(text: string, params: ErrorParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}
