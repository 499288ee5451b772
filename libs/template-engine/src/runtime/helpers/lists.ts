import { LIMITS } from '../../limits';
import { made, type Octets, octets } from '../octets';
import type { State } from '../state';
import { type Fields, isFields, lettersOf, toNumber, toText } from '../values';
import { field, letters, same } from './logic';

const EMPTY: readonly unknown[] = Object.freeze([]);

/** The list itself, charged as work; an empty one for anything that is no list. */
function asList(s: State, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return EMPTY;
  s.charge(value.length * 8);
  return value as readonly unknown[];
}

/** Names of an object's fields; listing them is work for each. */
function keysOf(s: State, value: Fields): readonly string[] {
  const keys = Object.keys(value);
  s.charge(keys.length * 8);
  return keys;
}

function keyText(value: unknown): Octets {
  return made(typeof value === 'string' || typeof value === 'number' ? String(value) : '');
}

/** Numbers before texts, nothing last; a stable order of any mix. Octets stand in the order of their code points. */
function compare(a: unknown, b: unknown): number {
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x - y;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [toText(a), toText(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function rank(value: unknown): number {
  if (typeof value === 'number') return 0;
  return typeof value === 'string' ? 1 : 2;
}

function wholeNumber(value: unknown, fallback: number): number {
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? number : fallback;
}

export const lists = {
  size: (s: State, value: unknown) => {
    if (Array.isArray(value)) return value.length;
    if (typeof value === 'string') return field(s, value, 'length');
    return isFields(value) ? keysOf(s, value).length : 0;
  },
  first: (_s: State, value: unknown) => (Array.isArray(value) ? value[0] : undefined),
  last: (_s: State, value: unknown) => (Array.isArray(value) ? value.at(-1) : undefined),
  at: (_s: State, value: unknown, index: unknown) =>
    Array.isArray(value) ? value.at(wholeNumber(index, value.length)) : undefined,
  slice: (s: State, value: unknown, start: unknown, length: unknown) => {
    if (!Array.isArray(value) && typeof value !== 'string') return made('');
    const whole: unknown[] | string = Array.isArray(value) ? value : letters(s, value);
    const from = wholeNumber(start, 0);
    const begin = from < 0 ? Math.max(0, whole.length + from) : from;
    const count = length === undefined ? whole.length : Math.max(0, wholeNumber(length, 0));
    const part = whole.slice(begin, begin + count);
    s.charge(part.length);
    return typeof part === 'string' ? octets(part) : part;
  },
  join: (s: State, value: unknown, separator: unknown) => {
    const between = separator === undefined ? ', ' : toText(separator);
    const parts = asList(s, value).map(toText);
    s.chargeText(parts.reduce((sum, part) => sum + part.length + between.length, 0));
    return made(parts.join(between));
  },
  split: (s: State, value: unknown, separator: unknown) => {
    if (typeof value !== 'string' || value === '') return EMPTY;
    s.charge(value.length * 8);
    const between = toText(separator);
    s.chargeSearch(value, between);
    return between === '' ? Array.from(lettersOf(value), octets) : value.split(between);
  },
  where: (s: State, value: unknown, key: unknown, wanted: unknown) =>
    asList(s, value).filter((item) => same(s, field(s, item, key), wanted)),
  sort_by: (s: State, value: unknown, key: unknown) => sorted(s, asList(s, value), key),
  map: (s: State, value: unknown, key: unknown) =>
    asList(s, value).map((item) => field(s, item, key)),
  uniq: (s: State, value: unknown) => unique(s, asList(s, value)),
  range: (s: State, from: unknown, to: unknown) => {
    const [start, end] = [wholeNumber(from, 0), wholeNumber(to, -1)];
    const count = Math.min(LIMITS.rangeItems, Math.max(0, end - start + 1));
    s.charge(count * 8);
    return Array.from({ length: count }, (_, i) => start + i);
  },
  /** Keys of an object in a loop, for its second block parameter. */
  keyOf: keyText,
};

/**
 * Whoever chooses numbers and texts can give them the same hash, and V8 takes long texts of one length for alike: at worst
 * each item is compared with all others.
 */
function unique(s: State, items: readonly unknown[]): unknown[] {
  const letters = items.reduce<number>(
    (sum, item) => sum + (typeof item === 'string' ? item.length : 0),
    0,
  );
  s.charge((items.length * items.length) / 8 + (items.length * letters) / 128);
  return [...new Set(items)];
}

/** Comparisons are many, and each reads its texts again: both are charged before. */
function sorted(s: State, items: readonly unknown[], key: unknown): unknown[] {
  let letters = 0;
  const keyed = items.map((item) => {
    const value = field(s, item, key);
    if (typeof value === 'string') letters += value.length;
    return { item, value };
  });
  s.charge(items.length * 64 + letters * Math.ceil(Math.log2(items.length + 1)));
  return keyed.sort((a, b) => compare(a.value, b.value)).map(({ item }) => item);
}

/** The items that a loop runs over; objects give their values. Limit and offset cut before the loop starts. */
export function loopItems(
  s: State,
  value: unknown,
  offset: unknown,
  limit: unknown,
): readonly unknown[] {
  let items: readonly unknown[];
  if (Array.isArray(value)) items = value as readonly unknown[];
  else if (isFields(value)) {
    items = Object.values(value);
    s.charge(items.length * 8);
  } else return EMPTY;
  if (offset === undefined && limit === undefined) return items;
  const from = Math.max(0, wholeNumber(offset, 0));
  const count = Math.max(0, wholeNumber(limit, items.length));
  if (from === 0 && count >= items.length) return items;
  s.charge(Math.min(count, items.length) * 8);
  return items.slice(from, from + count);
}

/** The keys beside `loopItems`, or null for a list, whose keys are its indexes. */
export function loopKeys(s: State, value: unknown, offset: unknown): readonly string[] | null {
  if (!isFields(value)) return null;
  return keysOf(s, value).slice(Math.max(0, wholeNumber(offset, 0)));
}
