import { type SectionMeta, type ThemeFiles, applyPreset, presetNames } from '@libs/template-engine';
import { type SectionContent, atHome } from './gallery-content';

type Contents = Readonly<Record<string, SectionContent>>;
type Sections = Readonly<Record<string, SectionMeta>>;
type Settings = Record<string, unknown>;

interface BlockData {
  type: string;
  settings?: Settings;
}

interface SectionPreset {
  settings?: Settings;
  blocks?: BlockData[] | Record<string, BlockData>;
  block_order?: string[];
}

interface Template {
  sections: Record<string, SectionPreset & { type: string }>;
}

const FRONT = 'templates/index.json';

/** Sections of one page: the format's limit is 25, and a page should come to rest quickly. */
const perPage = 15;

/** Section types that a merchant can add: those whose schema has a preset. */
export function addable(sections: Sections): string[] {
  return Object.keys(sections)
    .filter((type) => (sections[type]?.schema.presets?.length ?? 0) > 0)
    .sort();
}

/** The types in groups, one for each front page that shows them. */
export function inPages(types: readonly string[]): string[][] {
  const pages: string[][] = [];
  for (let at = 0; at < types.length; at += perPage) pages.push(types.slice(at, at + perPage));
  return pages;
}

/**
 * Of each section type on a preset's front page, the preset that it is shown in: the one that lets it say most, the
 * earlier one where two say as much; beside these the few whose pictures are of one brand.
 */
export function homesOf(files: ThemeFiles): Map<string, string> {
  const homes = new Map(atHome);
  const longest = new Map<string, number>();
  for (const preset of presetNames(files)) {
    const front = templateOf(applyPreset(files, preset).files.get(FRONT));
    for (const section of Object.values(front.sections)) {
      const { length } = JSON.stringify(section);
      if (length <= (longest.get(section.type) ?? 0)) continue;
      homes.set(section.type, preset);
      longest.set(section.type, length);
    }
  }
  return homes;
}

/** The section types on the front page. */
export function frontTypes(files: ThemeFiles): Set<string> {
  const { sections } = templateOf(files.get(FRONT));
  return new Set(Object.values(sections).map(({ type }) => type));
}

/**
 * The theme in English alone, its groups and templates saying what the gallery lets them say: other languages are in
 * no picture, and each takes time to compile.
 */
export function inEnglish(files: ThemeFiles, contents: Contents): ThemeFiles {
  const kept = [...files].filter(([path]) => !/^locales\/(?!en\.)/.test(path));
  return new Map(
    kept.map(([path, content]) => {
      if (!/^(sections|templates)\/.*\.json$/.test(path)) return [path, content];
      const template = templateOf(content);
      for (const section of Object.values(template.sections))
        section.settings = { ...section.settings, ...contents[section.type]?.settings };
      return [path, JSON.stringify(template)];
    }),
  );
}

/**
 * The theme with these products chosen on its front page, as a merchant would do it: the first one in every section
 * that asks for a product, and one after another in the blocks that name one.
 */
export function withProducts(
  files: ThemeFiles,
  sections: Sections,
  handles: readonly string[],
): ThemeFiles {
  if (handles.length === 0) return files;
  const template = templateOf(files.get(FRONT));
  for (const section of Object.values(template.sections)) {
    const asks = sections[section.type]?.schema.settings?.some(({ type }) => type === 'product');
    if (asks) section.settings = { ...section.settings, product: handles[0] };
    const blocks = Object.values(section.blocks ?? {});
    const naming = blocks.filter(({ settings }) => settings?.['product'] !== undefined);
    for (const [at, block] of naming.entries())
      block.settings = { ...block.settings, product: handles[at % handles.length] };
  }
  return new Map(files).set(FRONT, JSON.stringify(template));
}

/**
 * The theme with a front page of these sections, each with the gallery's words, or else as its first preset makes it;
 * the section's id is its type.
 */
export function withFrontPage(
  files: ThemeFiles,
  sections: Sections,
  { types, contents }: { types: readonly string[]; contents: Contents },
): ThemeFiles {
  const placed = types.map((type) => {
    const preset = (sections[type]?.schema.presets?.[0] ?? {}) as SectionPreset;
    const { settings, ...rest } = { ...preset, ...contents[type] };
    return [type, { type, settings: settings ?? {}, ...blocksOf(rest) }] as const;
  });
  const template = { layout: 'theme', sections: Object.fromEntries(placed), order: types };
  return new Map(files).set(FRONT, JSON.stringify(template));
}

function templateOf(content: string | Uint8Array | undefined): Template {
  return JSON.parse(String(content ?? '{"sections":{}}')) as Template;
}

function blocksOf({ blocks = [], block_order }: SectionPreset): object {
  if (!Array.isArray(blocks)) {
    return { blocks, block_order: block_order ?? Object.keys(blocks) };
  }
  const named = blocks.map((block, index) => [`b${index + 1}`, block] as const);
  return { blocks: Object.fromEntries(named), block_order: named.map(([id]) => id) };
}
