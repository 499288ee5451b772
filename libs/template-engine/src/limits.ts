/** Every limit of hbt/1 (2.1, 2.6 to 2.9, 4.3), in bytes, characters or counts; the one place they are written. */
export const LIMITS = {
  sourceBytes: 128 * 1024,
  templateBytes: 512 * 1024,
  settingsDataBytes: 1536 * 1024,
  settingsSchemaBytes: 512 * 1024,
  localeBytes: 1536 * 1024,
  assetBytes: 20 * 1024 * 1024,
  files: 2000,
  unpackedBytes: 60 * 1024 * 1024,
  archiveBytes: 20 * 1024 * 1024,
  templates: 1000,
  sectionsPerTemplate: 25,
  groups: 20,
  blocksPerSection: 50,
  blocksPerTemplate: 1250,
  blockNesting: 8,
  blockFiles: 300,
  settingsPerSchemaWarning: 40,
  settingsPerSchema: 100,
  settingValueBytes: 60 * 1024,
  themeSettings: 200,
  settingGroups: 25,
  presets: 5,
  nodesPerFile: 10_000,
  blockDepth: 24,
  eachDepth: 4,
  subExpressionDepth: 8,
  pathParts: 12,
  snippetDepth: 16,
  jsonDepth: 64,
  localeKeys: 3400,
  localeValueChars: 1000,
  placeholders: 20,
  artefactBytes: 8 * 1024 * 1024,
  jsonKeyChars: 200,
  inlineAssetBytes: 20 * 1024,
  rangeItems: 1000,
  pageSize: 50,
  defaultPageSize: 24,
  checkEvery: 16,
  productsPerSource: 50,
  productsPerPage: 250,
  sourcesPerSection: 20,
  sourcesPerPage: 60,
  viewStringChars: 256 * 1024,
  viewDepth: 24,
  inlineStyleBytes: 14 * 1024,
} as const;

/**
 * Budgets of one page; a section may take half of each (4.3). The worst themes known end after 200 ms by the other
 * budgets, and no section is to take 250 ms of a processor. The deadline is well below the second after which a render
 * is killed: what is between two looks at the clock, and reading the data and writing the page, needs time of its own,
 * and a section that is stopped harms no neighbour.
 */
export const PAGE_BUDGETS = {
  steps: 150_000,
  output: 2 * 1024 * 1024,
  alloc: 8 * 1024 * 1024,
  deadline: 400,
} as const;

/** The code of a section that used up a budget. */
export const BUDGET_CODES: Readonly<Record<keyof typeof PAGE_BUDGETS, string>> = {
  steps: 'R_STEPS',
  output: 'R_OUTPUT',
  alloc: 'R_ALLOC',
  deadline: 'R_DEADLINE',
};

/** Around the name of a file in a style sheet of an artefact: its address is known only to the page. */
export const ASSET_MARK = '\u0001';

/** Attributes whose value is an address. */
export const URL_ATTRS: ReadonlySet<string> = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'poster',
  'data',
  'xlink:href',
]);

/** Names that no path part, hash key, block parameter or setting may have (2.7); `__*` goes with them. */
const DENIED = new Set([
  'constructor',
  'prototype',
  'toString',
  'toLocaleString',
  'valueOf',
  'toJSON',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'caller',
  'callee',
  'arguments',
  'apply',
  'call',
  'bind',
  'then',
]);

/** Says whether a name is on the deny list. */
export function isDenied(name: string): boolean {
  return DENIED.has(name) || name.startsWith('__');
}
