import type { Diagnostic, Edit, Severity } from '../model/diagnostic';
import { CODES, type Code, docsOf } from './codes';
import { nearest } from './suggest';

/** Lines from 1, columns from 0, as the parser counts. */
export interface Span {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** What a finding may say beside its message. */
export interface Extra {
  readonly suggest?: {
    readonly name: string;
    readonly among: Iterable<string>;
    /** What it is called here when it is a name of another platform. */
    readonly known?: readonly string[];
  };
  /** Another level than the code's own. */
  readonly severity?: Severity | undefined;
  readonly fix?: readonly Edit[] | null;
  /** Where the value stands in its JSON, `/settings/0/id`. */
  readonly pointer?: string;
}

/** Findings that are kept, of those that block publishing and of the others each. */
const MAX_FINDINGS = 500;

/** Collects findings of one theme; knows the sources, to cut code frames from them. */
export class Reporter {
  readonly list: Diagnostic[] = [];
  private readonly seen = new Set<string>();
  private readonly lines = new Map<string, number[]>();
  private errors = 0;

  constructor(private readonly sources: ReadonlyMap<string, string | Uint8Array>) {}

  /** How much was found so far that blocks publishing. */
  get failures(): number {
    return this.errors;
  }

  /** True once something was found that blocks publishing. */
  get failed(): boolean {
    return this.errors > 0;
  }

  /** Adds a finding at a span; the same words at the same place count once. */
  add(
    file: string,
    span: Span,
    code: Code,
    ...[message, extra = {}]: [message: string, extra?: Extra]
  ): void {
    const severity = extra.severity ?? CODES[code].severity;
    if (!this.takes(placeKey(file, span.start, code, message), severity)) return;
    const { suggest } = extra;
    const suggestion = suggest && (suggest.known?.[0] ?? nearest(suggest.name, suggest.among));
    this.list.push({
      file,
      line: span.start.line,
      column: span.start.column + 1,
      endLine: span.end.line,
      endColumn: span.end.column + 1,
      code,
      severity,
      message: suggestion === undefined ? message : message + meant(suggestion),
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(extra.fix ? { fix: extra.fix } : {}),
      ...(extra.pointer ? { pointer: extra.pointer } : {}),
      ...this.frame(file, span),
      docs: docsOf(code),
    });
  }

  /** Takes over what another reporter of the same theme found, as if it were added here. */
  adopt(findings: readonly Diagnostic[]): void {
    for (const one of findings) {
      const { file, line, column, code, message, suggestion, severity } = one;
      const own = suggestion === undefined ? message : message.slice(0, -meant(suggestion).length);
      const at = { line, column: column - 1 };
      if (this.takes(placeKey(file, at, code, own), severity)) this.list.push(one);
    }
  }

  /** Counts a finding; false for one that is known, or enough of its kind. Warnings never crowd errors out. */
  private takes(key: string, severity: Severity): boolean {
    if (this.seen.has(key)) return false;
    const room =
      severity === 'error'
        ? ++this.errors <= MAX_FINDINGS
        : this.list.length - this.errors < MAX_FINDINGS;
    if (room) this.seen.add(key);
    return room;
  }

  /** A reporter of the same sources that has found nothing yet. */
  apart(): Reporter {
    return new Reporter(this.sources);
  }

  /** The text of a file; empty for what is not there or no text. */
  textOf(file: string): string {
    const text = this.sources.get(file);
    return typeof text === 'string' ? text : '';
  }

  /** The offset of a point (line from 1, column from 0) in a file. */
  offsetOf(file: string, point: Span['start']): number {
    let starts = this.lines.get(file);
    if (!starts) {
      starts = lineStarts(this.textOf(file));
      this.lines.set(file, starts);
    }
    return (starts[point.line - 1] ?? 0) + point.column;
  }

  /** Adds a finding about a whole file. */
  file(file: string, code: Code, message: string, extra: Extra = {}): void {
    this.add(file, spanAt(1, 0), code, message, extra);
  }

  private frame(file: string, span: Span): { frame?: string } {
    const source = this.sources.get(file);
    if (typeof source !== 'string') return {};
    const { line, column } = span.start;
    return { frame: frameOf(source.split('\n', line + 2), line, column) };
  }
}

/** Columns of a line that a frame shows, and how many of them stand before the place when the line is longer. */
const SHOWN = 160;
const BEFORE = 100;

/** Five lines of source with a pointer below the third; all of them are cut alike where lines are long. */
function frameOf(lines: readonly string[], line: number, column: number): string {
  const from = column < SHOWN ? 0 : column - BEFORE;
  const out: string[] = [];
  for (let i = Math.max(0, line - 3); i < lines.length; i++) {
    const shown = lines[i]!.replace(/\r$/, '').slice(from, from + SHOWN);
    out.push(`${i === line - 1 ? '>' : ' '} ${String(i + 1).padStart(4)} | ${shown}`);
    // A tab stays one, so that the pointer stands below its place; a letter of two code units is one.
    if (i === line - 1)
      out.push(`       | ${shown.slice(0, column - from).replace(/[^\t]/gu, ' ')}^`);
  }
  return out.join('\n');
}

/** Says whether two findings are one: the same words of the same place. */
function placeKey(
  file: string,
  { line, column }: Span['start'],
  ...[code, message]: [string, string]
): string {
  return `${file}:${line}:${column}:${code}:${message}`;
}

function meant(suggestion: string): string {
  return ` (did you mean "${suggestion}"?)`;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** A span of one character: line from 1, column from 0. */
export function spanAt(line: number, column: number): Span {
  return { start: { line, column }, end: { line, column: column + 1 } };
}

/** The place of an offset in a text: one character of it. */
export function spanOfOffset(text: string, offset: number): Span {
  const { line, column } = pointOf(text, offset);
  return spanAt(line, column);
}

/** The place of a piece of a text: its first offset, and the one behind it. */
export function spanOfRange(text: string, start: number, end: number): Span {
  return { start: pointOf(text, start), end: pointOf(text, Math.max(end, start + 1)) };
}

function pointOf(text: string, offset: number): Span['start'] {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start };
}
