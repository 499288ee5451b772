import { SHAPES } from '../context/shapes';
import { SETTING_TYPES } from '../schema/setting-types';

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

/** The kind of a setting by its type; `any` for what is not in the table. */
export function settingKind(type: string): string {
  return Object.hasOwn(SETTING_TYPES, type) ? SETTING_TYPES[type]!.kind : 'any';
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
