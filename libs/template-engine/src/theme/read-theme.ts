import { isUtf8 } from 'node:buffer';
import type { Reporter } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import type { ThemeFiles } from '../model/theme-files';
import { isPortable, judgePath } from './judge-path';

/** The files of a theme by what they are, names without folder and ending. */
export interface ThemeSource {
  readonly layouts: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, string>;
  readonly snippets: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, string>;
  readonly locales: ReadonlyMap<string, string>;
  readonly assets: ReadonlyMap<string, string | Uint8Array>;
  readonly config: ReadonlyMap<string, string>;
  readonly defaultLocale: string;
}

const FORMS: readonly (readonly [RegExp, keyof ThemeSource])[] = [
  [/^layout\/([^/]+)\.hbs$/, 'layouts'],
  [/^sections\/([^/]+)\.hbs$/, 'sections'],
  [/^blocks\/([^/]+)\.hbs$/, 'blocks'],
  [/^snippets\/([^/]+)\.hbs$/, 'snippets'],
  [/^sections\/([^/]+)\.json$/, 'groups'],
  [/^templates\/((?:customers\/)?[^/]+)\.json$/, 'templates'],
  [/^locales\/([^/]+)\.json$/, 'locales'],
  [/^assets\/([^/]+)$/, 'assets'],
  [/^(config\/settings_(?:schema|data)|theme)\.json$/, 'config'],
];

const TEXTS = /\.(hbs|json|css|js|svg)$/;
const twin = 'another file has this name but for small and capital letters';
const onWindows = 'Windows has no files of this name, so nobody there could work on the theme';

/** Sorts the files of a theme by kind and checks paths, sizes and counts (2, 2.1). */
export function readTheme(files: ThemeFiles, reporter: Reporter): ThemeSource {
  const found: Record<string, Map<string, string | Uint8Array>> = {};
  for (const [, kind] of FORMS) found[kind] = new Map();
  const lower = new Set<string>();
  if (files.size > LIMITS.files)
    reporter.file('theme.json', 'E_TOO_LARGE', `${files.size} files; the limit is ${LIMITS.files}`);
  for (const [path, content] of files) {
    const form = FORMS.find(([pattern]) => pattern.test(path));
    const fault = judgePath(path)?.message ?? (lower.has(path.toLowerCase()) ? twin : null);
    if (!form || fault !== null) {
      reporter.file(path.slice(0, 200), 'F_PATH', fault ?? 'this is no file of a theme');
      continue;
    }
    if (!isPortable(path)) reporter.file(path, 'F_PATH', onWindows, { severity: 'warning' });
    lower.add(path.toLowerCase());
    checkFile(path, content, form[1], reporter);
    const text =
      form[1] === 'assets' || typeof content === 'string'
        ? content
        : Buffer.from(content).toString('utf8');
    found[form[1]]!.set(form[0].exec(path)![1]!, text);
  }
  const locales = found['locales'] as Map<string, string>;
  const source = { ...(found as unknown as ThemeSource), defaultLocale: defaultOf(locales) };
  checkCounts(source, reporter);
  return source;
}

function checkFile(
  path: string,
  content: string | Uint8Array,
  kind: string,
  reporter: Reporter,
): void {
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
  const most =
    kind === 'assets'
      ? LIMITS.assetBytes
      : kind === 'groups' || kind === 'templates'
        ? LIMITS.templateBytes
        : path === 'config/settings_schema.json'
          ? LIMITS.settingsSchemaBytes
          : LIMITS.localeBytes;
  if (size > most) reporter.file(path, 'E_TOO_LARGE', `${size} bytes; the limit is ${most}`);
  if (TEXTS.test(path) && typeof content !== 'string' && !isUtf8(content))
    reporter.file(path, 'F_PATH', 'the file is not UTF-8 text: save it in that encoding');
}

function defaultOf(locales: ReadonlyMap<string, string>): string {
  const name = [...locales.keys()].find((one) => one.endsWith('.default'));
  return (
    name?.replace(/\.default$/, '') ??
    (locales.has('en') ? 'en' : ([...locales.keys()].find((one) => !one.includes('.')) ?? 'en'))
  );
}

function checkCounts(source: ThemeSource, reporter: Reporter): void {
  const need = (has: boolean, path: string) => {
    if (!has) reporter.file(path, 'F_MISSING_FILE', `a theme needs ${path}`);
  };
  need(source.config.has('theme'), 'theme.json');
  need(source.layouts.has('theme'), 'layout/theme.hbs');
  need(source.templates.has('index'), 'templates/index.json');
  const counts: [number, number, string][] = [
    [source.templates.size, LIMITS.templates, 'templates'],
    [source.groups.size, LIMITS.groups, 'section groups'],
    [source.blocks.size, LIMITS.blockFiles, 'block files'],
  ];
  for (const [count, most, what] of counts)
    if (count > most)
      reporter.file('theme.json', 'E_TOO_LARGE', `${count} ${what}; the limit is ${most}`);
}
