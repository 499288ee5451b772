import type { SectionMeta, ThemeFiles } from '@libs/template-engine';
import type { SectionContent } from './gallery-content';

type Contents = Readonly<Record<string, SectionContent>>;

interface BlockData {
  type: string;
  settings?: unknown;
}

interface SectionPreset {
  settings?: Record<string, unknown>;
  blocks?: BlockData[] | Record<string, BlockData>;
  block_order?: string[];
}

interface Template {
  sections: Record<string, SectionPreset & { type: string }>;
}

/** Sections of one page: the format's limit is 25, and a page should come to rest quickly. */
const perPage = 15;

/** Section types that a merchant can add: those whose schema has a preset. */
export function addable(sections: Readonly<Record<string, SectionMeta>>): string[] {
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
 * The theme in English alone, its header and footer saying what the gallery lets them say: other languages are in no
 * picture, and each takes time to compile.
 */
export function inEnglish(files: ThemeFiles, contents: Contents): ThemeFiles {
  const kept = [...files].filter(([path]) => !/^locales\/(?!en\.)/.test(path));
  return new Map(
    kept.map(([path, content]) => {
      if (!/^sections\/.*\.json$/.test(path)) return [path, content];
      const group = JSON.parse(String(content)) as Template;
      for (const section of Object.values(group.sections))
        section.settings = { ...section.settings, ...contents[section.type]?.settings };
      return [path, JSON.stringify(group)];
    }),
  );
}

/**
 * The theme with a front page of these sections, each with the most that one of the theme's own pages lets it say, or
 * with the gallery's words, or else as its first preset makes it; the section's id is its type.
 */
export function withFrontPage(
  files: ThemeFiles,
  sections: Readonly<Record<string, SectionMeta>>,
  { types, contents }: { types: readonly string[]; contents: Contents },
): ThemeFiles {
  const used = usedSections(files);
  const placed = types.map((type) => {
    const preset = (sections[type]?.schema.presets?.[0] ?? {}) as SectionPreset;
    const own = contents[type];
    const { settings, ...rest } = { ...(used.get(type) ?? preset), ...own };
    const all = { ...used.get(type)?.settings, ...settings };
    return [type, { type, settings: all, ...blocksOf(rest) }] as const;
  });
  const template = { layout: 'theme', sections: Object.fromEntries(placed), order: types };
  return new Map(files).set('templates/index.json', JSON.stringify(template));
}

/** Of each type the section that says most, among the front and product pages of all presets. */
function usedSections(files: ThemeFiles): Map<string, SectionPreset> {
  const used = new Map<string, SectionPreset & { type: string }>();
  for (const [path, content] of files) {
    if (!/^templates\/(index|product)\b.*\.json$/.test(path)) continue;
    const { sections } = JSON.parse(String(content)) as Template;
    for (const section of Object.values(sections)) {
      const longest = JSON.stringify(used.get(section.type) ?? null).length;
      if (JSON.stringify(section).length > longest) used.set(section.type, section);
    }
  }
  return used;
}

function blocksOf({ blocks = [], block_order }: SectionPreset): object {
  if (!Array.isArray(blocks)) {
    return { blocks, block_order: block_order ?? Object.keys(blocks) };
  }
  const named = blocks.map((block, index) => [`b${index + 1}`, block] as const);
  return { blocks: Object.fromEntries(named), block_order: named.map(([id]) => id) };
}
