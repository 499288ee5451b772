import type { CompiledFile } from '../compile/compile-file';
import type { SnippetStep, Step } from '../compile/ir';
import { textOf } from '../html/links';
import { DYNAMIC } from '../html/state';
import { fileOf, isAllRead, type ThemeView } from './theme';

/** What an id may be: a constant, or constant pieces with something between, the first and last of them perhaps empty. */
type Pattern = readonly [string, ...string[]];

/**
 * Checks markup that goes on in other files: links and forms in snippets that stand inside others, and references to ids
 * that no file has.
 */
export function checkLinks(theme: ThemeView): void {
  for (const file of theme.files) checkInside(theme, file);
  checkReferences(theme);
}

function checkInside(theme: ThemeView, file: CompiledFile): void {
  for (const { name, loc, outer } of file.html.held) {
    const found = alwaysIn(theme, name).find(({ tag }) =>
      outer === 'form' ? tag === 'form' : tag !== 'form',
    );
    if (!found) continue;
    theme.reporter.add(
      file.unit.file,
      loc,
      outer === 'form' ? 'H_NESTED_FORM' : 'H_NESTED_INTERACTIVE',
      `the <${found.tag}> of ${found.file} stands inside <${outer}>`,
      { severity: 'warning' },
    );
  }
}

/** What a snippet has on every way through it, also by others. */
function alwaysIn(
  theme: ThemeView,
  first: string,
): { readonly tag: string; readonly file: string }[] {
  const seen = new Set<string>();
  const queue = [first];
  const found = [];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const file = fileOf(theme, 'snippet', name);
    if (!file || seen.has(name)) continue;
    seen.add(name);
    for (const tag of file.html.elements) found.push({ tag, file: file.unit.file });
    queue.push(...file.html.straight);
  }
  return found;
}

/** A theme has a hundred references and as many ids; an attack could have millions. */
const MOST_COMPARED = 1_000_000;

function checkReferences(theme: ThemeView): void {
  const { files, reporter } = theme;
  // A file that cannot be read may have any id.
  if (!isAllRead(theme)) return;
  const own = new Set<string>();
  const patterns: Pattern[] = [];
  const read: Pattern[] = [];
  const calls = new Map<string, SnippetStep[]>();
  for (const { unit } of files) collectCalls(unit.steps, calls);
  for (const { unit, html } of files)
    for (const value of handedIn(new Set(html.named), calls.get(unit.name) ?? []))
      if (!value.includes(DYNAMIC)) own.add(value);
      else (isRead(value) ? read : patterns).push(patternOf(value));
  const asked = files.reduce((sum, { html }) => sum + html.references.length, 0);
  if (asked * (own.size + patterns.length + read.length) > MOST_COMPARED) return;
  for (const { unit, html } of files) {
    const here = new Set(html.named);
    for (const { attr, value, loc } of html.references) {
      if (own.has(value) || here.has(value)) continue;
      const wanted = patternOf(value);
      // What is read from the data and nothing else is not what somebody speaks of in so many words.
      const others = wanted.length === 1 ? [] : [...read, ...[...own].map(patternOf)];
      if ([...patterns, ...others].some((one) => meet(one, wanted))) continue;
      const shown = value.split(DYNAMIC).map((part, i) => (i % 2 === 0 ? part : '…'));
      reporter.add(
        unit.file,
        loc,
        'H_MISSING_TARGET',
        `${attr}= names the id "${shown.join('')}", which no element of the theme has`,
        { suggest: { name: value, among: own } },
      );
    }
  }
}

function collectCalls(steps: readonly Step[], found: Map<string, SnippetStep[]>): void {
  for (const step of steps) {
    if (step.op === 'snippet') {
      const known = found.get(step.name);
      if (known) known.push(step);
      else found.set(step.name, [step]);
    }
    if ('body' in step) collectCalls(step.body, found);
    if ('else' in step) collectCalls(step.else, found);
  }
}

/** The ids of a file; those that are an argument and nothing else as the calls hand them in. */
function* handedIn(ids: Iterable<string>, calls: readonly SnippetStep[]): Generator<string> {
  for (const id of ids) {
    const name = /^\$(\w+)\.$/.exec(pathOf(id))?.[1];
    if (name === undefined) yield id;
    else
      for (const { args } of calls)
        for (const [key, expr] of args) if (key === name) yield textOf(expr);
  }
}

function isRead(id: string): boolean {
  const path = pathOf(id);
  return path !== '' && !/^\$\w+\.$/.test(path);
}

/** The path of a value that is printed with nothing beside it; empty for every other id. */
function pathOf(id: string): string {
  const [before, path, after, ...more] = id.split(DYNAMIC);
  return before === '' && after === '' && more.length === 0 ? path! : '';
}

function patternOf(value: string): Pattern {
  const [first = '', ...rest] = value.split(DYNAMIC).filter((_, i) => i % 2 === 0);
  return [first, ...rest];
}

/** Says whether some text may be meant by both. */
function meet(a: Pattern, b: Pattern): boolean {
  if (b.length === 1) return fits(b[0], a);
  if (a.length === 1) return fits(a[0], b);
  const [[start, end], [otherStart, otherEnd]] = [endsOf(a), endsOf(b)];
  const starts = start.startsWith(otherStart) || otherStart.startsWith(start);
  return starts && (end.endsWith(otherEnd) || otherEnd.endsWith(end));
}

function endsOf(pattern: Pattern): [string, string] {
  return [pattern[0], pattern.at(-1)!];
}

/** Says whether a text has the pieces of a pattern in their order, the first and the last at its ends. */
function fits(text: string, pattern: Pattern): boolean {
  const [start, end] = endsOf(pattern);
  if (pattern.length === 1) return text === start;
  let at = start.length;
  if (!text.startsWith(start)) return false;
  for (const piece of pattern.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - at >= end.length && text.endsWith(end);
}
