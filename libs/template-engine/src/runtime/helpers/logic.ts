import { lettersOf, own, toNumber, toText, truthy } from '../values';
import type { State } from '../state';

type Op = (s: State, a: unknown, b: unknown) => unknown;

/** Two numbers in, one out; anything else gives empty text, as the language promises for wrong types. */
function arithmetic(compute: (a: number, b: number) => number): Op {
  return (_s, a, b) => {
    const result = compute(toNumber(a), toNumber(b));
    return Number.isFinite(result) ? result : '';
  };
}

/** Numbers (or texts that are numbers) by size, other texts by code point, anything else false. */
function ordered(holds: (order: number) => boolean): Op {
  return (s, a, b) => {
    const [x, y] = [toNumber(a), toNumber(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) return holds(x - y);
    if (typeof a !== 'string' || typeof b !== 'string') return false;
    s.charge(Math.min(a.length, b.length) >> 6);
    return holds(a === b ? 0 : a < b ? -1 : 1);
  };
}

/** Equality of the language: null and undefined are one. To compare long texts is work. */
export function same(s: State, a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string' && a.length === b.length)
    s.charge(a.length >> 6);
  return a === b || ((a ?? null) === null && (b ?? null) === null);
}

/** A text in letters; reading it is work. */
export function letters(s: State, text: string): string {
  s.charge(text.length >> 3);
  return lettersOf(text);
}

/** A field by a name that is known on the page only; the length of a text is counted. */
export function field(s: State, value: unknown, key: unknown): unknown {
  if (typeof value === 'string' && key === 'length') s.charge(value.length >> 3);
  return own(value, key);
}

export const logic = {
  default: (_s: State, value: unknown, other: unknown) =>
    truthy(value) || value === 0 || value === false ? value : other,
  eq: same,
  ne: (s: State, a: unknown, b: unknown) => !same(s, a, b),
  gt: ordered((order) => order > 0),
  gte: ordered((order) => order >= 0),
  lt: ordered((order) => order < 0),
  lte: ordered((order) => order <= 0),
  not: (_s: State, value: unknown) => !truthy(value),
  contains: (s: State, whole: unknown, part: unknown) => {
    if (Array.isArray(whole)) {
      s.charge(whole.length);
      return whole.some((item) => same(s, item, part));
    }
    const needle = toText(part);
    if (typeof whole !== 'string' || needle === '') return false;
    s.chargeSearch(whole, needle);
    return whole.includes(needle);
  },
  add: arithmetic((a, b) => a + b),
  sub: arithmetic((a, b) => a - b),
  mul: arithmetic((a, b) => a * b),
  div: arithmetic((a, b) => (b === 0 ? 0 : a / b)),
  mod: arithmetic((a, b) => (b === 0 ? 0 : ((a % b) + b) % b)),
  min: arithmetic(Math.min),
  max: arithmetic(Math.max),
  round: (_s: State, value: unknown, digits: unknown) => {
    const number = toNumber(value);
    if (!Number.isFinite(number)) return '';
    const places = Math.min(6, Math.max(0, Math.trunc(toNumber(digits)) || 0));
    return Math.round((number + Number.EPSILON * Math.sign(number)) * 10 ** places) / 10 ** places;
  },
  lookup: field,
};
