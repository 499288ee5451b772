import type { SectionMeta, ThemeFiles } from '@libs/template-engine';

interface BlockData {
  type: string;
  settings?: unknown;
}

interface SectionPreset {
  settings?: unknown;
  blocks?: BlockData[] | Record<string, BlockData>;
  block_order?: string[];
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

/** The theme with a front page of these sections, each as its first preset makes it; the section's id is its type. */
export function withFrontPage(
  files: ThemeFiles,
  sections: Readonly<Record<string, SectionMeta>>,
  types: readonly string[],
): ThemeFiles {
  const placed = types.map((type) => {
    const preset = (sections[type]?.schema.presets?.[0] ?? {}) as SectionPreset;
    return [type, { type, settings: preset.settings ?? {}, ...blocksOf(preset) }] as const;
  });
  const template = { layout: 'theme', sections: Object.fromEntries(placed), order: types };
  return new Map(files).set('templates/index.json', JSON.stringify(template));
}

function blocksOf({ blocks = [], block_order }: SectionPreset): object {
  if (!Array.isArray(blocks)) {
    return { blocks, block_order: block_order ?? Object.keys(blocks) };
  }
  const named = blocks.map((block, index) => [`b${index + 1}`, block] as const);
  return { blocks: Object.fromEntries(named), block_order: named.map(([id]) => id) };
}
