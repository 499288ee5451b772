/**
 * A text whose characters are the bytes of its UTF-8, each below U+0100. Inside a render every text is one: data, keys,
 * constants of the code, arguments and answers of helpers. V8 keeps such a text in one byte a character, whatever its
 * script, and copies it into a buffer as it is. What means the same in bytes works on it directly (joining, escaping,
 * comparing, searching, cutting at ASCII); what counts or changes letters takes `textOf` and gives `octets`.
 *
 * Data enters by `readPage`, constants when they are compiled; what leaves is the bytes of the page, or `textOf`.
 */
export type Octets = string & { readonly [octet]: true };
declare const octet: unique symbol;

// oxlint-disable-next-line no-control-regex -- a range of bytes
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** A text as octets; half a surrogate pair becomes U+FFFD, as in every UTF-8. */
export function octets(text: string): Octets {
  return made(BEYOND_ASCII.test(text) ? Buffer.from(text).toString('latin1') : text);
}

/** Octets as the text that they stand for. */
export function textOf(markup: Octets): string {
  return BEYOND_ASCII.test(markup) ? bytesOf(markup).toString() : markup;
}

/** Says of a text that it is octets: it is put together of octets and ASCII, or cut from octets at ASCII. */
export function made(text: string): Octets {
  return text as Octets;
}

/** Octets as the bytes that they are. */
export function bytesOf(markup: Octets): Buffer {
  return Buffer.from(markup, 'latin1');
}
