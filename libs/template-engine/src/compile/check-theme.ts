import { jsonTree, nodeAt } from '../checks/json-tree';
import { type Reporter, spanAt, spanOfOffset } from '../diagnostics/reporter';
import { nearest } from '../diagnostics/suggest';
import type { JsonTemplate } from '../model/templates';
import { type LocaleText, placeholders } from '../theme/locales';
import type { ThemeSource } from '../theme/read-theme';
import type { CompiledFile } from './compile-file';
import type { Recall } from './recall';

const HOLES = [
  'content_for_head',
  'group:header',
  'content',
  'group:footer',
  'content_for_body_end',
];

/** Every layout has each hole exactly once, and none inside a block (2.3). */
export function checkLayouts(files: readonly CompiledFile[], reporter: Reporter): void {
  for (const { unit } of files) {
    if (unit.role !== 'layout') continue;
    const written = (name: string) =>
      name.startsWith('group:') ? `{{group "${name.slice(6)}"}}` : `{{${name}}}`;
    for (const name of HOLES)
      if (!unit.facts.holes.some((hole) => hole.name === name))
        reporter.add(
          unit.file,
          spanAt(1, 0),
          'X_LAYOUT_HOLES',
          `the layout lacks ${written(name)}`,
        );
    const seen = new Set<string>();
    for (const hole of unit.facts.holes) {
      if (!hole.top)
        reporter.add(
          unit.file,
          hole.loc,
          'X_LAYOUT_HOLES',
          `${written(hole.name)} may not stand inside a block`,
        );
      if (seen.has(hole.name))
        reporter.add(unit.file, hole.loc, 'X_LAYOUT_HOLES', `${written(hole.name)} stands twice`);
      seen.add(hole.name);
    }
  }
}

/** Keys that are used but not translated, and placeholders that differ between languages. */
export function checkLocales(
  files: readonly CompiledFile[],
  source: ThemeSource,
  locales: ReadonlyMap<string, ReadonlyMap<string, LocaleText>>,
  ...[reporter, recall]: [Reporter, Recall]
): void {
  const used = new Set(files.flatMap((file) => [...file.unit.facts.texts]));
  const base = locales.get(source.defaultLocale) ?? new Map<string, LocaleText>();
  for (const [locale, texts] of locales) {
    if (locale === source.defaultLocale) continue;
    const file = `locales/${locale}.json`;
    const lacking = [...used].filter((key) => base.has(key) && !texts.has(key));
    const misspelt = lacking.length > 0 ? meant([...texts.keys()], base, lacking) : new Set();
    const missing = lacking.filter((key) => !misspelt.has(key));
    if (missing.length > 0)
      reporter.file(
        file,
        'L_MISSING_TRANSLATION',
        `${missing.length} texts are not translated: ${missing.slice(0, 5).join(', ')}`,
      );
    recall.judge(`placeholders ${locale}`, [texts, base, reporter.textOf(file)], reporter, (own) =>
      checkPlaceholders({ file, texts, base }, own),
    );
  }
}

/** Each is compared with all that is missing. */
const MOST_MEANT = 20;

/** Keys that a language has under a name which the default locale does not know: they are told by that name. */
function meant(
  keys: readonly string[],
  base: ReadonlyMap<string, LocaleText>,
  lacking: readonly string[],
): Set<string | undefined> {
  const unknown = keys.filter((key) => !base.has(key)).slice(0, MOST_MEANT);
  return new Set(unknown.map((key) => nearest(key, lacking)));
}

function checkPlaceholders(
  of: {
    readonly file: string;
    readonly texts: ReadonlyMap<string, LocaleText>;
    readonly base: ReadonlyMap<string, LocaleText>;
  },
  reporter: Reporter,
): void {
  const wrong = [...of.texts].flatMap(([key, text]): [string, string, Set<string>][] => {
    const known = placeholders(of.base.get(key) ?? '');
    const name = [...placeholders(text)].find((one) => !known.has(one));
    return of.base.has(key) && name !== undefined ? [[key, name, known]] : [];
  });
  if (wrong.length === 0) return;
  const content = reporter.textOf(of.file);
  const tree = jsonTree(content);
  for (const [key, name, among] of wrong)
    reporter.add(
      of.file,
      spanOfOffset(content, nodeAt(tree, key.split('.'))?.start ?? 0),
      'L_PLACEHOLDER_MISMATCH',
      `"${key}" has the placeholder {{ ${name} }}, which the default locale does not have`,
      { suggest: { name, among } },
    );
}

/** Snippets that nothing calls; what a file that cannot be read seems to call is called. */
export function checkOrphans(
  files: readonly CompiledFile[],
  { layouts, sections, blocks, snippets }: ThemeSource,
  reporter: Reporter,
): void {
  const called = new Set(files.flatMap((file) => file.unit.facts.calls.map((call) => call.name)));
  const read = new Set(files.map(({ unit }) => `${unit.role} ${unit.name}`));
  for (const [role, texts] of Object.entries({
    layout: layouts,
    section: sections,
    block: blocks,
    snippet: snippets,
  }))
    for (const [name, text] of texts)
      if (!read.has(`${role} ${name}`))
        for (const [, call] of text.matchAll(/\{\{~?>\s*([\w-]+)/g)) called.add(call!);
  for (const { unit } of files)
    if (unit.role === 'snippet' && !called.has(unit.name))
      reporter.add(unit.file, spanAt(1, 0), 'X_ORPHAN_SNIPPET', 'nothing calls this snippet');
}

/** Blocks that always show themselves, also through others: each would end at the limit of nesting. */
export function checkBlockCircles(files: readonly CompiledFile[], reporter: Reporter): void {
  const blocks = new Map(
    files.flatMap(({ unit }) => (unit.role === 'block' ? [[unit.name, unit] as const] : [])),
  );
  for (const [name, unit] of blocks)
    for (const first of unit.facts.staticBlocks) {
      const seen = new Set<string>();
      const queue = [first.type];
      for (let type = queue.pop(); type !== undefined; type = queue.pop()) {
        if (seen.has(type)) continue;
        seen.add(type);
        for (const one of blocks.get(type)?.facts.staticBlocks ?? []) queue.push(one.type);
      }
      if (seen.has(name))
        reporter.add(unit.file, first.loc, 'X_RECURSION', `the block "${name}" shows itself`);
    }
}

/** One paginated list a page: two sections that page would answer to the same number. */
export function checkPagination(
  files: readonly CompiledFile[],
  templates: ReadonlyMap<string, JsonTemplate>,
  reporter: Reporter,
): void {
  const paging = new Set(
    files.flatMap(({ unit }) =>
      unit.role === 'section' && unit.facts.paginate ? [unit.name] : [],
    ),
  );
  for (const [name, template] of templates) {
    const types = Object.values(template.sections).filter((section) => paging.has(section?.type));
    if (types.length > 1)
      reporter.file(
        `templates/${name}.json`,
        'E_PLACE',
        `${types.length} sections of this page use {{#paginate}}; one may`,
      );
  }
}
