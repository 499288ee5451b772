import { Kept } from '../kept';
import { made, type Octets, octets, textOf } from '../octets';
import { BARE_ENVIRONMENT, type Environment, type State } from '../state';
import { type Fields, firstLetters, isFields, toNumber, toText, truthy } from '../values';

const numbers = new Kept<string, Intl.NumberFormat>();
const dates = new Kept<string, Intl.DateTimeFormat>();
const rules = new Kept<string, Intl.PluralRules>();

const mostPrices = 5000;
/** Maps of prices or numbers at a time: with that many entries each, of short texts only. */
const mostMaps = 100;
const longestKept = 40;

/** Prices by amount; one map for each locale, currency and flags. */
const prices = new Kept<string, Kept<number, Octets>>(mostMaps);
let recent = { env: BARE_ENVIRONMENT, flags: -1, kept: new Kept<number, Octets>() };

/** Amounts that nobody has make texts of hundreds of digits. */
function isShort(text: Octets): boolean {
  return text.length <= longestKept;
}

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return numbers.get(`${locale} ${JSON.stringify(options)}`, () => {
    try {
      return new Intl.NumberFormat(locale, options);
    } catch {
      // A locale or currency that this Node does not know must not stop a page.
      return new Intl.NumberFormat('en', { ...options, style: 'decimal', currency: undefined });
    }
  });
}

/** The plural category of a count in a locale (CLDR, by Intl.PluralRules). */
export function pluralCategory(locale: string, count: unknown): string {
  const number = toNumber(count);
  if (Number.isNaN(number)) return 'other';
  return rules
    .get(locale, () => {
      try {
        return new Intl.PluralRules(locale);
      } catch {
        return new Intl.PluralRules('en');
      }
    })
    .select(number);
}

/** The hash of `money` as a number: 1 with the currency's code, 2 without needless zeros. */
export function moneyFlags(hash: Fields): number {
  return (hash['currency'] === true ? 1 : 0) + (hash['trim_zeros'] === true ? 2 : 0);
}

/** A price; no character of it is to be escaped. */
export function printedMoney({ env }: State, amount: unknown, flags: number): Octets {
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return made('');
  if (recent.env !== env || recent.flags !== flags) {
    const key = `${env.locale} ${env.currency} ${flags}`;
    recent = { env, flags, kept: prices.get(key, () => new Kept(mostPrices, isShort)) };
  }
  return recent.kept.get(amount, () => octets(price(env, unsigned(amount), flags)));
}

/** Zero without a sign: maps hold both zeros as one, and what was printed of one is printed of the other. */
function unsigned(number: number): number {
  return number === 0 ? 0 : number;
}

function price({ locale, currency }: Environment, amount: number, flags: number): string {
  const plain = numberFormat(locale, { style: 'currency', currency });
  const digits = plain.resolvedOptions().maximumFractionDigits ?? 2;
  const value = amount / 10 ** digits;
  const trim = (flags & 2) !== 0 && Number.isInteger(value);
  const text = trim
    ? numberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 0 }).format(value)
    : plain.format(value);
  const whole = (flags & 1) !== 0 && !text.includes(currency) ? `${text} ${currency}` : text;
  return whole.replace(/[&<>"']/g, '');
}

const DATE_STYLES = new Set(['short', 'medium', 'long', 'full']);

function date(s: State, value: unknown, style: unknown): Octets {
  if (typeof value !== 'string' || value.length > 40 || !/^\d{4}-\d{2}-\d{2}/.test(value))
    return made('');
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) return made('');
  const wanted: string = toText(style);
  if (wanted === 'year') return made(String(time.getUTCFullYear()));
  if (wanted === 'iso') return made(value.slice(0, 10));
  const dateStyle = (DATE_STYLES.has(wanted) ? wanted : 'medium') as 'short';
  const format = dates.get(`${s.env.locale} ${dateStyle}`, () => {
    try {
      return new Intl.DateTimeFormat(s.env.locale, { dateStyle, timeZone: 'UTC' });
    } catch {
      return new Intl.DateTimeFormat('en', { dateStyle, timeZone: 'UTC' });
    }
  });
  return octets(format.format(time));
}

