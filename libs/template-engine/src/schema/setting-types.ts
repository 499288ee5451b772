import type { Json } from '../context/view';
import type { SourceKind } from '../model/data-plan';
import type { SettingSchema } from '../model/templates';
import { isAddress, richTextProblem } from './rich-text';
import { parseVideoUrl } from './video-url';

/** One setting type (2.4): checks of schemas and values, the planner, the editor and the manual read this record. */
export interface SettingType {
  /** What is kept in JSON, in words. */
  readonly stored: string;
  /** What a template sees, in words. */
  readonly seen: string;
  /** The kind that a template sees; see the table of shapes. */
  readonly kind: string;
  /** Keys of its schema beside the common ones; `!` behind a key makes it necessary. */
  readonly keys: readonly string[];
  readonly about: string;
  /** What a setting holds that nobody has set and whose schema has no default. */
  readonly empty: Json;
  /** Why a value cannot be stored, or null. Absent for what is only shown in the editor. */
  readonly problem?: (value: Json, schema: SettingSchema) => string | null;
  /** What it points to, when it holds an id or a list of ids. */
  readonly points?: { readonly kind: SourceKind; readonly many: boolean };
  /** It may be read from the page's object instead of being typed (`$from`). */
  readonly dynamic?: true;
  /** It is written in a language, so that it can be translated. */
  readonly localizable?: true;
  /** It may set a custom property of CSS while it is being changed. */
  readonly cssVar?: true;
}

type Problem = NonNullable<SettingType['problem']>;

const text =
  (most: number, line = false): Problem =>
  (value) => {
    if (typeof value !== 'string') return 'it is a text';
    if (value.length > most) return `it has ${value.length} characters; the limit is ${most}`;
    return line && /[\r\n]/.test(value) ? 'it is one line' : null;
  };
const rich =
  (most: number, inline: boolean): Problem =>
  (value, schema) =>
    text(most)(value, schema) ?? richTextProblem(value as string, inline);
const pattern =
  (form: RegExp, words: string): Problem =>
  (value) =>
    typeof value === 'string' && (value === '' || form.test(value)) ? null : words;

const number: Problem = (value, { min, max, step }) => {
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'it is a number';
  if (value < (min ?? -Infinity) || value > (max ?? Infinity))
    return `it is ${min ?? 'any'} to ${max ?? 'any'}`;
  return step === undefined && !Number.isInteger(value) ? 'it is a whole number' : null;
};
/** The steps are counted, since 0.1 is no exact number. */
const range: Problem = (value, { min, max, step }) => {
  if (typeof value !== 'number' || min === undefined || max === undefined) return 'it is a number';
  const steps = (value - min) / (step ?? 1);
  if (value < min || value > max) return `it is ${min} to ${max}`;
  return Math.abs(steps - Math.round(steps)) < 1e-6 ? null : `it is ${min} and steps of ${step}`;
};
const option: Problem = (value, { options }) =>
  (Array.isArray(options) ? options : []).some((one) => one?.value === value)
    ? null
    : 'it is none of its options';
const id: Problem = (value) =>
  value === null || (typeof value === 'string' && value.length <= 200) ? null : 'it is an id';
const ids: Problem = (value, { limit = 50 }) => {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string' && one.length <= 200))
    return 'it is a list of ids';
  return value.length > limit ? `it has ${value.length} entries; the limit is ${limit}` : null;
};
const address: Problem = (value) =>
  typeof value === 'string' && isAddress(value)
    ? null
    : 'it is /path, https://, mailto:, tel:, #id or ref:product:<id>';
const video: Problem = (value) =>
  value === null || value === '' || (typeof value === 'string' && parseVideoUrl(value) !== null)
    ? null
    : 'it is the https address of a video on YouTube or Vimeo';
