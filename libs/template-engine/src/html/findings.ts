import type { Code } from '../diagnostics/codes';
import type { Extra, Span } from '../diagnostics/reporter';
import type { Fixer } from './fixes';

/** Takes one finding of a file. */
export type Report = (loc: Span, code: Code, message: string, extra?: Extra) => void;

/** Where findings of a tag go, and who makes their fixes. */
export interface Findings {
  readonly report: Report;
  readonly fixer: Fixer;
}
