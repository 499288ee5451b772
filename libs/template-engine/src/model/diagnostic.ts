/** `error` blocks publishing, `warning` is shown, `info` is advice. */
export type Severity = 'error' | 'warning' | 'info';

/** One edit of a file: `text` in place of what stands from `start` to before `end` (offsets in the text of the file). */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One finding in a theme. Lines and columns count from 1; the end is behind the last character. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** A code of the table in `diagnostics/codes`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The name that was probably meant. */
  readonly suggestion?: string;
  /** Where a value stands in its JSON, as a JSON pointer: `/settings/0/id`. */
  readonly pointer?: string;
  /** Five lines of source with a pointer. */
  readonly frame?: string;
  /** Edits that put it right without changing anything else; only where that is safe. */
  readonly fix?: readonly Edit[];
  /** Where the manual speaks of the code. */
  readonly docs?: string;
}