const COLOUR = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;
const schemes: Problem = (value, { definition }) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is an object';
  const known = new Set((definition ?? []).map((one) => one.id));
  for (const [name, colours] of Object.entries(value)) {
    if (!/^[a-z0-9][a-z0-9_-]{0,49}$/.test(name)) return `"${name}" is no name of a scheme`;
    if (typeof colours !== 'object' || colours === null || Array.isArray(colours))
      return `scheme "${name}" is an object of colours`;
    for (const [key, colour] of Object.entries(colours)) {
      if (!known.has(key)) return `scheme "${name}" has a colour "${key}" without definition`;
      if (typeof colour !== 'string' || !(colour === '' || COLOUR.test(colour)))
        return `"${key}" of scheme "${name}" is a colour like #a0b1c2`;
    }
  }
  return null;
};
/** A day that exists; a time must say where it is. */
const day =
  (form: RegExp, words: string): Problem =>
  (value) => {
    if (value === '') return null;
    if (typeof value !== 'string' || !form.test(value)) return words;
    const midnight = new Date(`${value.slice(0, 10)}T00:00:00Z`);
    const real =
      !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value.slice(0, 10));
    return real && !Number.isNaN(new Date(value).getTime()) ? null : 'there is no such day or time';
  };

type Row = Omit<SettingType, 'stored' | 'seen' | 'kind' | 'about' | 'empty'>;

function type(
  words: readonly [stored: string, seen: string, about: string],
  kind: string,
  empty: Json,
  row: Partial<Row> = {},
): SettingType {
  const [stored, seen, about] = words;
  return { stored, seen, about, kind, empty, keys: [], ...row };
}

const pointer = (name: SourceKind, about: string, keys: readonly string[] = []): SettingType =>
  type(['id or null', `${name} object or null`, about], `${name}?`, null, {
    problem: id,
    points: { kind: name, many: false },
    keys,
  });
const pointers = (name: SourceKind, about: string, keys: readonly string[]): SettingType =>
  type([`list of ids`, `list of ${name} objects`, about], `${name}[]`, [], {
    problem: ids,
    points: { kind: name, many: true },
    keys,
  });
const choice = (about: string): SettingType =>
  type(['text', 'text', about], 'word', '', { problem: option, keys: ['options!'] });
const writing = { dynamic: true, localizable: true } as const;

