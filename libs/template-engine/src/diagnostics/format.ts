import type { Diagnostic, Edit, Severity } from '../model/diagnostic';
import { type Code, CODES, docsOf } from './codes';

/** A finding as `--json` of the command line gives it. Lines and columns count from 1; the end is behind the last character. */
export interface DiagnosticJson {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** The name that was probably meant. */
  readonly suggestion: string | null;
  /** Why it matters, and how it is put right. */
  readonly help: string;
  /** Where a value stands in its JSON. */
  readonly pointer: string | null;
  /** Five lines of source with a pointer; null where there is no text. */
  readonly frame: string | null;
  readonly fix: readonly Edit[] | null;
  readonly docs: string;
}

/** How findings are written for people. */
export interface FormatOptions {
  /** Put before the link into the manual, `https://docs.example/`; default nothing. */
  readonly docsBase?: string;
  /** Leave out code frames. */
  readonly brief?: boolean;
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Findings by file, line and column, as people read them. */
export function sortDiagnostics(list: readonly Diagnostic[]): Diagnostic[] {
  return list.toSorted(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      ORDER[a.severity] - ORDER[b.severity],
  );
}

/**
 * One finding for people: `file:line:col CODE text (did you mean "x"?)`, its level when it is no error, the code frame
 * and where the manual speaks of it.
 */
export function formatDiagnostic(one: Diagnostic, options: FormatOptions = {}): string {
  const level = one.severity === 'error' ? '' : ` ${one.severity}:`;
  const head = `${one.file}:${one.line}:${one.column} ${one.code}${level} ${one.message}`;
  if (options.brief) return head;
  const docs = `${options.docsBase ?? ''}${one.docs ?? docsOf(one.code)}`;
  const fix = one.fix ? ' (can be fixed)' : '';
  const pointer = one.pointer ? [`       = at ${one.pointer}`] : [];
  return [head, ...(one.frame ? [one.frame] : []), ...pointer, `       = ${docs}${fix}`].join('\n');
}

/** All findings for people, sorted, with a last line that counts them; empty text when there is none. */
export function formatDiagnostics(
  list: readonly Diagnostic[],
  options: FormatOptions = {},
): string {
  if (list.length === 0) return '';
  const count = (severity: Severity, word: string) => {
    const n = list.filter((one) => one.severity === severity).length;
    return n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`];
  };
  const total = [
    ...count('error', 'error'),
    ...count('warning', 'warning'),
    ...count('info', 'note'),
  ];
  const between = options.brief ? '\n' : '\n\n';
  const lines = sortDiagnostics(list).map((one) => formatDiagnostic(one, options));
  return `${lines.join(between)}${between}${total.join(', ')}\n`;
}

/** All findings for programs, sorted. */
export function diagnosticsToJson(list: readonly Diagnostic[]): DiagnosticJson[] {
  return sortDiagnostics(list).map((one) => ({
    file: one.file,
    line: one.line,
    column: one.column,
    endLine: one.endLine,
    endColumn: one.endColumn,
    severity: one.severity,
    code: one.code,
    message: one.message,
    suggestion: one.suggestion ?? null,
    help: helpOf(one.code),
    pointer: one.pointer ?? null,
    frame: one.frame ?? null,
    fix: one.fix ?? null,
    docs: one.docs ?? docsOf(one.code),
  }));
}

/** Codes of the upload are not in the table: their messages say all. */
function helpOf(code: string): string {
  return code in CODES ? CODES[code as Code].about : '';
}
