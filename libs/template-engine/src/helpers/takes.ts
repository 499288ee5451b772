import { SHAPES } from '../context/shapes';

/** What a value is, as far as helpers tell values apart. */
export type Sort =
  'text' | 'address' | 'colour' | 'markup' | 'date' | 'number' | 'bool' | 'list' | 'map' | 'object';

/** What an argument takes. */
export interface Wanted {
  /** In words, for a message: "an image". */
  readonly words: string;
  readonly sorts: ReadonlySet<Sort>;
  /** Of objects only those that have this field, or may have it. */
  readonly field?: string;
  /** Of texts only those that are numbers. */
  readonly numeric?: true;
}

const TEXTS: readonly Sort[] = ['text', 'address', 'colour', 'markup', 'date'];
const SCALARS: readonly Sort[] = [...TEXTS, 'number', 'bool'];

function wanted(words: string, sorts: readonly Sort[], field?: string): Wanted {
  return { words, sorts: new Set(sorts), ...(field === undefined ? {} : { field }) };
}

const AMOUNT = wanted('an amount, which is a number', ['number']);
const IMAGE = wanted('an image', ['object', 'map'], 'src');
const PRICED = wanted('a product or variant', ['object', 'map'], 'price');
const FONT = wanted('a font', ['object', 'map'], 'family');
const DATE = wanted('a date', ['date', 'text']);
const NUMBER: Wanted = { ...wanted('a number', ['number', 'text']), numeric: true };
const COLOUR = wanted('a colour', ['colour', 'text']);
const TEXT = wanted('a text', SCALARS);
const LIST = wanted('a list', ['list']);
const ITEMS = wanted('a list', ['list', 'map', 'object']);
const PARTS = wanted('a list or text', ['list', ...TEXTS]);
const LETTERS = wanted('a text', TEXTS);
const ADDRESS = wanted('an address', ['address', 'text']);
const FIELDS = wanted('an object or list', ['object', 'map', 'list', ...TEXTS]);
const ORDERED = wanted('a number or text', SCALARS);

/** An object whose id a form sends. */
export const IDENTIFIED = wanted('the object itself', ['object', 'map'], 'id');

/** What the arguments of helpers take, in order; of a helper or argument that is not here, anything. */
export const TAKES: Readonly<Record<string, readonly Wanted[]>> = {
  each: [ITEMS],
  money: [AMOUNT],
  price_block: [PRICED],
  image_url: [IMAGE],
  srcset: [IMAGE],
  image_tag: [IMAGE],
  asset_url: [TEXT],
  asset: [TEXT],
  font_face: [FONT],
  t: [TEXT],
  link_to: [TEXT, ADDRESS],
  url_with: [TEXT, TEXT],
  date: [DATE, TEXT],
  number: [NUMBER],
  weight: [NUMBER, TEXT],
  percent: [NUMBER],
  plural: [NUMBER, TEXT, TEXT],
  color_rgba: [COLOUR, NUMBER],
  color_contrast: [COLOUR],
  gt: [ORDERED, ORDERED],
  gte: [ORDERED, ORDERED],
  lt: [ORDERED, ORDERED],
  lte: [ORDERED, ORDERED],
  contains: [PARTS],
  ...Object.fromEntries(
    ['add', 'sub', 'mul', 'div', 'mod', 'min', 'max', 'round', 'range'].map((name) => [
      name,
      [NUMBER, NUMBER],
    ]),
  ),
  first: [LIST],
  last: [LIST],
  at: [LIST, NUMBER],
  slice: [PARTS, NUMBER, NUMBER],
  lookup: [FIELDS, TEXT],
  join: [LIST, TEXT],
  split: [LETTERS, TEXT],
  where: [LIST, TEXT],
  sort_by: [LIST, TEXT],
  map: [LIST, TEXT],
  uniq: [LIST],
  ...Object.fromEntries(
    'upper lower capitalize strip_html nl2br handleize escape url_encode'
      .split(' ')
      .map((name) => [name, [TEXT]]),
  ),
  truncate: [TEXT, NUMBER, TEXT],
  replace: [TEXT, TEXT, TEXT],
  append: [TEXT, TEXT],
  prepend: [TEXT, TEXT],
};

/** What options take, by the type that the table of helpers gives them. */
export const OPTION_TAKES: Readonly<Record<'text' | 'number' | 'bool' | 'any', Wanted | null>> = {
  text: TEXT,
  number: NUMBER,
  bool: wanted('true or false', ['bool']),
  any: null,
};

const SORTS: Readonly<Record<string, Sort>> = {
  text: 'text',
  word: 'text',
  safe: 'text',
  css: 'text',
  url: 'address',
  color: 'colour',
  html: 'markup',
  date: 'date',
  number: 'number',
  money: 'number',
  bool: 'bool',
};

/** What values of a kind are; null when that is not known, or when there is nothing. */
export function sortOf(kind: string): Sort | null {
  const bare = kind.endsWith('?') ? kind.slice(0, -1) : kind;
  if (bare.endsWith('[]')) return 'list';
  if (bare.startsWith('map:')) return 'map';
  if (Object.hasOwn(SORTS, bare)) return SORTS[bare]!;
  return Object.hasOwn(SHAPES, bare) ? 'object' : null;
}
