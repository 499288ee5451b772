import type { CompiledFile } from '../compile/compile-file';
import { spanOfOffset } from '../diagnostics/reporter';
import type { SettingSchema } from '../model/templates';
import { parseVisibleIf } from '../schema/visible-if';
import { jsonTree, nodeAt } from './json-tree';
import { SettingReads } from './setting-reads';
import { fileOf, type FindSnippet, isAllRead, type ThemeView } from './theme';

/** Settings that no markup reads: of sections and blocks, of kinds of blocks in a schema, and of the theme. */
export function checkUnusedSettings(theme: ThemeView): void {
  const find: FindSnippet = (name) => fileOf(theme, 'snippet', name);
  for (const file of theme.files) {
    if (file.failed || !file.schema) continue;
    checkOwn(theme, file, find);
    if (file.unit.role === 'section') checkKindsOfBlocks(theme, file, find);
  }
  checkThemeSettings(theme);
}

function checkOwn(theme: ThemeView, file: CompiledFile, find: FindSnippet): void {
  const ids = file.settings.map(({ id }) => id);
  // Mostly the file reads all of them itself.
  if (ids.every((id) => file.unit.facts.usedSettings.has(id))) return;
  const path = `${file.unit.role}.settings`;
  const reads = new SettingReads(find);
  reads.follow(file, path, path);
  // Blocks of a section may read its settings.
  if (file.unit.role === 'section' && file.unit.facts.hasBlocks)
    for (const one of theme.files) if (one.unit.role === 'block') reads.follow(one, path, path);
  for (const { source, limit } of Object.values(file.schema?.data ?? {}))
    for (const name of [source, limit])
      if (typeof name === 'string') reads.ids.add(name.replace(/^settings\./, ''));
  if (reads.open) return;
  for (const [i, id] of settingIds(file.schema?.settings))
    if (ids.includes(id) && !reads.ids.has(id)) tell(theme, file, ['settings', i, 'id'], id);
}

function checkKindsOfBlocks(theme: ThemeView, file: CompiledFile, find: FindSnippet): void {
  const kinds = (file.schema?.blocks ?? []).map((block) => settingIds(block?.settings));
  const path = 'section.blocks[].settings';
  const { paths } = file.unit.facts;
  if (kinds.flat().every(([, id]) => paths.has(`${path}.${id}`))) return;
  const reads = new SettingReads(find);
  reads.follow(file, path, path);
  if (reads.open) return;
  for (const [i, ids] of kinds.entries())
    for (const [j, id] of ids)
      if (!reads.ids.has(id)) tell(theme, file, ['blocks', String(i), 'settings', j, 'id'], id);
}

/** The ids of what can be set, with the place of each in its list. */
function settingIds(settings: readonly SettingSchema[] | undefined): [string, string][] {
  return (Array.isArray(settings) ? settings : []).flatMap((setting: SettingSchema, i) =>
    typeof setting?.id === 'string' && !['header', 'paragraph'].includes(setting.type)
      ? [[String(i), setting.id] as [string, string]]
      : [],
  );
}

function tell(theme: ThemeView, file: CompiledFile, path: string[], id: string): void {
  const { text, offset } = file.schemaPart!;
  const at = offset + (nodeAt(jsonTree(text), path)?.start ?? 0);
  theme.reporter.add(
    file.unit.file,
    spanOfOffset(theme.reporter.textOf(file.unit.file), at),
    'C_UNUSED_SETTING',
    `no markup reads the setting "${id}"`,
  );
}

const FILE = 'config/settings_schema.json';

/** Those that the checkout follows whoever reads them (`apps/renderer/src/checkout/theme-look.ts`). */
function isForCheckout({ type, id }: SettingSchema): boolean {
  return type === 'color_scheme_group' || type === 'font' || (type === 'image' && /logo/.test(id));
}

function checkThemeSettings(theme: ThemeView): void {
  const { settings, files, reporter } = theme;
  // A file that cannot be read may read any of them.
  if (!isAllRead(theme)) return;
  const read = new Set<string>();
  for (const { unit } of files)
    for (const path of unit.facts.paths) {
      if (path === 'settings') return;
      if (path.startsWith('settings.')) read.add(path.split(/[.[]/)[1]!);
    }
  // What shows or hides others in the editor does something there.
  for (const { visible_if: rule } of settings.settings)
    for (const { id } of (typeof rule === 'string' ? parseVisibleIf(rule) : null)?.flat() ?? [])
      read.add(id);
  const unused = settings.settings.filter((one) => !read.has(one.id) && !isForCheckout(one));
  if (unused.length === 0) return;
  const text = reporter.textOf(FILE);
  const tree = jsonTree(text);
  for (const [i, group] of settings.groups.entries())
    for (const [j, id] of settingIds(group?.settings))
      if (unused.some((one) => one.id === id))
        reporter.add(
          FILE,
          spanOfOffset(text, nodeAt(tree, [String(i), 'settings', j, 'id'])?.start ?? 0),
          'C_UNUSED_SETTING',
          `no markup reads the setting "${id}"`,
        );
}
