import { type LocaleText, pieces } from '../theme/locales';
import { literal, type Writer, writeExpr } from './generate-expr';
import type { Expr } from './ir';

type Call = Extract<Expr, { op: 'call' }>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/**
 * A `t` call as source: the text of the locale with its placeholders put in. Escaped means that it is printed into
 * markup, where the text of an `_html` key stands as it is and arguments are always escaped.
 */
export function foldText(
  w: Writer,
  call: Call,
  texts: ReadonlyMap<string, LocaleText>,
  ...[locale, escaped]: [string, boolean]
): string {
  const key = call.args[0];
  const name = key?.op === 'lit' ? String(key.value) : '';
  const text = texts.get(name) ?? name;
  const hash = new Map(call.hash);
  const write = (form: string) =>
    writeForm(w, form, hash, { escaped, trusted: name.endsWith('_html') });
  if (typeof text === 'string') return write(text);
  const count = hash.get('count');
  if (!count) return write(text['other'] ?? '');
  const temp = w.fresh('q');
  w.temps.push(temp);
  const { other = '', ...rest } = text;
  const chain = Object.entries(rest).map(
    ([category, form]) => `${temp}===${literal(category)}?${write(form)}:`,
  );
  return `(${temp}=L.pluralCategory(${literal(locale)},${writeExpr(w, count)}),${chain.join('')}${write(other)})`;
}

function writeForm(
  w: Writer,
  form: string,
  hash: ReadonlyMap<string, Expr>,
  { escaped, trusted }: { escaped: boolean; trusted: boolean },
): string {
  const parts = pieces(form).map((piece, i) => {
    if (i % 2 === 0)
      return piece === '' ? '' : literal(escaped && !trusted ? escapeText(piece) : piece);
    const value = hash.get(piece);
    return value ? `${escaped || trusted ? 'L.esc' : 'L.raw'}(${writeExpr(w, value)})` : '';
  });
  const source = parts.filter((part) => part !== '').join('+');
  return source === '' ? '""' : `(${source})`;
}
