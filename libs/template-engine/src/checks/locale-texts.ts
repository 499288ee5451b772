import { parseFragment } from 'parse5';
import type { Expr } from '../compile/ir';
import { type Reporter, spanOfOffset } from '../diagnostics/reporter';
import type { LocaleText } from '../theme/locales';
import { removals } from './json-edits';
import { jsonTree, type JsonNode, nodeAt } from './json-tree';
import type { ThemeView } from './theme';
import { expressions } from './walk';

/** Elements that a text may hold: it is printed inside sentences. */
const INLINE = new Set(
  'a abbr b bdi bdo br cite code em i kbd mark q s small span strong sub sup time u wbr'.split(' '),
);

/** Texts whose key ends with `_html` hold complete inline elements (2.9). */
export function checkHtmlTexts({ locales, source, reporter, recall }: ThemeView): void {
  for (const [locale, texts] of locales) {
    const file = fileOfLocale(source.locales, locale);
    const inputs = [texts, reporter.textOf(file)];
    recall.judge(`html ${file}`, inputs, reporter, (own) => checkHtml(file, texts, own));
  }
}

function checkHtml(file: string, texts: ReadonlyMap<string, LocaleText>, reporter: Reporter): void {
  const content = reporter.textOf(file);
  let tree: JsonNode | null = null;
  for (const [key, text] of texts) {
    if (!key.endsWith('_html')) continue;
    const forms = typeof text === 'string' ? [['', text] as const] : Object.entries(text);
    for (const [form, html] of forms) {
      const wrong = wrongMarkup(html);
      if (wrong === null) continue;
      tree ??= jsonTree(content);
      const path = [...key.split('.'), ...(form === '' ? [] : [form])];
      const at = nodeAt(tree, path)?.start ?? 0;
      reporter.add(file, spanOfOffset(content, at), 'L_HTML_INVALID', `"${key}": ${wrong}`);
    }
  }
}

function fileOfLocale(locales: ReadonlyMap<string, string>, locale: string): string {
  return `locales/${locales.has(`${locale}.default`) ? `${locale}.default` : locale}.json`;
}

/** Why a text is no sound inline markup; null when it is. */
function wrongMarkup(html: string): string | null {
  let error: string | null = null;
  const onParseError = ({ code }: { code: string }) => {
    error ??= code.replaceAll('-', ' ');
  };
  const tree = parseFragment(html, { sourceCodeLocationInfo: true, onParseError });
  const queue = [...tree.childNodes];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (!('tagName' in node)) continue;
    if (!INLINE.has(node.tagName)) return `<${node.tagName}> is no inline element`;
    const bad = node.attrs.find(
      ({ name, value }) => /^on/i.test(name) || /^\s*(javascript|data|vbscript):/i.test(value),
    );
    if (bad) return `${bad.name}= is not allowed in a text`;
    const place = node.sourceCodeLocation;
    if (place?.startTag && !place.endTag && node.tagName !== 'br' && node.tagName !== 'wbr')
      return `<${node.tagName}> is never closed`;
    queue.push(...node.childNodes);
  }
  return error;
}

/**
 * Texts of the default locale that no markup can ask for. Silent where keys are computed from data, and while anything
 * else is wrong: a file that cannot be read asks for no text.
 */
export function checkUnusedTexts(theme: ThemeView): void {
  const { source, locales, files, reporter } = theme;
  if (reporter.failed) return;
  const texts = locales.get(source.defaultLocale);
  const starts = startsOfKeys(theme);
  if (!texts || starts === null) return;
  const used = new Set(files.flatMap((file) => [...file.unit.facts.texts]));
  const unused = [...texts.keys()].filter(
    (key) =>
      !used.has(key) &&
      !starts.some((start) => key === start || (/[._]$/.test(start) && key.startsWith(start))),
  );
  if (unused.length === 0) return;
  const file = fileOfLocale(source.locales, source.defaultLocale);
  const content = reporter.textOf(file);
  const tree = jsonTree(content);
  const gone = new Set(unused);
  const fixes = new Map(
    [...owners(tree, [], gone)].flatMap(([path, node]) => {
      const keys = [...node.entries.keys()].filter((key) =>
        isGone(node.entries.get(key)!, [...path, key], gone),
      );
      return keys.length === 0
        ? []
        : [...removals(node, new Set(keys))].map(
            ([key, edit]) => [[...path, key].join('.'), edit] as const,
          );
    }),
  );
  for (const key of unused) {
    const start = nodeAt(tree, key.split('.'))?.keyStart ?? 0;
    // A whole group that goes is taken out by its first text.
    const fix = fixes.get(key) ?? groupFix(key, unused, fixes);
    reporter.add(
      file,
      spanOfOffset(content, start),
      'L_UNUSED_KEY',
      `no markup uses the text "${key}"`,
      { fix },
    );
  }
}

/** Every object of the file; those that go whole are not looked into. */
function* owners(
  node: JsonNode,
  path: string[],
  gone: ReadonlySet<string>,
): Generator<[string[], JsonNode]> {
  yield [path, node];
  for (const [key, inner] of node.entries)
    if (inner.entries.size > 0 && !isGone(inner, [...path, key], gone))
      yield* owners(inner, [...path, key], gone);
}

function isGone(node: JsonNode, path: string[], gone: ReadonlySet<string>): boolean {
  if (gone.has(path.join('.'))) return true;
  return (
    node.entries.size > 0 &&
    [...node.entries].every(([key, inner]) => isGone(inner, [...path, key], gone))
  );
}

function groupFix<T>(
  key: string,
  unused: readonly string[],
  fixes: ReadonlyMap<string, T>,
): T | null {
  const parts = key.split('.');
  for (let length = 1; length < parts.length; length++) {
    const group = parts.slice(0, length).join('.');
    const fix = fixes.get(group);
    if (fix && unused.find((one) => one.startsWith(`${group}.`)) === key) return fix;
  }
  return null;
}

/** Constant texts that keys are made of; null when a key comes from data. */
function startsOfKeys(theme: ThemeView): string[] | null {
  if (!theme.files.some((file) => file.unit.facts.textPrefixes.size > 0)) return [];
  const literals: string[] = [];
  for (const { unit } of theme.files)
    for (const expr of expressions(unit.steps)) {
      if (expr.op === 'lit' && typeof expr.value === 'string') literals.push(expr.value);
      const key = expr.op === 'call' && expr.spec.name === 't' ? expr.args[0] : undefined;
      if (key && comesFromData(key)) return null;
    }
  return literals;
}

function comesFromData(key: Expr): boolean {
  if (key.op === 'lit') return false;
  if (key.op === 'get') return key.root.at === 'global';
  const [first, second] = key.args;
  if (key.spec.name === 'append') return !first || comesFromData(first);
  if (key.spec.name === 'prepend') return !second || comesFromData(second);
  return true;
}
