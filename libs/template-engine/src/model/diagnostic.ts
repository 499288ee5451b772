/** `error` blocks publishing, `warning` is shown, `info` is advice. */
export type Severity = 'error' | 'warning' | 'info';

/** One finding in a theme. Lines and columns count from 1; the end is behind the last character. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** A code of the table in `diagnostics/codes.ts`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The name that was probably meant. */
  readonly suggestion?: string;
  /** Five lines of source with a pointer. */
  readonly frame?: string;
}
