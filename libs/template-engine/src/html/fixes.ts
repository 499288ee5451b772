import type { Reporter, Span } from '../diagnostics/reporter';
import type { Edit } from '../model/diagnostic';

/** Makes edits from places of a file, and none where the text there is not what was expected. */
export class Fixer {
  private readonly text: string;

  constructor(
    private readonly file: string,
    private readonly reporter: Reporter,
  ) {
    this.text = reporter.textOf(file);
  }

  /** Puts a text in place of a span whose text fits a pattern. */
  replace(span: Span, expected: RegExp, text: string): Edit[] | null {
    const start = this.reporter.offsetOf(this.file, span.start);
    const end = this.reporter.offsetOf(this.file, span.end);
    return expected.test(this.text.slice(start, end)) ? [{ start, end, text }] : null;
  }

  /** Puts quotes around an unquoted value that holds the expression at a place. */
  quote(inside: Span): Edit[] | null {
    const at = this.reporter.offsetOf(this.file, inside.start);
    const start = this.text.lastIndexOf('=', this.text.lastIndexOf('{{', at)) + 1;
    const value = /(?:\{\{\{[^{}]*\}\}\}|\{\{[^{}]*\}\}|[^\s>"'`=<{}])+/y;
    value.lastIndex = start;
    const found = value.exec(this.text)?.[0];
    if (start === 0 || !found || start + found.length <= at) return null;
    // Whatever ends the value ends it with quotes, too.
    if (!/[\s>]/.test(this.text[start + found.length] ?? '')) return null;
    const plain = found.replace(/\{\{[^{}]*\}\}/g, '');
    if (plain.endsWith('/')) return null;
    return [
      { start, end: start, text: '"' },
      { start: start + found.length, end: start + found.length, text: '"' },
    ];
  }
}