/** Every setting type of the language, by name. Nothing else says what a type takes or gives. */
export const SETTING_TYPES: Readonly<Record<string, SettingType>> = {
  text: type(['text', 'text', 'One line, at most 1,000 characters.'], 'text', '', {
    problem: text(1000, true),
    keys: ['placeholder'],
    ...writing,
  }),
  textarea: type(['text', 'text', 'Several lines, at most 20,000 characters.'], 'text', '', {
    problem: text(20_000),
    keys: ['placeholder'],
    ...writing,
  }),
  inline_richtext: type(
    ['html', 'safe html', 'A line of rich text: b i em strong a br span.'],
    'html',
    '',
    { problem: rich(20_000, true), ...writing },
  ),
  richtext: type(
    [
      'html',
      'safe html',
      'Rich text that begins with p, a heading or a list: p br ul ol li h2-h6 blockquote and what stands in a line.',
    ],
    'html',
    '',
    { problem: rich(60_000, false), ...writing },
  ),
  html: type(
    ['html', 'raw html', 'Markup of the merchant as it is, at most 50 KB; needs the right to it.'],
    'html',
    '',
    {
      problem: text(50 * 1024),
      keys: ['placeholder'],
      localizable: true,
    },
  ),
  number: type(
    ['number or null', 'number', 'A whole number, or with `step` any; `min` and `max` bound it.'],
    'number',
    null,
    {
      problem: number,
      keys: ['min', 'max', 'step', 'unit', 'placeholder'],
      cssVar: true,
    },
  ),
  range: type(
    ['number', 'number', 'A slider from `min` to `max` by `step`, at most 100 steps.'],
    'number',
    0,
    {
      problem: range,
      keys: ['min!', 'max!', 'step', 'unit'],
      cssVar: true,
    },
  ),
  checkbox: type(['true or false', 'bool', 'A switch.'], 'bool', false, {
    problem: (value) => (typeof value === 'boolean' ? null : 'it is true or false'),
  }),
  select: choice('One of 2 to 50 options, in a list; options may name a group.'),
  radio: choice('One of 2 to 50 options, side by side.'),
  text_alignment: type(['left, center or right', 'text', 'Where a text stands.'], 'word', 'left', {
    problem: (value) =>
      value === 'left' || value === 'center' || value === 'right'
        ? null
        : 'it is left, center or right',
  }),
  color: type(
    ['#rrggbb, #rrggbbaa or nothing', 'colour text', 'A colour; it may stand in CSS.'],
    'color',
    '',
    {
      problem: pattern(COLOUR, 'it is a colour like #a0b1c2'),
      cssVar: true,
    },
  ),
  color_scheme: type(
    ['name of a scheme', 'object: id and the colours', 'One of the colour schemes of the theme.'],
    'map:color',
    '',
    {
      problem: pattern(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'it is the name of a colour scheme'),
    },
  ),
  color_scheme_group: type(
    [
      'object of schemes',
      'object of objects of colours',
      'The colour schemes of a theme; once, in settings_schema.json; `definition` lists the colours.',
    ],
    'map:map:color',
    {},
    { problem: schemes, keys: ['definition!', 'role'] },
  ),
  font: type(
    ['handle of a font in theme.json', 'font object', 'A font of the theme.'],
    'font?',
    '',
    {
      problem: pattern(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'it is the handle of a font'),
    },
  ),
  image: {
    ...pointer('image', 'A picture of the store; the default may name a file under assets/.'),
    dynamic: true,
  },
  video: pointer('video', 'A video of the store.'),
  video_url: type(
    [
      'address',
      'video object: host, id, embed_url; or null',
      'A video on YouTube or Vimeo; the host is parsed.',
    ],
    'video?',
    null,
    {
      problem: video,
      keys: ['accept', 'placeholder'],
    },
  ),
  url: type(
    [
      'address',
      'address',
      'A link: /path, https://, mailto:, tel:, #id, or ref:product:123, which follows what it points to.',
    ],
    'url',
    '',
    {
      problem: address,
      dynamic: true,
    },
  ),
  product: pointer('product', 'A product.'),
  collection: pointer('collection', 'A collection with its first products.'),
  page: pointer('page', 'A page of the store.'),
  blog: pointer('blog', 'A blog with its first articles.'),
  article: pointer('article', 'An article.'),
  product_list: pointers('product', 'Chosen products, `limit` (default 50) at most.', ['limit']),
  collection_list: pointers('collection', 'Chosen collections, `limit` (default 50) at most.', [
    'limit',
  ]),
  menu: pointer('menu', 'A menu by its handle, three levels deep.'),
  metaobject: pointer('metaobject', 'An entry of a kind that the merchant defined.', [
    'metaobject_type!',
  ]),
  metaobject_list: pointers('metaobject', 'Entries of a kind that the merchant defined.', [
    'metaobject_type!',
    'limit',
  ]),
  discount: pointer(
    'discount',
    'A real discount of the store: the only source of a countdown or a struck price.',
  ),
  date: type(['YYYY-MM-DD or nothing', 'ISO date text', 'A day.'], 'date', '', {
    problem: day(/^\d{4}-\d{2}-\d{2}$/, 'it is a day like 2026-11-21'),
  }),
  datetime: type(['ISO 8601 with a zone, or nothing', 'ISO date text', 'A moment.'], 'date', '', {
    problem: day(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/,
      'it is a moment like 2026-11-21T10:00:00Z',
    ),
  }),
  header: type(['nothing', 'nothing', 'A heading in the editor.'], 'any', null, {
    keys: ['content'],
  }),
  paragraph: type(['nothing', 'nothing', 'A text in the editor.'], 'any', null, {
    keys: ['content'],
  }),
};

/** Keys that every setting may have, and what they say. */
export const SETTING_KEYS: Readonly<Record<string, string>> = {
  type: 'One of the setting types.',
  id: 'By which the template reads it: a-z, 0-9 and _, beginning with a letter, once in its schema.',
  label: 'What the editor calls it; `t:` takes it from the locale files.',
  info: 'A hint below it.',
  default: 'The value until somebody sets one.',
  visible_if: 'When the editor shows it: `id`, `!id`, `id == literal`, joined by `and` and `or`.',
  localizable: 'False when a text is the same in all languages.',
  css_var: 'The custom property (`--x`) that the editor changes at once, for colours and numbers.',
};
