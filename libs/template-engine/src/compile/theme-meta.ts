import { COMPILER } from '../compiler-version';
import { GLOBALS } from '../context/globals';
import type { JsonObject } from '../context/view';
import type { Reads, SectionMeta, ThemeMeta } from '../model/compiled-theme';
import type { JsonTemplate, SectionGroup } from '../model/templates';
import type { ThemeSource } from '../theme/read-theme';
import type { ThemeSettings } from '../theme/theme-data';
import type { FontSpec } from '../model/font';
import { asText, type CompiledFile } from './compile-file';

import { type FullReads, fullReads, snippetClosure } from './snippets';
import { weigh } from './weigh';

interface Parts {
  readonly source: ThemeSource;
  readonly files: readonly CompiledFile[];
  readonly locales: readonly string[];
  readonly settings: ThemeSettings;
  readonly templates: ReadonlyMap<string, JsonTemplate>;
  readonly groups: ReadonlyMap<string, SectionGroup>;
  readonly fonts: Readonly<Record<string, FontSpec>>;
}

/** Everything about a theme but its code, as plain JSON. */
export function buildMeta(parts: Parts): ThemeMeta {
  const { source, files, settings } = parts;
  const manifest = parseManifest(source.config.get('theme'));
  const snippets = new Map(
    files.filter((file) => file.unit.role === 'snippet').map((file) => [file.unit.name, file]),
  );
  const byRole = (role: 'section' | 'block') =>
    Object.fromEntries(
      files.flatMap((file) =>
        file.unit.role === role ? [[file.unit.name, sectionMeta(file, files, snippets)]] : [],
      ),
    );
  const layouts = files.flatMap(({ unit }) => {
    if (unit.role !== 'layout') return [];
    const groups = unit.facts.holes.flatMap((hole) =>
      hole.name.startsWith('group:') ? [hole.name.slice(6)] : [],
    );
    return [[unit.name, { ...readsOf(fullReads(unit, snippets)), groups }] as const];
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

function sectionMeta(
  file: CompiledFile,
  files: readonly CompiledFile[],
  snippets: ReadonlyMap<string, CompiledFile>,
): SectionMeta {
  const { unit } = file;
  const reads = fullReads(unit, snippets);
  return {
    type: unit.name,
    file: unit.file,
    schema: file.schema ?? { name: unit.name },
    deps: readsOf(reads),
    limits: Object.fromEntries(reads.limits),
    paginate: unit.facts.paginate,
    snippets: snippetClosure(unit, files),
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
