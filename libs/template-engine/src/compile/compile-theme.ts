import { checkWhole } from '../checks/check-whole';
import { partKey } from '../checks/theme';
import type { Diagnostic } from '../model/diagnostic';
import { Reporter, spanAt } from '../diagnostics/reporter';
import { checkInlined, checkStyleSheet, textOf } from '../assets/check-assets';
import { markedParts } from '../assets/css-references';
import { smallCss } from '../assets/small-css';
import { dryRun } from '../dry-run/dry-run';
import { ASSET_MARK, LIMITS } from '../limits';
import type { Artefact, CompiledTheme, CompileOptions, ThemeMeta } from '../model/compiled-theme';
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
import { Recall } from './recall';
import type { Role } from './ir';
import { settingKind } from './kinds';
import { orderSnippets, Snippets } from './snippets';
import { buildMeta } from './theme-meta';
import { type ThemeCode, writeArtefact } from './write-artefact';

/** A theme that was read and checked, before code is written. */
interface Checked {
  readonly source: ThemeSource;
  readonly files: readonly CompiledFile[];
  readonly snippets: Snippets;
  readonly assetNames: ReadonlySet<string>;
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
  check(files, reporter, new Recall());
  return reporter.list;
}

/**
 * Checks a theme and writes its code, once per locale. With an error among the findings there is no code and no meta.
 * Never throws for what stands in a theme.
 */
