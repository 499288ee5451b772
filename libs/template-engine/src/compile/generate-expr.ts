import { logic } from '../runtime/helpers/logic';
import { octets } from '../runtime/octets';
import { PAGE_BUDGETS } from '../limits';
import { isBudgetStop } from '../runtime/blocks';
import { State } from '../runtime/state';
import type { Expr } from './ir';

/** A text, number, boolean or null as JavaScript source; the only way literals get into generated code. */
export function literal(value: string | number | boolean | null): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (char) =>
    char === '\u2028' ? '\\u2028' : '\\u2029',
  );
}

/** Names that a text, list or object inherits: fields with such a name are read by own-property call. */
const INHERITED = new Set(
  [Object, Array, String, Number, Boolean].flatMap((type) =>
    Object.getOwnPropertyNames(type.prototype as object),
  ),
);

/** Names that even a plain object inherits. */
const OF_OBJECTS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'length',
]);

/**
 * A function that reads a field with a name that only texts, numbers and lists inherit: V8 remembers where objects have
 * it, which it does not for a name that is handed in.
 */
function reader(name: string): string {
  return `x=>typeof x==="object"&&x!==null&&!A(x)?x.${name}:undefined`;
}

/** The code of one function while it is written: fresh names and what the file's locale says. */
export interface Writer {
  /** A fresh identifier; identifiers come from this counter only. */
  fresh(prefix: string): string;
  /** Variables to declare at the head of the function. */
  readonly temps: string[];
  /** Arguments of the snippet being written: a name of the code, or a constant. */
  readonly args: ReadonlyMap<string, Constant | string>;
  /** False only where budgets are left out to measure what they cost. */
  readonly budgets: boolean;
  /** Notes a position of the file and gives its number, as source. */
  at(expr: { readonly loc: Expr['loc'] }): string;
  /** A frozen object made once. */
  constant(source: string): string;
  /**
   * The source for a `t` call, folded into the locale's text.
   * @param reuse what a print of an argument becomes where the function printed the same before
   */
  text(
    call: Extract<Expr, { op: 'call' }>,
    escaped: boolean,
    reuse?: (print: string) => string,
  ): string;
  /** The text of a small asset: texts at even places, names of files that it points to at odd ones. */
  asset(name: string): readonly string[];
}

/** A value that is known when compiled, a text in octets as it is to the code. */
export interface Constant {
  readonly value: string | number | boolean | null | undefined;
}

/** Helpers that are computed when compiled where all they are given is constant. */
const FOLDED: Readonly<Record<string, (s: State, ...args: never[]) => unknown>> = logic;

const folding = new State();

/** What a helper makes of constants; null where that is left to the page: no constant, or more than budgets allow. */
function folded(compute: (typeof FOLDED)[string], args: readonly unknown[]): Constant | null {
  // Not by `enter`, which looks at the clock: a theme has thousands of constants.
  folding.alloc = PAGE_BUDGETS.alloc / 2;
  try {
    const value = compute(folding, ...(args as never[]));
    return typeof value === 'object' || typeof value === 'function'
      ? null
      : { value: value as Constant['value'] };
  } catch (error) {
    if (isBudgetStop(error)) return null;
    throw error;
  }
}

/** The value of an expression that is the same on every page; null for one that is not. */
export function constantOf(w: Writer, expr: Expr): Constant | null {
  if (expr.op === 'lit')
    return { value: typeof expr.value === 'string' ? octets(expr.value) : expr.value };
  if (expr.op === 'get') {
    if (expr.root.at !== 'arg' || expr.parts.length > 0) return null;
    const given = w.args.get(expr.root.name);
    return typeof given === 'object' ? given : null;
  }
  const compute = Object.hasOwn(FOLDED, expr.spec.name) ? FOLDED[expr.spec.name] : undefined;
  if (!compute || expr.hash.length > 0) return null;
  const args = expr.args.map((arg) => constantOf(w, arg));
  if (args.includes(null)) return null;
  return folded(
    compute,
    args.map((arg) => arg?.value),
  );
}

/** The JavaScript of an expression. */
export function writeExpr(w: Writer, expr: Expr): string {
  const known = constantOf(w, expr);
  if (known || expr.op === 'lit')
    return known?.value === undefined ? 'undefined' : literal(known.value);
  if (expr.op === 'get') return writeGet(w, expr);
  return writeCall(w, expr);
}

function writeGet(w: Writer, expr: Extract<Expr, { op: 'get' }>): string {
  let source = writeRoot(w, expr);
  for (const part of expr.parts) {
    const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(part);
    if (plain && !INHERITED.has(part)) source = `${source}?.${part}`;
    else if (plain && !OF_OBJECTS.has(part)) source = `${w.constant(reader(part))}(${source})`;
    else if (part === 'length') source = `L.helpers.lookup(s,${source},"length")`;
    else source = `F(${source},${literal(octets(part))})`;
  }
  return source;
}

