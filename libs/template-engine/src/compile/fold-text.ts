import { type LocaleText, pieces } from '../theme/locales';
import { raw } from '../runtime/values';
import { octets } from '../runtime/octets';
import { constantOf, literal, type Writer, writeExpr } from './generate-expr';
import type { Expr } from './ir';

type Call = Extract<Expr, { op: 'call' }>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** A constant text, in octets, as markup. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/**
 * A `t` call as source: the text of the locale with its placeholders put in. Escaped means that it is printed into
 * markup; there the text of an `_html` key stands as it is and arguments are always escaped.
 */
export function foldText(
  w: Writer,
  call: Call,
  texts: ReadonlyMap<string, LocaleText>,
  how: { locale: string; escaped: boolean; reuse?: (print: string) => string },
): string {
  const { locale, escaped, reuse } = how;
  const key = call.args[0];
  const name = key?.op === 'lit' ? String(key.value) : '';
  const text = texts.get(name) ?? name;
  const hash = new Map(call.hash);
  const kept = keepCalls(w, call, typeof text === 'string' ? [text] : Object.values(text));
  const write = (form: string) =>
    writeForm(w, form, hash, { escaped, trusted: name.endsWith('_html'), reuse, kept: kept.names });
  const source =
    typeof text === 'string'
      ? write(text)
      : writePlural(w, text, hash, { locale, write, kept: kept.names });
  return kept.made.length === 0 ? source : `(${kept.made.join(',')},${source})`;
}

/** Computed arguments that stand in several places: written once, or texts within texts would multiply. */
function keepCalls(
  w: Writer,
  { hash }: Call,
  forms: readonly string[],
): { made: string[]; names: ReadonlyMap<string, string> } {
  const places = forms.flatMap((form) => pieces(form).filter((_, i) => i % 2 === 1));
  const made: string[] = [];
  const names = new Map<string, string>();
  for (const [key, value] of hash) {
    const uses = places.filter((place) => place === key).length + (key === 'count' ? 1 : 0);
    if (uses < 2 || value.op !== 'call' || constantOf(w, value)) continue;
    const temp = w.fresh('q');
    w.temps.push(temp);
    made.push(`${temp}=${writeExpr(w, value)}`);
    names.set(key, temp);
  }
  return { made, names };
}

/** The form that `count` asks for. */
function writePlural(
  w: Writer,
  text: Readonly<Record<string, string>>,
  hash: ReadonlyMap<string, Expr>,
  how: { locale: string; write: (form: string) => string; kept: ReadonlyMap<string, string> },
): string {
  const { locale, write, kept } = how;
  const count = hash.get('count');
  if (!count) return write(text['other'] ?? '');
  const temp = w.fresh('q');
  w.temps.push(temp);
  const { other = '', ...rest } = text;
  const chain = Object.entries(rest).map(
    ([category, form]) => `${temp}===${literal(category)}?${write(form)}:`,
  );
  const counted = kept.get('count') ?? writeExpr(w, count);
  return `(${temp}=L.pluralCategory(${literal(locale)},${counted}),${chain.join('')}${write(other)})`;
}

/** Kinds that are short whatever they hold. */
const SHORT = new Set(['number', 'bool', 'money', 'safe', 'null']);

/** Says whether a text is filled with others, whose length only the page knows. */
export function takesText(w: Writer, { hash }: Call): boolean {
  return hash.some(([, value]) => !SHORT.has(value.kind) && !constantOf(w, value));
}

function markup(text: string, escaped: boolean, trusted: boolean): string {
  return escaped && !trusted ? escapeText(text) : text;
}

/** Pieces in a row, as constant text or source; neighbours that are constant become one. */
function joined(parts: readonly { text?: string; source?: string }[]): string {
  const out: string[] = [];
  let text = '';
  for (const part of [...parts, { source: '' }]) {
    text += part.text ?? '';
    if (part.source === undefined) continue;
    if (text !== '') out.push(literal(text));
    if (part.source !== '') out.push(part.source);
    text = '';
  }
  return out.length > 1 ? `(${out.join('+')})` : (out[0] ?? '""');
}

function writeForm(
  w: Writer,
  form: string,
  hash: ReadonlyMap<string, Expr>,
  how: {
    escaped: boolean;
    trusted: boolean;
    reuse?: (print: string) => string;
    kept: ReadonlyMap<string, string>;
  },
): string {
  const { escaped, trusted, reuse, kept } = how;
  return joined(
    pieces(form).map((piece, i) => {
      if (i % 2 === 0) return { text: markup(octets(piece), escaped, trusted) };
      const value = hash.get(piece);
      if (!value) return { text: '' };
      const known = constantOf(w, value);
      if (known && (escaped || !trusted)) return { text: markup(raw(known.value), escaped, false) };
      const print = escaped ? 'E' : trusted ? 'L.esc' : 'L.raw';
      const source = `${print}(${kept.get(piece) ?? writeExpr(w, value)})`;
      return { source: escaped && reuse ? reuse(source) : source };
    }),
  );
}
