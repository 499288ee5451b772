import { SHAPES } from '../context/shapes';

const SCALARS = new Set([
  'text',
  'number',
  'bool',
  'html',
  'url',
  'money',
  'date',
  'color',
  'css',
  'word',
  'safe',
  'null',
]);

/** The kind that a setting's value has in a template (2.4). */
const SETTING_KINDS: Readonly<Record<string, string>> = {
  text: 'text',
  textarea: 'text',
  inline_richtext: 'html',
  richtext: 'html',
  html: 'html',
  number: 'number',
  range: 'number',
  checkbox: 'bool',
  select: 'word',
  radio: 'word',
  text_alignment: 'word',
  color: 'color',
  color_scheme: 'map:color',
  color_scheme_group: 'map:map:color',
  font: 'font?',
  image: 'image?',
  video: 'video?',
  video_url: 'video?',
  url: 'url',
  product: 'product?',
  collection: 'collection?',
  page: 'page?',
  blog: 'blog?',
  article: 'article?',
  product_list: 'product[]',
  collection_list: 'collection[]',
  menu: 'menu?',
  metaobject: 'any',
  metaobject_list: 'any',
  discount: 'discount?',
  date: 'date',
  datetime: 'date',
};

/** The kind of a setting by its type; `any` for what is not in the table. */
export function settingKind(type: string): string {
  return SETTING_KINDS[type] ?? 'any';
}

/** The kind behind one path part, or undefined when the object surely has no such field. */
export function fieldKind(kind: string, part: string): string | undefined {
  const bare = kind.endsWith('?') ? kind.slice(0, -1) : kind;
  if (bare === 'any') return 'any';
  if (bare.endsWith('[]')) {
    if (/^\d+$/.test(part)) return bare.slice(0, -2);
    return part === 'length' ? 'number' : undefined;
  }
  if (bare.startsWith('map:')) return bare.slice(4);
  if (SCALARS.has(bare)) return bare === 'text' && part === 'length' ? 'number' : undefined;
  const shape = SHAPES[bare as keyof typeof SHAPES] as Readonly<Record<string, string>> | undefined;
  if (!shape) return 'any';
  return Object.hasOwn(shape, part) ? shape[part] : undefined;
}

/** The kind of the items of a list. */
export function itemKind(kind: string): string {
  const bare = kind.endsWith('?') ? kind.slice(0, -1) : kind;
  if (bare.endsWith('[]')) return bare.slice(0, -2);
  return bare.startsWith('map:') ? bare.slice(4) : 'any';
}

/** The fields of a kind, to suggest from. */
export function fieldsOf(kind: string): string[] {
  const bare = kind.replace(/[?]$/, '');
  const shape = SHAPES[bare as keyof typeof SHAPES] as object | undefined;
  return shape ? Object.keys(shape) : [];
}

/** The kind of a value that is one of two. */
export function eitherKind(a: string, b: string): string {
  const [x, y] = [a.replace(/[?]$/, ''), b.replace(/[?]$/, '')];
  if (x === y || y === 'null') return x;
  return x === 'null' ? y : 'any';
}
