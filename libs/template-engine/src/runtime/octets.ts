import { entityOf, esc } from './values';

/**
 * Markup is put together as octets: text in which each character is one byte of its UTF-8. V8 keeps such text in one
 * byte a character and copies it into a buffer as it is, where a single `€` would make all of a section's text twice as
 * wide, to be measured and written character by character.
 */
// oxlint-disable-next-line no-control-regex -- a range of bytes
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** What is not printed as it stands: the characters of markup, and those of several octets. Remembers where it is. */
const UNPRINTABLE = /[&<>"'\u0080-\uffff]/g;

/** The octets of U+0080 to U+00FF: in texts of one byte a character these are all beyond ASCII. */
const LATIN = Array.from({ length: 256 }, (_, code) =>
  code < 128 ? '' : Buffer.from(String.fromCharCode(code)).toString('latin1'),
);

const scratch = Buffer.allocUnsafeSlow(8 * 1024);

/** A text as octets; half a surrogate pair becomes U+FFFD, as in every UTF-8. */
export function octets(text: string): string {
  return BEYOND_ASCII.test(text) ? encode(text) : text;
}

function encode(text: string): string {
  // No character of a text takes more than three bytes; two that are a pair take four.
  if (text.length * 3 > scratch.length) return Buffer.from(text).toString('latin1');
  return scratch.toString('latin1', 0, scratch.write(text));
}

/** A text escaped, as octets. */
export function printed(text: string): string {
  UNPRINTABLE.lastIndex = 0;
  return UNPRINTABLE.test(text) ? printFrom(text, UNPRINTABLE.lastIndex - 1) : text;
}

/** The same for a text that needs it, with the place of the first character that does. */
export function printFrom(text: string, first: number): string {
  let out = '';
  let kept = 0;
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Most characters are letters, and no letter is to be escaped.
    if (code > GREATER && code < 128) continue;
    if (code > 255) return encode(esc(text));
    const instead = code < 128 ? entityOf(code) : LATIN[code]!;
    if (instead === '') continue;
    if (i > kept) out += text.slice(kept, i);
    out += instead;
    kept = i + 1;
  }
  return out + text.slice(kept);
}

/** The last of the characters that are escaped. */
const GREATER = 62;

/** Octets as the bytes that they are. */
export function bytesOf(markup: string): Buffer {
  return Buffer.from(markup, 'latin1');
}

/** Octets as the text that they stand for. */
export function textOf(markup: string): string {
  return BEYOND_ASCII.test(markup) ? bytesOf(markup).toString() : markup;
}
