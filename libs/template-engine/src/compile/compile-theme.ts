import { checkWhole } from '../checks/check-whole';
import type { Diagnostic } from '../model/diagnostic';
import { Reporter, spanAt } from '../diagnostics/reporter';
import { checkInlined, checkStyleSheets, textOf } from '../assets/check-assets';
import { markedParts } from '../assets/css-references';
import { smallCss } from '../assets/small-css';
import { dryRun } from '../dry-run/dry-run';
import { ASSET_MARK, LIMITS } from '../limits';
import type {
  Artefact,
  CompiledTheme,
  CompileMemory,
  CompileOptions,
  ThemeMeta,
} from '../model/compiled-theme';
import type { JsonTemplate, SectionGroup } from '../model/templates';
import type { ThemeFiles } from '../model/theme-files';
import type { FontSpec } from '../model/font';
import { readFonts } from '../theme/fonts';
import { JsonSource } from '../schema/json-source';
import { readLocale, type LocaleText } from '../theme/locales';
import { readTheme, type ThemeSource } from '../theme/read-theme';
import { type KnownFile, readTemplate } from '../theme/read-template';
import { readSettings, type ThemeSettings } from '../theme/theme-data';
import {
  checkBlockCircles,
  checkLayouts,
  checkLocales,
  checkOrphans,
  checkPagination,
} from './check-theme';
import { compileFile, type CompiledFile } from './compile-file';
import type { ThemeNames } from './context';
import { rememberingCompiler } from './remember-files';
import type { Role } from './ir';
import { settingKind } from './kinds';
import { orderSnippets } from './snippets';
import { buildMeta } from './theme-meta';
import { type ThemeCode, writeArtefact } from './write-artefact';

/** A theme that was read and checked, before code is written. */
interface Checked {
  readonly source: ThemeSource;
  readonly files: readonly CompiledFile[];
  readonly locales: ReadonlyMap<string, ReadonlyMap<string, LocaleText>>;
  readonly settings: ThemeSettings;
  readonly templates: ReadonlyMap<string, JsonTemplate>;
  readonly groups: ReadonlyMap<string, SectionGroup>;
  readonly fonts: Readonly<Record<string, FontSpec>>;
}

/** Runs all checks on a theme; gives every finding, in no order but that of the files. Never throws. */
export function checkTheme(
  files: ThemeFiles,
  options: Pick<CompileOptions, 'dryRun'> = {},
): readonly Diagnostic[] {
  if (options.dryRun) return compileTheme(files, options).diagnostics;
  const reporter = new Reporter(files);
  check(files, reporter);
  return reporter.list;
}

/**
 * Checks a theme and writes its code, once per locale. With an error among the findings there is no code and no meta.
 * Never throws for what stands in a theme.
 */
export function compileTheme(files: ThemeFiles, options: CompileOptions = {}): CompiledTheme {
  const reporter = new Reporter(files);
  const checked = check(files, reporter, options.memory);
  if (reporter.failed) return { artefacts: [], meta: null, diagnostics: reporter.list };
  const base = checked.locales.get(checked.source.defaultLocale) ?? new Map<string, LocaleText>();
  const wanted = options.locales ?? [
    ...new Set([checked.source.defaultLocale, ...checked.locales.keys()]),
  ];
  const isAsset = (name: string) => checked.source.assets.has(name);
  const code = {
    files: checked.files,
    inlineAsset: (name: string) => inlinedParts(checked.source, name),
    markStyles: (css: string) => markedParts(smallCss(css), isAsset).join(ASSET_MARK),
    budgets: options.budgets ?? true,
  };
  const artefacts = writeAll(code, reporter, wanted, (locale) => {
    return new Map([...base, ...(checked.locales.get(locale) ?? [])]);
  });
  if (!artefacts) return { artefacts: [], meta: null, diagnostics: reporter.list };
  const meta: ThemeMeta = buildMeta({ ...checked, locales: [...checked.locales.keys()] });
  if (!options.dryRun) return { artefacts, meta, diagnostics: reporter.list };
  const { longestMs = Infinity, until = Infinity } = options.dryRun;
  const last = Math.min(until, performance.now() + longestMs);
  const { findings, ...summary } = dryRun({ artefacts, meta }, last);
  for (const { file, line, column, message } of findings)
    reporter.add(file, spanAt(line, column - 1), 'P_STEPS', message);
  const result = { diagnostics: reporter.list, dryRun: summary };
  return reporter.failed
    ? { artefacts: [], meta: null, ...result }
    : { artefacts, meta, ...result };
}

/** The code in each locale; null, with a finding, when it is more than render processes load. */
function writeAll(
  code: ThemeCode,
  reporter: Reporter,
  ...[locales, textsOf]: [readonly string[], (locale: string) => Map<string, LocaleText>]
): Artefact[] | null {
  const artefacts: Artefact[] = [];
  for (const locale of locales) {
    const artefact = writeArtefact(code, locale, textsOf(locale));
    if (!artefact) {
      const most = `the limit is ${LIMITS.artefactBytes} bytes`;
      reporter.file('theme.json', 'E_TOO_LARGE', `the files become too much code: ${most}`);
      return null;
    }
    artefacts.push(artefact);
  }
  return artefacts;
}