/** Numbers as they are printed; one map for each locale, style and count of decimals. */
const printedNumbers = new Kept<string, Kept<number, Octets>>(mostMaps);

function formatNumber(
  s: State,
  value: unknown,
  hash: Fields,
  style: 'decimal' | 'percent',
): Octets {
  const number = toNumber(value);
  if (!Number.isFinite(number)) return made('');
  const { locale } = s.env;
  const asked = toNumber(hash['decimals']);
  const places = asked >= 0 ? Math.min(6, Math.trunc(asked)) : undefined;
  const kept = printedNumbers.get(
    `${locale} ${style} ${places}`,
    () => new Kept(mostPrices, isShort),
  );
  return kept.get(number, () => {
    const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
    const text = numberFormat(locale, { style, ...digits }).format(unsigned(number));
    return octets(text.replace(/[&<>"']/g, ''));
  });
}

/** Red, green, blue, alpha of `#rgb`, `#rrggbb` or `#rrggbbaa`; null when the text is no colour. */
function channels(value: unknown): number[] | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(toText(value))?.[1];
  if (hex === undefined) return null;
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  return [0, 2, 4, 6].map((at) => parseInt(full.slice(at, at + 2) || 'ff', 16));
}

/** Relative luminance (WCAG 2.2, definition of relative luminance). */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export const formats = {
  money: (s: State, amount: unknown, hash: Fields) => printedMoney(s, amount, moneyFlags(hash)),
  date,
  number: (s: State, value: unknown, hash: Fields) => formatNumber(s, value, hash, 'decimal'),
  percent: (s: State, value: unknown, hash: Fields) => formatNumber(s, value, hash, 'percent'),
  weight: (s: State, value: unknown, unit: unknown) => {
    const number = toNumber(value);
    if (!Number.isFinite(number)) return made('');
    const name = firstLetters(unit, 10) || 'kg';
    const text = numberFormat(s.env.locale, { maximumFractionDigits: 3 }).format(number);
    return octets(`${text} ${name}`);
  },
  plural: (s: State, count: unknown, one: unknown, other: unknown) =>
    pluralCategory(s.env.locale, count) === 'one' ? toText(one) : toText(other),
  color_rgba: (_s: State, color: unknown, alpha: unknown) => {
    const rgb = channels(color);
    const share = toNumber(alpha);
    if (!rgb || !(share >= 0)) return made('');
    return made(`rgb(${rgb.slice(0, 3).join(' ')} / ${Math.min(1, share)})`);
  },
  color_contrast: (_s: State, color: unknown) => {
    const rgb = channels(color);
    // 0.179 is where contrast with black equals contrast with white.
    return made(!rgb ? '' : luminance(rgb) > 0.179 ? '#000000' : '#ffffff');
  },
  json: (s: State, value: unknown) => {
    const text = JSON.stringify(
      isFields(value) || Array.isArray(value) || truthy(value) ? value : (value ?? null),
    );
    s.charge(text.length);
    return escapeJson(s, textOf(made(text)));
  },
};

/** JSON that can stand inside a script: ASCII, and no character of markup. Charged before it is put together. */
function escapeJson(s: State, json: string): Octets {
  let unsafe = 0;
  for (let i = 0; i < json.length; i++) if (isUnsafe(json.charCodeAt(i))) unsafe++;
  if (unsafe === 0) return made(json);
  s.charge(unsafe * 5);
  const bytes = Buffer.allocUnsafe(json.length + unsafe * 5);
  let end = 0;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (!isUnsafe(code)) bytes[end++] = code;
    else {
      bytes[end++] = BACKSLASH;
      bytes[end++] = SMALL_U;
      for (let shift = 12; shift >= 0; shift -= 4) bytes[end++] = HEX[(code >> shift) & 15]!;
    }
  }
  return made(bytes.toString('latin1'));
}

const HEX = Buffer.from('0123456789abcdef');
const BACKSLASH = 92;
const SMALL_U = 117;

/** `<`, `>`, `&` and all beyond printable ASCII. */
function isUnsafe(code: number): boolean {
  return code > 126 || code === 60 || code === 62 || code === 38;
}
