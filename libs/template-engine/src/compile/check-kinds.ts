import { SHAPES } from '../context/shapes';
import type { Reporter } from '../diagnostics/reporter';
import { IDENTIFIED, OPTION_TAKES, type Sort, sortOf, TAKES, type Wanted } from '../helpers/takes';
import type { Expr, Step } from './ir';
import { fieldsOf, itemKind } from './kinds';

/** Finds values of a kind that what takes them can do nothing with, where the kind is known for sure. */
export function checkKinds(file: string, steps: readonly Step[], reporter: Reporter): void {
  new KindCheck(file, reporter).steps(steps);
}

/** What kinds are called in messages. */
const WORDS: Readonly<Record<Sort, string>> = {
  text: 'a text',
  address: 'an address',
  colour: 'a colour',
  markup: 'markup',
  date: 'a date',
  number: 'a number',
  bool: 'true or false',
  list: 'a list',
  map: 'an object',
  object: 'an object',
};

class KindCheck {
  constructor(
    private readonly file: string,
    private readonly reporter: Reporter,
  ) {}

  steps(steps: readonly Step[]): void {
    for (const step of steps) {
      this.step(step);
      if ('body' in step) this.steps(step.body);
      if ('else' in step) this.steps(step.else);
    }
  }

  private step(step: Step): void {
    switch (step.op) {
      case 'print':
        if (step.expr.op === 'get') this.printed(step.expr);
        return this.inside(step.expr);
      case 'snippet':
        return step.args.forEach(([, expr]) => this.inside(expr));
      case 'if': {
        const { value, cases } = step.test;
        for (const one of cases ?? []) this.equal(value, one, 'is never');
        return [value, ...(cases ?? [])].forEach((expr) => this.inside(expr));
      }
      case 'each':
        this.takes(step.list, TAKES['each']![0]!, '{{#each}}');
        for (const [name, expr] of [
          ['limit', step.limit],
          ['offset', step.offset],
        ] as const)
          if (expr) this.takes(expr, OPTION_TAKES.number!, `${name}=`);
        return [step.list, step.limit, step.offset].forEach((one) => one && this.inside(one));
      case 'with':
        return this.inside(step.value);
      case 'form':
        if (step.object && ['cart-add', 'product'].includes(step.type))
          this.takes(step.object, IDENTIFIED, `{{#form "${step.type}"}}`);
        if (step.object) this.inside(step.object);
        return step.hash.forEach(([, expr]) => this.inside(expr));
      default:
    }
  }

  /** Checks what calls within an expression are given. */
  private inside(expr: Expr): void {
    if (expr.op !== 'call') return;
    const { spec, args, hash } = expr;
    const wanted = TAKES[spec.name] ?? [];
    for (const [i, arg] of args.entries()) {
      if (wanted[i]) this.takes(arg, wanted[i], spec.name);
      this.inside(arg);
    }
    for (const [key, value] of hash) {
      const type = Object.hasOwn(spec.hash, key) ? spec.hash[key]! : 'any';
      const takes = OPTION_TAKES[type];
      if (takes) this.takes(value, takes, `${key}=`);
      this.inside(value);
    }
    if ((spec.name === 'eq' || spec.name === 'ne') && args.length === 2)
      this.equal(args[0]!, args[1]!, spec.name === 'eq' ? 'is never' : 'is always other than');
  }

  /** Objects and lists print nothing. */
  private printed(expr: Extract<Expr, { op: 'get' }>): void {
    const sort = sortOf(expr.kind);
    if (sort !== 'object' && sort !== 'list' && sort !== 'map') return;
    const what = nameOf(expr.kind);
    const better = fieldsOf(expr.kind).find((one) =>
      ['title', 'name', 'label', 'value'].includes(one),
    );
    this.tell(expr, `${what} prints nothing`, better);
  }

