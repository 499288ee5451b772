import { COMPILER } from '../compiler-version';
import { GLOBALS } from '../context/globals';
import type { JsonObject } from '../context/view';
import type { Reads, SectionMeta, ThemeMeta } from '../model/compiled-theme';
import type { JsonTemplate, SectionGroup } from '../model/templates';
import type { ThemeSource } from '../theme/read-theme';
import type { ThemeSettings } from '../theme/theme-data';
import type { FontSpec } from '../model/font';
import { asText, type CompiledFile } from './compile-file';

import type { Recall } from './recall';
import { type FullReads, fullReads, type Snippets } from './snippets';
import { weigh } from './weigh';

interface Parts {
  readonly source: ThemeSource;
  readonly files: readonly CompiledFile[];
  readonly snippets: Snippets;
  readonly recall: Recall;
  readonly locales: readonly string[];
  readonly settings: ThemeSettings;
  readonly templates: ReadonlyMap<string, JsonTemplate>;
  readonly groups: ReadonlyMap<string, SectionGroup>;
  readonly fonts: Readonly<Record<string, FontSpec>>;
}

/** Everything about a theme but its code, as plain JSON. */
export function buildMeta(parts: Parts): ThemeMeta {
  const { source, files, settings, snippets, recall } = parts;
  const manifest = parseManifest(source.config.get('theme'));
  const known = <T>(file: CompiledFile, make: () => T): T =>
    recall.keep(`meta ${file.unit.file}`, snippets.partsOf(file), make);
  const byRole = (role: 'section' | 'block') =>
    Object.fromEntries(
      files.flatMap((file) =>
        file.unit.role === role
          ? [[file.unit.name, known(file, () => sectionMeta(file, snippets))]]
          : [],
      ),
    );
  const layouts = files.flatMap((file) => {
    const { unit } = file;
    if (unit.role !== 'layout') return [];
    const reads = known(file, () => readsOf(fullReads(unit, snippets)));
    const groups = unit.facts.holes.flatMap((hole) =>
      hole.name.startsWith('group:') ? [hole.name.slice(6)] : [],
    );
    return [[unit.name, { ...reads, groups }] as const];
  });
  return {
    format: 'hbt/1',
    compiler: COMPILER,
    name: asText(manifest['name']) || 'theme',
    version: asText(manifest['version']) || '0.0.0',
    defaultLocale: source.defaultLocale,
    locales: parts.locales.length > 0 ? parts.locales : [source.defaultLocale],
    sections: byRole('section'),
    blocks: byRole('block'),
    layouts: Object.fromEntries(layouts),
    templates: Object.fromEntries(parts.templates),
    groups: Object.fromEntries(parts.groups),
    settingsSchema: settings.groups,
    settings: settings.values,
    presets: settings.presets,
    fonts: parts.fonts,
    assets: [...source.assets.keys()],
  };
}

function parseManifest(text: string | undefined): JsonObject {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
  } catch {
    // The reader has reported it; the meta of a broken theme is not used.
    return {};
  }
}

function sectionMeta(file: CompiledFile, snippets: Snippets): SectionMeta {
  const { unit } = file;
  const reads = fullReads(unit, snippets);
  return {
    type: unit.name,
    file: unit.file,
    schema: file.schema ?? { name: unit.name },
    deps: readsOf(reads),
    limits: Object.fromEntries(reads.limits),
    paginate: unit.facts.paginate,
    snippets: snippets.partsOf(file).flatMap((one) => (one === file ? [] : [one.unit.name])),
    hasBlocks: unit.facts.hasBlocks,
    staticBlocks: unit.facts.staticBlocks.map(({ id, type }) => ({ id, type })),
    weight: weigh(unit.steps),
  };
}

function readsOf(reads: FullReads): Reads & { readonly menus: readonly string[] } {
  const paths = [...reads.paths].sort();
  const globals = [...new Set(paths.map((path) => path.split(/[.[]/)[0] ?? ''))];
  return { public: !paths.some(isPrivate), globals, paths, menus: [...reads.menus].sort() };
}

/** A path that differs between shoppers: the cart, the customer, the query of the request. */
function isPrivate(path: string): boolean {
  const [name = '', field] = path.split(/[.[]/);
  const mark = GLOBALS[name]?.private;
  if (mark === undefined) return false;
  return mark === true || field === undefined || mark.includes(field);
}
