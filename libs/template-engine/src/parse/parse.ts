import Handlebars from 'handlebars';
import { type Reporter, spanAt } from '../diagnostics/reporter';
import type { Program } from './ast';
import { preflight } from './preflight';

/**
 * Reads markup with Handlebars' own parser, which is all of Handlebars that we use. Only text goes in, so a tree that
 * somebody made cannot come out. Returns null, with a finding, when the text is not hbt/1.
 */
export function parseMarkup(file: string, markup: string, report: Reporter): Program | null {
  if (!preflight(file, markup, report)) return null;
  try {
    return Handlebars.parse(markup) as unknown as Program;
  } catch (error) {
    const text = error instanceof Error ? error.message : 'not readable';
    const line = Number(/line (\d+)/.exec(text)?.[1] ?? / - (\d+):/.exec(text)?.[1] ?? 1);
    const column = Number(/ - \d+:(\d+)/.exec(text)?.[1] ?? 0);
    report.add(file, spanAt(line, column), 'E_SYNTAX', plain(text));
    return null;
  }
}

/** The parser names its own tokens; an author needs to hear where and roughly why. */
function plain(text: string): string {
  const got = /got '([A-Z_]+)'/.exec(text)?.[1];
  if (got)
    return `this is not a complete expression (unexpected ${got.toLowerCase().replaceAll('_', ' ')})`;
  return text.split('\n')[0]!.slice(0, 200);
}
