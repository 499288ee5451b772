import type { LIMITS, PAGE_BUDGETS } from './limits';

type Unit = 'bytes' | 'characters' | 'levels' | 'ms' | '';

/** What a limit is about, and what it counts when that is not plain things. */
interface LimitNote {
  readonly about: string;
  readonly unit: Unit;
}

const of = (about: string, unit: Unit = ''): LimitNote => ({ about, unit });

/** A line for every limit of `LIMITS`; the manual reads it. */
export const LIMIT_NOTES: Readonly<Record<keyof typeof LIMITS, LimitNote>> = {
  sourceBytes: of('a `.hbs` file', 'bytes'),
  templateBytes: of('a JSON template or section group', 'bytes'),
  settingsDataBytes: of('`config/settings_data.json`', 'bytes'),
  settingsSchemaBytes: of('`config/settings_schema.json`', 'bytes'),
  localeBytes: of('a locale file', 'bytes'),
  assetBytes: of('an asset', 'bytes'),
  files: of('files in a theme'),
  unpackedBytes: of('all files together', 'bytes'),
  archiveBytes: of('the zip of a theme', 'bytes'),
  templates: of('JSON templates'),
  sectionsPerTemplate: of('sections in a template or group'),
  groups: of('section groups'),
  blocksPerSection: of('blocks in a section, nested ones counted'),
  blocksPerTemplate: of('blocks in a template'),
  blockNesting: of('blocks within blocks', 'levels'),
  blockFiles: of('files in `blocks/`'),
  settingsPerSchemaWarning: of('settings in a schema before a warning'),
  settingsPerSchema: of('settings in a schema'),
  settingValueBytes: of('the value of a setting', 'bytes'),
  themeSettings: of('settings of the theme'),
  settingGroups: of('groups of theme settings'),
  presets: of('presets of a theme'),
  nodesPerFile: of('tags and pieces of text in a file'),
  blockDepth: of('`{{#…}}` within `{{#…}}`', 'levels'),
  eachDepth: of('`{{#each}}` within `{{#each}}`', 'levels'),
  subExpressionDepth: of('parentheses within parentheses', 'levels'),
  pathParts: of('names in a path: `a.b.c` has three'),
  snippetDepth: of('snippets that show snippets', 'levels'),
  jsonDepth: of('objects and lists within each other, in any JSON', 'levels'),
  localeKeys: of('texts in a locale file'),
  localeValueChars: of('a text in a locale file', 'characters'),
  placeholders: of('placeholders in a text of a locale file'),
  artefactBytes: of('the code that a theme becomes, in each language', 'bytes'),
  jsonKeyChars: of('a name in any JSON', 'characters'),
  inlineAssetBytes: of('a file put into the page by `inline_asset`', 'bytes'),
  rangeItems: of('numbers made by `range`'),
  pageSize: of('things on a page of `{{#paginate}}`'),
  defaultPageSize: of('things on a page where a theme does not say how many'),
  checkEvery: of('values printed in a row between two looks at the length of the output'),
  productsPerSource: of('products of one setting or list'),
  productsPerPage: of('products on a page, all sections together'),
  sourcesPerSection: of('things that a section’s settings point to'),
  sourcesPerPage: of('things that a page’s settings point to'),
  viewStringChars: of('a text that a template can see', 'characters'),
  viewDepth: of('objects within objects that a template can see', 'levels'),
  inlineStyleBytes: of('`{{#styles}}` put into the page; more goes into a file', 'bytes'),
};

/** A line for every budget of a page. */
export const BUDGET_NOTES: Readonly<Record<keyof typeof PAGE_BUDGETS, LimitNote>> = {
  steps: of(
    'steps: an output, a branch, a round of a loop or a call of a helper costs one or more',
  ),
  output: of('markup', 'bytes'),
  alloc: of('texts and lists made on the way', 'bytes'),
  deadline: of('time', 'ms'),
};