export function compileTheme(files: ThemeFiles, options: CompileOptions = {}): CompiledTheme {
  const reporter = new Reporter(files);
  const recall = new Recall(options.memory);
  const checked = check(files, reporter, recall);
  if (reporter.failed) return { artefacts: [], meta: null, diagnostics: reporter.list };
  const base = checked.locales.get(checked.source.defaultLocale) ?? new Map<string, LocaleText>();
  const wanted = options.locales ?? [
    ...new Set([checked.source.defaultLocale, ...checked.locales.keys()]),
  ];
  const code = {
    ...checked,
    ...assetsOf(checked, recall),
    recall,
    budgets: options.budgets ?? true,
  };
  const artefacts = writeAll(code, reporter, wanted, (locale) => {
    const own = checked.locales.get(locale);
    return recall.keep(`texts ${locale}`, [base, own], () => new Map([...base, ...(own ?? [])]));
  });
  if (!artefacts) return { artefacts: [], meta: null, diagnostics: reporter.list };
  const meta: ThemeMeta = buildMeta({ ...checked, recall, locales: [...checked.locales.keys()] });
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
  ...[locales, textsOf]: [readonly string[], (locale: string) => ReadonlyMap<string, LocaleText>]
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

/** What code takes from assets: those cut into it, and marks around those that styles name. */
function assetsOf(
  { source, assetNames }: Checked,
  recall: Recall,
): Pick<ThemeCode, 'inlineAsset' | 'markStyles'> {
  const marked = (css: string) => markedParts(smallCss(css), (name) => assetNames.has(name));
  return {
    inlineAsset: (name) =>
      recall.keep(`inlined ${name}`, [source.assets.get(name), assetNames], () => {
        const text = textOf(source.assets.get(name));
        return name.endsWith('.css') ? marked(text) : [text];
      }),
    markStyles: ({ unit, styles }) =>
      recall.keep(`styles ${unit.file}`, [styles, assetNames], () =>
        marked(styles.trim()).join(ASSET_MARK),
      ),
  };
}

function check(files: ThemeFiles, reporter: Reporter, recall: Recall): Checked {
  const source = readTheme(files, reporter);
  const fonts = readManifest(source, reporter);
  const config = ['config/settings_schema', 'config/settings_data'].flatMap((name) => [
    source.config.get(name),
    reporter.textOf(`${name}.json`),
  ]);
  const settings = recall.judge('settings', config, reporter, (own) => readSettings(source, own));
  const { locales, labels } = readLocales(source, reporter, recall);
  const names = themeNames(source, settings, locales, recall);
  const compiled = compileFiles(source, names, reporter, recall);
  const templates = readTemplates(source, compiled, reporter, recall);
  checkLayouts(compiled, reporter);
  checkLocales(compiled, source, locales, reporter, recall);
  checkOrphans(compiled, source, reporter);
  checkBlockCircles(compiled, reporter);
  checkPagination(compiled, templates.templates, reporter);
  for (const [name, content] of source.assets)
    if (name.endsWith('.css'))
      recall.judge(`sheet ${name}`, [content, names.assets], reporter, (own) =>
        checkStyleSheet(name, content, names.assets, own),
      );
  checkInlined(
    compiled.map((file) => file.unit),
    source.assets,
    reporter,
  );
  const snippets = new Snippets(compiled);
  const byPart = new Map(compiled.map((file) => [partKey(file.unit), file]));
  const checked = { source, files: compiled, snippets, locales, settings, ...templates };
  checkWhole({ ...checked, byPart, labels, reporter, recall });
  return { ...checked, assetNames: names.assets, fonts };
}

/** The templates and section groups; each depends on its text and on what is known of the files that it names. */
function readTemplates(
  source: ThemeSource,
  compiled: readonly CompiledFile[],
  reporter: Reporter,
  recall: Recall,
): Pick<Checked, 'templates' | 'groups'> {
  const layouts = [...source.layouts.keys()];
  const known = {
    sections: knownFiles('section', source.sections, compiled, recall),
    blocks: knownFiles('block', source.blocks, compiled, recall),
    layouts: recall.same('layouts', new Set(layouts), layouts),
  };
  const read = (folder: string, texts: ReadonlyMap<string, string>) =>
    new Map(
      [...texts].flatMap(([name, text]) => {
        const file = `${folder}/${name}.json`;
        const inputs = [text, reporter.textOf(file), ...Object.values(known)];
        const template = recall.judge(file, inputs, reporter, (own) =>
          readTemplate(file, text, known, own),
        );
        return template ? [[name, template] as const] : [];
      }),
    );
  return {
    templates: read('templates', source.templates),
    groups: read('sections', source.groups) as Map<string, SectionGroup>,
  };
}

/** Texts for shoppers by locale, and those of the editor by file. */
function readLocales(
  source: ThemeSource,
  reporter: Reporter,
  recall: Recall,
): Record<'locales' | 'labels', Map<string, Map<string, LocaleText>>> {
  const locales = new Map<string, Map<string, LocaleText>>();
  const labels = new Map<string, Map<string, LocaleText>>();
  for (const [name, text] of source.locales) {
    const file = `locales/${name}.json`;
    const inputs = [text, reporter.textOf(file)];
    const texts = recall.judge(file, inputs, reporter, (own) => readLocale(file, text, own));
    if (texts && name.endsWith('.schema')) labels.set(name, texts);
    else if (texts) locales.set(name.replace(/\.default$/, ''), texts);
  }
  return { locales, labels };
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
  ...[compiled, recall]: [readonly CompiledFile[], Recall]
): Map<string, KnownFile> {
  const files = new Map<string, KnownFile>(
    [...names.keys()].map((name) => [name, { schema: null, fixed: new Map(), failed: true }]),
  );
  for (const file of compiled)
    if (file.unit.role === role)
      files.set(
        file.unit.name,
        recall.keep(`known of ${file.unit.file}`, [file], () => knownFile(file, recall)),
      );
  return recall.keep(`known ${role}`, [...files].flat(), () => files);
}

/** The very same for a file whose markup alone is another. */
function knownFile({ unit, schema, failed }: CompiledFile, recall: Recall): KnownFile {
  const fixed = new Map(unit.facts.staticBlocks.map(({ id, type }) => [id, type]));
  const says = [schema, [...fixed], failed];
  return recall.same(`known ${unit.file}`, { schema, fixed, failed }, says);
}

function themeNames(
  source: ThemeSource,
  settings: ThemeSettings,
  ...[locales, recall]: [ReadonlyMap<string, ReadonlyMap<string, LocaleText>>, Recall]
): ThemeNames {
  const texts = locales.get(source.defaultLocale);
  const unread = new Set<'settings' | 'texts'>();
  if (!settings.readable) unread.add('settings');
  if (!texts && source.locales.size > 0) unread.add('texts');
  const names: ThemeNames = {
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
  const says = Object.values(names as object).map((one: Iterable<unknown>) => [...one]);
  return recall.same('names', names, says);
}

function compileFiles(
  source: ThemeSource,
  names: ThemeNames,
  reporter: Reporter,
  recall: Recall,
): CompiledFile[] {
  const all = (folder: string, role: Role, texts: ReadonlyMap<string, string>) =>
    [...texts].flatMap(([name, text]) => {
      const of = { file: `${folder}/${name}.hbs`, role, name };
      const inputs = [text, reporter.textOf(of.file), names];
      const file = recall.judge(of.file, inputs, reporter, (own) =>
        compileFile(of, text, names, own),
      );
      return file ? [file] : [];
    });
  return [
    ...orderSnippets(all('snippets', 'snippet', source.snippets), reporter),
    ...all('blocks', 'block', source.blocks),
    ...all('sections', 'section', source.sections),
    ...all('layout', 'layout', source.layouts),
  ];
}
