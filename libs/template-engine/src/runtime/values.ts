import { isDenied } from '../limits';

const SPECIAL = /[&<>"']/;

/** A value as it stands at a `{{ }}`: text escaped, numbers and booleans as they are, all else nothing. */
export function esc(value: unknown): string {
  if (typeof value === 'string') return SPECIAL.test(value) ? escapeSlowly(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
}

function escapeSlowly(text: string): string {
  let out = '';
  let kept = 0;
  for (let i = 0; i < text.length; i++) {
    const entity = entityOf(text.charCodeAt(i));
    if (entity === '') continue;
    if (i > kept) out += text.slice(kept, i);
    out += entity;
    kept = i + 1;
  }
  return kept === 0 ? text : out + text.slice(kept);
}

/** The entity of a character of markup; empty for any other. */
export function entityOf(code: number): string {
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
export function raw(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
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
  if (typeof value === 'string') return name === 'length' ? value.length : undefined;
  if (typeof value !== 'object') return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** A field of an object or list by a name that is known when compiled, and so is on no deny list. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** An address that may stand at the start of href, src or action; anything but http(s), mailto, tel, sms is emptied. */
export function safeUrl(value: unknown): string {
  if (typeof value !== 'string') return '';
  // What begins with a path, a query or a fragment has no scheme.
  const first = value.charCodeAt(0);
  if (first === 47 || first === 35 || first === 63) return value;
  // Browsers ignore control characters and spaces before and inside the scheme.
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  const bare = value.slice(0, 200).replace(/[\u0000-\u0020\u007f-\u00a0]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  if (scheme === undefined) return value;
  return ['http', 'https', 'mailto', 'tel', 'sms'].includes(scheme) ? value : '';
}

/** A list of font families, of which some are quoted. */
const FAMILIES = /^(?:"[\w -]{1,80}"|[\w-]+)(?:, ?(?:"[\w -]{1,80}"|[\w -]+))*$/;

/** A value inside CSS: no quotes but those of font families, no braces, no end of declaration, no address but a plain one. */
export function css(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > 2000) return '';
  if (/^(https?:\/\/|\/)[^\s"'()\\;<>{}]*$/i.test(value)) return value;
  if (FAMILIES.test(value)) return value;
  if (/url|expression|image|import|@/i.test(value)) return '';
  return /^[\w#%.,/ ()+:-]*$/.test(value) ? value : '';
}

/** A number, or text that is one; NaN for all else. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.length < 40 && /^-?\d+(\.\d+)?$/.test(value))
    return Number(value);
  return NaN;
}

/** Text of a scalar; empty for objects, lists and nothing. */
export function toText(value: unknown): string {
  return raw(value);
}

export type Fields = Record<string, unknown>;

/** Says whether a value is an object that is not a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
