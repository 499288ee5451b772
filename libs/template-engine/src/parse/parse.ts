import Handlebars from 'handlebars';
import { type Reporter, spanAt, spanOfRange } from '../diagnostics/reporter';
import type { Program } from './ast';
import { preflight } from './preflight';
import { scanTags, type Tag } from './scan-tags';

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
    const tag = unreadableTag(markup);
    const line = Number(/line (\d+)/.exec(text)?.[1] ?? / - (\d+):/.exec(text)?.[1] ?? 1);
    const column = Number(/ - \d+:(\d+)/.exec(text)?.[1] ?? 0);
    const span = tag ? spanOfRange(markup, tag.start, tag.end) : spanAt(line, column);
    report.add(
      file,
      span,
      'E_SYNTAX',
      tag ? explain(markup.slice(tag.start, tag.end)) : plain(text),
    );
    return null;
  }
}

/** The first tag that is not readable even by itself: the parser says no more than a line. */
function unreadableTag(markup: string): Tag | null {
  for (const tag of scanTags(markup)) {
    if (tag.sign === 'comment' || tag.sign === '/') continue;
    const text = markup.slice(tag.start, tag.end);
    const whole =
      tag.sign === '#' || tag.sign === '^'
        ? `${text}{{/${tag.word}}}`
        : tag.word === 'else'
          ? `{{#if x}}${text}{{/if}}`
          : text;
    try {
      Handlebars.parse(whole);
    } catch {
      return tag;
    }
  }
  return null;
}

/** What authors of other languages write, in place of which something else stands here. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/\s\|\s/, 'there are no filters: a helper stands before its value, {{upper title}}'],
  [
    /\s(?:[=!]=|===|!==|<|>|<=|>=|&&|\|\|)\s/,
    'there are no operators: write (eq a b), (gt a b), (and a b)',
  ],
  [/['"](?:[=!]==?|[<>]=?)['"]/, 'there are no operators: write (eq a b), (gt a b), (and a b)'],
  [/\[\s*['"]/, 'a field is read by a dot, or by (lookup object key)'],
  [/[({]\s*[\w.@-]+\s*,|\s,|,\s/, 'no commas stand between arguments'],
];

function explain(text: string): string {
  const known = ELSEWHERE.find(([form]) =>
    form.test(text.replace(/"[^"]*"(?!\])|'[^']*'(?!\])/g, (one) => (one.length < 6 ? one : '""'))),
  );
  if (known) return known[1];
  const [opened, closed] = [text.split('(').length, text.split(')').length];
  if (opened !== closed)
    return opened > closed ? 'a ) is missing in this tag' : 'this tag has a ) too many';
  return 'this is no complete expression';
}

/** The parser names its own tokens; an author needs to hear where and roughly why. */
function plain(text: string): string {
  const got = /got '([A-Z_]+)'/.exec(text)?.[1];
  if (got)
    return `this is not a complete expression (unexpected ${got.toLowerCase().replaceAll('_', ' ')})`;
  return text.split('\n')[0]!.slice(0, 200);
}
