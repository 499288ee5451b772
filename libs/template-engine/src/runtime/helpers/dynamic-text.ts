import { made, type Octets } from '../octets';
import type { State } from '../state';
import { esc, type Fields, isFields, own, raw, toText } from '../values';
import { pluralCategory } from './formats';

const PLACEHOLDER = /\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}/i;

/** A text of the locale with its placeholders filled, charged: an argument may stand in it many times. */
export function filledText(s: State, text: string): string {
  s.chargeText(text.length);
  return text;
}

/**
 * The text behind a computed key, with its plural form chosen by `count` and its placeholders put in, as for a key that
 * is written out; empty when there is none.
 * @param escaped it is printed into markup: the text is escaped unless its key ends with _html, arguments always are
 */
export function dynamicText(
  s: State,
  texts: Readonly<Record<string, unknown>>,
  ...[key, hash, escaped]: [unknown, Fields, boolean]
): Octets {
  const name = toText(key);
  const found = own(texts, name);
  const form = isFields(found)
    ? (own(found, pluralCategory(s.env.locale, own(hash, 'count'))) ?? own(found, 'other'))
    : found;
  if (typeof form !== 'string') return made('');
  const trusted = name.endsWith('_html');
  let out = '';
  for (const [i, piece] of form.split(PLACEHOLDER).entries()) {
    const value = i % 2 === 0 ? piece : own(hash, piece);
    const plain = i % 2 === 0 ? trusted || !escaped : !trusted && !escaped;
    const text = plain ? raw(value) : esc(value);
    s.charge(text.length);
    out += text;
  }
  s.chargeText(out.length);
  return made(out);
}
