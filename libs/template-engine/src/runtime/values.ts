import { isDenied } from '../limits';
import { made, type Octets, textOf } from './octets';

/** The characters of markup. Remembers where one is. */
const SPECIAL = /[&<>"']/g;

/** A value as it stands at a `{{ }}`: text escaped, numbers and booleans as they are, all else nothing. */
export function esc(value: unknown): Octets {
  if (typeof value !== 'string') return raw(value);
  SPECIAL.lastIndex = 0;
  return made(SPECIAL.test(value) ? escapeFrom(value, SPECIAL.lastIndex - 1) : value);
}

/** Beyond this many characters a text is looked at before it is put together piece by piece. */
const LONG = 4096;

/** A text escaped, with the place of the first character that needs it. */
export function escapeFrom(text: string, first: number): string {
  if (text.length > LONG && isDense(text, first)) return escapeDense(text);
  let out = '';
  let kept = 0;
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Most characters are letters, and no letter is to be escaped.
    if (code > GREATER) continue;
    const entity = entityOf(code);
    if (entity === '') continue;
    if (i > kept) out += text.slice(kept, i);
    out += entity;
    kept = i + 1;
  }
  return out + text.slice(kept);
}

/** Says whether a text has an escaped character in every sixteen: so many pieces would be slow to join. */
function isDense(text: string, first: number): boolean {
  let found = 0;
  const most = text.length >> 4;
  for (let i = first; i < text.length && found <= most; i++) {
    const code = text.charCodeAt(i);
    if (code <= GREATER && entityOf(code) !== '') found++;
  }
  return found > most;
}

/** The same for octets of which many are escaped: written byte by byte, in time that grows with the text only. */
function escapeDense(text: string): string {
  const bytes = Buffer.allocUnsafe(text.length * LONGEST_ENTITY);
  let end = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const entity = code > GREATER ? '' : entityOf(code);
    if (entity === '') bytes[end++] = code;
    else for (let j = 0; j < entity.length; j++) bytes[end++] = entity.charCodeAt(j);
  }
  return bytes.toString('latin1', 0, end);
}

const LONGEST_ENTITY = '&quot;'.length;

/** The last of the characters that are escaped. */
const GREATER = 62;

/** The entity of a character of markup; empty for any other. */
function entityOf(code: number): string {
  switch (code) {
    case 38:
      return '&amp;';
    case 60:
      return '&lt;';
    case 62:
      return '&gt;';
    case 34:
      return '&quot;';
    case 39:
      return '&#x27;';
    default:
      return '';
  }
}

/** Prints a value at a `{{{ }}}`. */
export function raw(value: unknown): Octets {
  if (typeof value === 'string') return made(value);
  if (typeof value === 'number' || typeof value === 'boolean') return made(String(value));
  return made('');
}

/** Handlebars' truth: empty lists and empty text are false, objects true. */
export function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Reads a field that a value has itself; inherited and denied names give undefined. */
export function own(value: unknown, key: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof key !== 'string' && typeof key !== 'number') return undefined;
  const name = String(key);
  if (isDenied(name)) return undefined;
  if (typeof value === 'string') return name === 'length' ? lettersOf(value).length : undefined;
  if (typeof value !== 'object') return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** A field of an object or list by a name that is known when compiled, and so is on no deny list. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

const SCHEMES = new Set(['http', 'https', 'mailto', 'tel', 'sms']);

/** A scheme that passes has no more characters than these, with what browsers ignore around it. */
const LONGEST_SCHEME = 200;

/**
 * An address, or its beginning, that may stand in href, src or action; anything but http(s), mailto, tel, sms is
 * emptied. What stands before the first colon is the scheme, unless a path, query or fragment began before it. So it may
 * also follow another value in the same address: no two that pass make a scheme that runs code.
 */
export function safeUrl(value: unknown): Octets {
  if (typeof value !== 'string') return made('');
  const end = value.search(/[:/?#]/);
  if (end === -1 || value.charCodeAt(end) !== COLON) return made(value);
  if (end > LONGEST_SCHEME) return made('');
  // Browsers ignore control characters and spaces before and inside the scheme.
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  const scheme = value.slice(0, end).replace(/[\u0000-\u0020\u007f]|\u00c2[\u0080-\u00a0]/g, '');
  return made(SCHEMES.has(scheme.toLowerCase()) ? value : '');
}

const COLON = 58;

/** A list of font families, of which some are quoted. It can be read in one way only, and so in linear time. */
const FAMILIES = /^(?:"[\w -]{1,80}"|[\w-]+)(?:,(?: ?"[\w -]{1,80}"|[\w -]+))*$/;

/** A value inside CSS: no quotes but those of font families, no braces, no end of declaration, no address but a plain one. */
export function css(value: unknown): Octets {
  if (typeof value === 'number') return raw(value);
  return made(typeof value === 'string' && isPlainCss(firstLetters(value, 2001)) ? value : '');
}

function isPlainCss(text: string): boolean {
  if (text.length > 2000) return false;
  if (/^(https?:\/\/|\/)[^\s"'()\\;<>{}]*$/i.test(text) || FAMILIES.test(text)) return true;
  return !/url|expression|image|import|@/i.test(text) && /^[\w#%.,/ ()+:-]*$/.test(text);
}

/** A number, or text that is one; NaN for all else. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.length < 40 && /^-?\d+(\.\d+)?$/.test(value))
    return Number(value);
  return NaN;
}

/** Text of a scalar; empty for objects, lists and nothing. */
export function toText(value: unknown): Octets {
  return raw(value);
}

/** The same in letters, to count or change them. */
export function lettersOf(value: unknown): string {
  return textOf(raw(value));
}

/** The first of these letters; what stands behind them is not looked at. */
export function firstLetters(value: unknown, count: number): string {
  // No letter takes more than three octets, and a pair, of which the first may be asked for, four.
  return textOf(made(raw(value).slice(0, count * 3 + 1))).slice(0, count);
}

export type Fields = Record<string, unknown>;

/** Says whether a value is an object that is not a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
