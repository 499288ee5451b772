/**
 * One finding about an imported file, as the API reports it. `line` is the physical line in the
 * file (1 is the header), `field` the column's name as the file writes it.
 */
export interface ImportProblem {
  line: number;
  handle: string | null;
  field: string | null;
  code: ProblemCode;
  message: string;
}

/** Faults of the whole file: nothing of it is written. */
export type FileFaultCode =
  | 'empty-file'
  | 'no-rows'
  | 'not-csv'
  | 'wrong-encoding'
  | 'wrong-delimiter'
  | 'missing-column'
  | 'duplicate-column'
  | 'broken-quote'
  | 'record-too-long'
  | 'too-many-rows'
  | 'file-missing';

/** Faults of one product (its rows are not written) and notices that lose nothing. */
export type ProblemCode =
  | FileFaultCode
  | 'unknown-column'
  | 'missing-handle'
  | 'missing-title'
  | 'missing-option'
  | 'wrong-cell-count'
  | 'bad-handle'
  | 'bad-price'
  | 'bad-number'
  | 'bad-boolean'
  | 'bad-value'
  | 'too-long'
  | 'too-many-options'
  | 'too-many-variants'
  | 'too-many-images'
  | 'duplicate-variant'
  | 'bad-image'
  | 'text-cut'
  | 'html-removed'
  | 'handle-exists'
  | 'not-written';

const NOTICES: ReadonlySet<ProblemCode> = new Set([
  'unknown-column',
  'bad-image',
  'text-cut',
  'html-removed',
  'too-many-images',
  'handle-exists',
]);

/** Whether a finding costs its product; a notice does not. */
export function isFault(problem: ImportProblem): boolean {
  return !NOTICES.has(problem.code);
}

/** Thrown by a reader when the file as a whole cannot be used. */
export class FileFault extends Error {
  override readonly name = 'FileFault';

  /** @param line the physical line, 1 for the header; null field when no column is at fault */
  constructor(
    readonly code: FileFaultCode,
    readonly line: number,
    message: string,
    readonly field: string | null = null,
  ) {
    super(message);
  }

  /** The fault as one line of an import's problems. */
  get problem(): ImportProblem {
    const { line, field, code, message } = this;
    return { line, handle: null, field, code, message };
  }
}