function inlinedParts(source: ThemeSource, name: string): string[] {
  const text = textOf(source.assets.get(name));
  return name.endsWith('.css')
    ? markedParts(smallCss(text), (one) => source.assets.has(one))
    : [text];
}

function check(files: ThemeFiles, reporter: Reporter, memory?: CompileMemory): Checked {
  const source = readTheme(files, reporter);
  const fonts = readManifest(source, reporter);
  const settings = readSettings(source, reporter);
  const locales = readLocales(source, reporter);
  const names = themeNames(source, settings, locales);
  const compile = memory ? rememberingCompiler(memory, names) : compileFile;
  const compiled = compileFiles(source, names, reporter, compile);
  const known = {
    sections: knownFiles('section', source.sections, compiled),
    blocks: knownFiles('block', source.blocks, compiled),
    layouts: new Set(source.layouts.keys()),
  };
  const read = (folder: string, texts: ReadonlyMap<string, string>) =>
    new Map(
      [...texts].flatMap(([name, text]) => {
        const template = readTemplate(`${folder}/${name}.json`, text, known, reporter);
        return template ? [[name, template] as const] : [];
      }),
    );
  const templates = read('templates', source.templates);
  const groups = read('sections', source.groups) as Map<string, SectionGroup>;
  checkLayouts(compiled, reporter);
  checkLocales(compiled, source, locales, reporter);
  checkOrphans(compiled, source, reporter);
  checkBlockCircles(compiled, reporter);
  checkPagination(compiled, templates, reporter);
  checkStyleSheets(source.assets, reporter);
  checkInlined(
    compiled.map((file) => file.unit),
    source.assets,
    reporter,
  );
  checkWhole({ source, files: compiled, locales, settings, templates, groups, reporter, memory });
  return { source, files: compiled, locales, settings, templates, groups, fonts };
}

function readLocales(
  source: ThemeSource,
  reporter: Reporter,
): Map<string, Map<string, LocaleText>> {
  const locales = new Map<string, Map<string, LocaleText>>();
  for (const [name, text] of source.locales) {
    const texts = readLocale(`locales/${name}.json`, text, reporter);
    if (texts && !name.endsWith('.schema')) locales.set(name.replace(/\.default$/, ''), texts);
  }
  return locales;
}

/** The fonts of `theme.json`. */
function readManifest(source: ThemeSource, reporter: Reporter): Record<string, FontSpec> {
  const text = source.config.get('theme');
  const json =
    text === undefined
      ? null
      : JsonSource.read('theme.json', { full: text, text, offset: 0 }, reporter);
  return json ? readFonts(json, new Set(source.assets.keys())) : {};
}

/** The files of a role, also those that cannot be read. */
function knownFiles(
  role: Role,
  names: ReadonlyMap<string, string>,
  compiled: readonly CompiledFile[],
): Map<string, KnownFile> {
  const files = new Map<string, KnownFile>(
    [...names.keys()].map((name) => [name, { schema: null, fixed: new Map(), failed: true }]),
  );
  for (const { unit, schema, failed } of compiled)
    if (unit.role === role) {
      const fixed = new Map(unit.facts.staticBlocks.map(({ id, type }) => [id, type]));
      files.set(unit.name, { schema, fixed, failed });
    }
  return files;
}

function themeNames(
  source: ThemeSource,
  settings: ThemeSettings,
  locales: ReadonlyMap<string, ReadonlyMap<string, LocaleText>>,
): ThemeNames {
  const texts = locales.get(source.defaultLocale);
  const unread = new Set<'settings' | 'texts'>();
  if (!settings.readable) unread.add('settings');
  if (!texts && source.locales.size > 0) unread.add('texts');
  return {
    unread,
    snippets: new Set(source.snippets.keys()),
    assets: new Set(source.assets.keys()),
    blocks: new Set(source.blocks.keys()),
    groups: new Set(source.groups.keys()),
    themeSettings: new Map([
      ...settings.refused.map((id) => [id, 'any'] as const),
      ...settings.settings.map((setting) => [setting.id, settingKind(setting.type)] as const),
    ]),
    texts: new Set(texts?.keys()),
  };
}

function compileFiles(
  source: ThemeSource,
  names: ThemeNames,
  reporter: Reporter,
  compile: typeof compileFile,
): CompiledFile[] {
  const all = (folder: string, role: Role, texts: ReadonlyMap<string, string>) =>
    [...texts].flatMap(([name, text]) => {
      const file = compile({ file: `${folder}/${name}.hbs`, role, name }, text, names, reporter);
      return file ? [file] : [];
    });
  return [
    ...orderSnippets(all('snippets', 'snippet', source.snippets), reporter),
    ...all('blocks', 'block', source.blocks),
    ...all('sections', 'section', source.sections),
    ...all('layout', 'layout', source.layouts),
  ];
}