  private takes(expr: Expr, wanted: Wanted, by: string): void {
    const { words, sorts, field, numeric } = wanted;
    const sort = sortOf(expr.kind);
    if (sort === null) return;
    const fits = sorts.has(sort) && !(numeric && isWord(expr));
    if (fits && (sort !== 'object' || field === undefined || hasField(expr.kind, field))) return;
    const given = expr.op === 'lit' ? JSON.stringify(expr.value) : nameOf(expr.kind);
    this.tell(expr, `${by} takes ${words}, and this is ${given}`, fieldThatFits(expr, wanted));
  }

  /** Values of different kinds are never equal, and none is changed to be compared. */
  private equal(a: Expr, b: Expr, how: string): void {
    const [x, y] = [sortOf(a.kind), sortOf(b.kind)];
    if (x === null || y === null || !(a.op === 'lit' || b.op === 'lit')) return;
    const [first, second] = [family(x), family(y)];
    if (first === second) return;
    const [lit, other] = b.op === 'lit' ? [b, a] : [a, b];
    if (lit.op !== 'lit') return;
    const text = String(lit.value);
    const better = PLAIN[family(sortOf(other.kind)!)]?.test(text) ? text : undefined;
    this.tell(lit, `${nameOf(other.kind)} ${how} ${JSON.stringify(lit.value)}`, better);
  }

  private tell(expr: Expr, message: string, better: string | undefined): void {
    const meant = better === undefined ? {} : { suggest: { name: '', among: [], known: [better] } };
    this.reporter.add(this.file, expr.loc, 'C_KIND', message, meant);
  }
}

/** Texts that were meant without their quotes. */
const PLAIN: Readonly<Record<string, RegExp>> = {
  number: /^-?\d+(\.\d+)?$/,
  bool: /^(true|false)$/,
};

/** Sorts whose values may be equal. */
function family(sort: Sort): 'number' | 'bool' | 'object' | 'text' {
  if (sort === 'number' || sort === 'bool') return sort;
  return sort === 'list' || sort === 'map' || sort === 'object' ? 'object' : 'text';
}

/** A literal text that is no number where a number is wanted and texts are taken for theirs. */
function isWord(expr: Expr): boolean {
  return expr.op === 'lit' && typeof expr.value === 'string' && !/^-?\d+(\.\d+)?$/.test(expr.value);
}

function hasField(kind: string, field: string): boolean {
  return fieldsOf(kind).includes(field);
}

/** The field of an object that fits where the object does not. */
function fieldThatFits(expr: Expr, { sorts, field }: Wanted): string | undefined {
  const bare = expr.kind.replace(/[?]$/, '');
  if (!Object.hasOwn(SHAPES, bare)) return undefined;
  const shape = SHAPES[bare as keyof typeof SHAPES] as Readonly<Record<string, string>>;
  const fits = (name: string, wanted: Sort) =>
    sortOf(shape[name]!) === wanted &&
    (wanted === 'object' ? field === undefined || hasField(shape[name]!, field) : LIKELY.has(name));
  for (const sort of sorts) {
    const name = Object.keys(shape).find((one) => fits(one, sort));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Fields that are meant most often when their object is handed in. */
const LIKELY = new Set('title name url price products items links values published_at'.split(' '));

/** A kind in words: `the object image`, `a list`. */
export function nameOf(kind: string): string {
  const bare = kind.replace(/[?]$/, '');
  const sort = sortOf(bare);
  if (sort === 'object') return `the object ${bare}`;
  if (sort === 'list') return 'a list';
  return sort === null ? bare : WORDS[sort];
}

/** Says whether a value of a kind surely is not what a snippet declares to take. */
export function cannotBe(given: string, declared: string): boolean {
  const [have, want] = [sortOf(given), sortOf(declared)];
  if (have === null || want === null || have === 'map' || want === 'map') return false;
  const [first, second] = [family(have), family(want)];
  // Scalars print as they are; what is empty or not is asked of any value.
  if (first !== 'object' && second !== 'object') return false;
  if (have !== want) return want !== 'bool';
  if (have === 'list') return cannotBe(itemKind(given), itemKind(declared));
  const [has, wants] = [new Set(fieldsOf(given)), fieldsOf(declared)];
  // A variant may stand in for a product where only prices are read; a collection or an image may not.
  const common = wants.filter((field) => has.has(field)).length;
  return common * 3 < wants.length;
}
