import { isDenied, URL_ATTRS } from '../../limits';
import { made, type Octets, octets, textOf } from '../octets';
import type { State } from '../state';
import { esc, type Fields, firstLetters, safeUrl, toNumber, toText } from '../values';

/** Text of an argument, its length charged, since the result is a copy of it at least. */
function charged(s: State, value: unknown): Octets {
  const text = toText(value);
  s.charge(text.length);
  return text;
}

function joined(s: State, start: Octets, end: Octets): Octets {
  s.chargeText(start.length + end.length);
  return made(start + end);
}

/** The same in letters. */
function chargedLetters(s: State, value: unknown): string {
  return textOf(charged(s, value));
}

/** Not those of `<` and `>`: where a theme prints the text raw, no markup may come of them. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': octets('\u00a0'),
  '&amp;': '&',
};

/** What HTML says as text: without tags, its harmless entities as letters. */
function plainText(html: string): string {
  return stripTags(html).replace(/&(?:quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity] ?? '');
}

/** Removes tags in one pass; an open `<` drops the rest. */
function stripTags(text: string): string {
  let out = '';
  let kept = 0;
  for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', kept)) {
    out += text.slice(kept, open);
    const close = text.indexOf('>', open);
    if (close === -1) return out;
    kept = close + 1;
  }
  return out + text.slice(kept);
}

/** The handle of a text as the platform makes them: letters and digits of any script, joined by hyphens. */
function handleize(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

export const texts = {
  upper: (s: State, value: unknown) => octets(chargedLetters(s, value).toUpperCase()),
  lower: (s: State, value: unknown) => octets(chargedLetters(s, value).toLowerCase()),
  capitalize: (s: State, value: unknown) => {
    const [head = '', ...rest] = chargedLetters(s, value).split(/(?<=^.)/su);
    return octets(head.toUpperCase() + rest.join(''));
  },
  truncate: (s: State, value: unknown, length: unknown, end: unknown) => {
    const count = toNumber(length);
    if (!(count >= 0)) return made('');
    const text = firstLetters(value, count + 1);
    s.charge(text.length);
    if (text.length <= count) return toText(value);
    const tail = end === undefined ? '…' : firstLetters(end, 40);
    const keep = Math.max(0, Math.trunc(count) - tail.length);
    // A surrogate pair is not cut in half.
    const cut = /[\uD800-\uDBFF]/.test(text[keep - 1] ?? '') ? keep - 1 : keep;
    return octets(text.slice(0, cut).trimEnd() + tail);
  },
  strip_html: (s: State, value: unknown) => made(plainText(charged(s, value))),
  nl2br: (s: State, value: unknown) => {
    const text = esc(toText(value)).replace(/\r\n?|\n/g, '<br>\n');
    s.chargeText(text.length);
    return made(text);
  },
  replace: (s: State, value: unknown, part: unknown, by: unknown) => {
    const [text, needle, other] = [toText(value), toText(part), toText(by)];
    if (needle === '') return text;
    s.chargeSearch(text, needle);
    const pieces = charged(s, text).split(needle);
    s.charge(pieces.length * 8);
    s.chargeText(text.length + (pieces.length - 1) * (other.length - needle.length));
    return made(pieces.join(other));
  },
  append: (s: State, value: unknown, end: unknown) => joined(s, toText(value), toText(end)),
  prepend: (s: State, value: unknown, start: unknown) => joined(s, toText(start), toText(value)),
  handleize: (s: State, value: unknown) =>
    octets(handleize(chargedLetters(s, value).slice(0, 1000))),
  escape: (s: State, value: unknown) => {
    const text = esc(value);
    s.chargeText(text.length);
    return text;
  },
  url_encode: (s: State, value: unknown) => {
    const text = charged(s, value);
    s.charge(text.length * 2);
    return made(encodeURIComponent(textOf(text)).replace(/'/g, '%27'));
  },
  link_to: (s: State, text: unknown, url: unknown, hash: Fields) => {
    const html = `<a href="${esc(safeUrl(url))}"${attributes(s, hash)}>${esc(text)}</a>`;
    s.charge(html.length);
    return made(html);
  },
  attrs: attributes,
};

/**
 * Attributes of a hash: false, null and empty are left out, true stands alone, handlers, documents in an attribute and
 * denied names never. Charged one by one, before the next is made.
 */
export function attributes(s: State, hash: Fields): Octets {
  let out = '';
  for (const [key, value] of Object.entries(hash)) {
    const name = key.replaceAll('_', '-');
    const plain = name.toLowerCase();
    if (!/^[a-z][a-z0-9:-]*$/.test(plain) || /^on|^srcdoc$/.test(plain) || isDenied(key)) continue;
    if (value === true) out += ` ${name}`;
    else if (value === false || value === null || value === undefined || value === '') continue;
    else {
      const text = esc(URL_ATTRS.has(plain) ? safeUrl(value) : value);
      s.charge(text.length);
      out += ` ${name}="${text}"`;
    }
  }
  return made(out);
}