function writeRoot(w: Writer, expr: Extract<Expr, { op: 'get' }>): string {
  const root = expr.root;
  switch (root.at) {
    case 'global':
      return `v.${root.name}`;
    case 'local':
      return `x${root.id}`;
    case 'arg': {
      const given = w.args.get(root.name);
      return typeof given === 'string' ? given : literal(given?.value ?? null);
    }
    default:
      return loopData(root.id, root.name);
  }
}

function loopData(id: number, name: string): string {
  switch (name) {
    case 'first':
      return `(i${id}===0)`;
    case 'last':
      return `(i${id}===n${id}-1)`;
    case 'key':
      return `(k${id}===null?i${id}:k${id}[i${id}])`;
    default:
      return `i${id}`;
  }
}

function writeCall(w: Writer, expr: Extract<Expr, { op: 'call' }>): string {
  const { spec } = expr;
  if (spec.name === 't') return w.text(expr, false);
  if (spec.name === 'inline_asset') {
    const name = expr.args[0];
    return writeInlined(name?.op === 'lit' ? w.asset(String(name.value)) : []);
  }
  if (spec.name === 'and' || spec.name === 'or') return writeChain(w, expr);
  const [first, second] = expr.args;
  if (spec.name === 'eq' && first && second) return writeSame(w, writeExpr(w, first), second);
  const hash = Object.keys(spec.hash).length > 0 ? writeHash(w, expr.hash, spec.name) : null;
  return callHelper(w, expr, 'L.helpers', hash);
}

/** A helper's printed form, which takes in the place of its hash what is made of it. */
export function writePrinted(w: Writer, expr: Extract<Expr, { op: 'call' }>): string {
  const source = `L.wishes.${expr.spec.name}(${hashSource(w, expr.hash)})`;
  return callHelper(w, expr, 'P', onceIfConstant(w, expr.hash, source));
}

function callHelper(
  w: Writer,
  expr: Extract<Expr, { op: 'call' }>,
  ...[table, hash]: [string, string | null]
): string {
  const { spec } = expr;
  const args = expr.args.map((arg) => writeExpr(w, arg));
  if (hash !== null) {
    while (args.length < spec.args.length) args.push('undefined');
    args.push(hash);
  }
  const call = `${table}.${spec.name}(${['s', ...args].join(',')})`;
  return spec.grows ? `(s.at=${w.at(expr)},${call})` : call;
}

/** An inlined file: its own text is constant, the addresses in it are those of the page. */
function writeInlined(parts: readonly string[]): string {
  const sources = parts.map((part, i) =>
    i % 2 === 0 ? literal(octets(part)) : `L.helpers.asset_url(s,${literal(octets(part))})`,
  );
  return sources.length === 0 ? '""' : `(${sources.join('+')})`;
}

/** Equality; with a constant that is not null it is the language's own. */
export function writeSame(w: Writer, source: string, other: Expr): string {
  const known = constantOf(w, other);
  const plain = known !== null && known.value !== null && known.value !== undefined;
  return plain
    ? `(${source}===${literal(known.value ?? null)})`
    : `L.helpers.eq(s,${source},${writeExpr(w, other)})`;
}

/** `and` and `or` stop at the first value that decides. */
function writeChain(w: Writer, expr: Extract<Expr, { op: 'call' }>): string {
  const sources = expr.args.map((arg) => writeExpr(w, arg));
  let out = sources.pop() ?? 'null';
  for (const source of sources.reverse()) {
    const temp = w.fresh('q');
    w.temps.push(temp);
    const test = `T(${temp}=${source})`;
    out = expr.spec.name === 'and' ? `(${test}?${out}:${temp})` : `(${test}?${temp}:${out})`;
  }
  return out;
}

/**
 * A hash as an object; made once when all of it is constant.
 * @param of the helper that takes it; of one that prints it as attributes, a style is guarded as in a written one
 */
export function writeHash(w: Writer, hash: Hash, of = ''): string {
  return onceIfConstant(w, hash, hashSource(w, hash, ATTRIBUTES.has(of)));
}

const ATTRIBUTES = new Set(['attrs', 'image_tag', 'form']);

type Hash = readonly (readonly [string, Expr])[];

function hashSource(w: Writer, hash: Hash, asAttributes = false): string {
  const pairs = hash.map(([key, value]) => {
    const style = asAttributes && key.toLowerCase() === 'style' && !constantOf(w, value);
    const source = writeExpr(w, value);
    return `${literal(octets(key))}:${style ? `L.css(${source})` : source}`;
  });
  return `{${pairs.join(',')}}`;
}

function onceIfConstant(w: Writer, hash: Hash, source: string): string {
  return hash.every(([, value]) => constantOf(w, value)) ? w.constant(source) : source;
}
