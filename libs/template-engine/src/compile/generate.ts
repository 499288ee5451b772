import { LIMITS } from '../limits';
import { octets } from '../runtime/octets';
import { raw, truthy } from '../runtime/values';
import { escapeText } from './fold-text';
import {
  type Constant,
  constantOf,
  literal,
  type Writer,
  writeExpr,
  writeHash,
  writePrinted,
  writeSame,
} from './generate-expr';
import type { EachStep, Expr, PrintStep, SnippetStep, Step, Test, Unit } from './ir';
import { Repeats } from './repeats';
import { weigh } from './weigh';

/** What a body needs to know of the theme around it. */
export interface Surroundings {
  /** How a snippet is called. */
  call(name: string): { readonly unit: Unit; readonly source: string };
  /** The writer for a snippet that is written into its caller; null when it shall be called. */
  inline(unit: Unit, args: Writer['args']): Writer | null;
}

/** Writes the bodies of functions: text and expressions joined into `o`, budgets subtracted as they go. */
export class BodyWriter {
  private readonly out: string[] = [];
  private pending: string[] = [];
  /** Constant markup that stands behind what is pending. */
  private constant = '';
  private sinceCheck = 0;
  private readonly repeats: Repeats;

  constructor(
    private w: Writer,
    private readonly around: Surroundings,
  ) {
    this.repeats = new Repeats(() => {
      const name = this.w.fresh('e');
      this.w.temps.push(name);
      return name;
    });
  }

  /** The source of a function body that returns its markup; layouts return the parts around their holes. */
  write(unit: Unit): string {
    const layout = unit.role === 'layout';
    this.steps(unit.steps);
    this.flush();
    const body = this.repeats.resolve(this.out.join(''));
    const temps = this.w.temps.length > 0 ? `let ${this.w.temps.join(',')};` : '';
    const at = this.w.at({ loc: unit.steps[0]?.loc ?? START });
    const enter = this.budget(`if((s.steps-=${weigh(unit.steps)})<0)s.stop(${at},0);`);
    const leave = this.budget(`if(o.length>s.room)s.stop(${at},o.length);`);
    const end = layout ? 'r.push(o);return r;' : 'return o;';
    return `${layout ? 'const r=[];' : ''}let o="";${temps}${enter}${body}${leave}${end}`;
  }

  /** A check of budgets; nothing in code that was asked to go without, to measure what they cost. */
  private budget(source: string): string {
    return this.w.budgets ? source : '';
  }

  private steps(steps: readonly Step[]): void {
    for (const step of steps) this.step(step);
  }

  private step(step: Step): void {
    switch (step.op) {
      case 'text':
        return this.text(octets(step.value));
      case 'print':
        return this.print(step);
      case 'snippet':
        return this.snippet(step);
      case 'blocks':
        return this.dynamic(`B.all(v,s,${this.w.at(step)})`, step);
      case 'hole':
        this.flush();
        this.out.push('r.push(o);o="";');
        return;
      case 'block':
        return this.dynamic(
          `B.one(v,s,${this.w.at(step)},${literal(octets(step.id))},${literal(octets(step.type))})`,
          step,
        );
      default:
        return this.block(step);
    }
  }

  /** A small snippet is written where it is called, its arguments become constants of the code; others are called. */
  private snippet(step: SnippetStep): void {
    const { unit, source } = this.around.call(step.name);
    const given = new Map(step.args);
    const values = unit.args.map((name) => {
      const expr = given.get(name);
      const known = expr ? this.shortConstant(expr) : { value: undefined };
      return { name, known, source: expr ? writeExpr(this.w, expr) : 'undefined' };
    });
    const names = new Map(
      values.map(({ name, known }) => [name, known ?? this.w.fresh('a')] as const),
    );
    const inside = this.around.inline(unit, names);
    if (!inside) {
      const args = values.map((value) => value.source);
      return this.dynamic(`${source}(${['v', 's', ...args].join(',')})`, step);
    }
    this.flush();
    const constants = values.flatMap((value) =>
      value.known ? [] : [`const ${names.get(value.name) as string}=${value.source};`],
    );
    this.out.push(`{${constants.join('')}`);
    const outer = this.w;
    this.w = inside;
    const at = inside.at({ loc: unit.steps[0]?.loc ?? START });
    this.out.push(
      this.budget(`if((s.steps-=${weigh(unit.steps)})<0||o.length>s.room)s.stop(${at},o.length);`),
    );
    this.sinceCheck = 0;
    this.steps(unit.steps);
    this.flush();
    this.out.push(`${this.budget(`if(o.length>s.room)s.stop(${at},o.length);`)}}`);
    this.sinceCheck = 0;
    this.w = outer;
  }

  /** A constant that may be written wherever the snippet has the argument. */
  private shortConstant(expr: Expr): Constant | null {
    const known = constantOf(this.w, expr);
    return typeof known?.value === 'string' && known.value.length > MOST_COPIED ? null : known;
  }

  /** Statements with a body. */
  private block(
    step: Exclude<Step, { op: 'text' | 'print' | 'snippet' | 'blocks' | 'block' | 'hole' }>,
  ): void {
    switch (step.op) {
      case 'if':
        return this.choose(step);
      case 'each':
        return this.each(step);
      case 'with':
        this.flush();
        this.out.push(`{const x${step.id}=${writeExpr(this.w, step.value)};`);
        this.repeats.inside([step.id], () => this.branch(step.body, step.else, `T(x${step.id})`));
        this.out.push('}');
        return;
      case 'form':
        return this.form(step);
      case 'paginate':
        this.flush();
        this.out.push(
          `{const x${step.id}=(s.at=${this.w.at(step)},L.paginate(s,${writeExpr(this.w, step.total)},${writeExpr(this.w, step.by)}));`,
        );
        this.repeats.inside([step.id], () => this.steps(step.body));
        this.flush();
        this.out.push('}');
        return;
    }
  }

  private form(step: Extract<Step, { op: 'form' }>): void {
    const object = step.object ? writeExpr(this.w, step.object) : 'null';
    const open = `L.formOpen(s,${literal(step.type)},${object},${writeHash(this.w, step.hash, 'form')})`;
    this.dynamic(open, step);
    this.steps(step.body);
    this.text('</form>');
  }

  private choose(step: Extract<Step, { op: 'if' }>): void {
    const { value, negate, zeroCounts, cases } = step.test;
    const known = cases ? null : constantOf(this.w, value);
    if (!known) return this.branch(step.body, step.else, this.test(step.test));
    const holds = truthy(known.value) || (zeroCounts && known.value === 0);
    this.steps(holds === negate ? step.else : step.body);
  }

  private branch(then: readonly Step[], otherwise: readonly Step[], test: string): void {
    this.flush();
    const counted = this.sinceCheck;
    this.out.push(`if(${test}){`);
    this.repeats.inside([], () => this.steps(then));
    this.flush();
    const afterThen = this.sinceCheck;
    this.sinceCheck = counted;
    this.out.push('}');
    if (otherwise.length > 0) {
      this.out.push('else{');
      this.repeats.inside([], () => this.steps(otherwise));
      this.flush();
      this.out.push('}');
    }
    // Either way may have been taken: what counts is the longer one.
    this.sinceCheck = Math.max(afterThen, this.sinceCheck, counted);
  }

  private each(step: EachStep): void {
    const { id } = step;
    this.flush();
    const at = this.w.at(step);
    const bound = (expr: Expr | null) => (expr ? writeExpr(this.w, expr) : 'undefined');
    const offset = bound(step.offset);
    const asked = `L.loopItems(s,c${id},${offset},${bound(step.limit)})`;
    // A list that is looped over from its start is not copied.
    const limit = step.limit ? constantOf(this.w, step.limit)?.value : Infinity;
    const whole = !step.offset && typeof limit === 'number' && limit >= 0;
    const items = whole ? `A(c${id})?c${id}:${asked}` : asked;
    const count =
      whole && limit < Infinity ? `M(l${id}.length,${Math.trunc(limit)})` : `l${id}.length`;
    this.out.push(
      `{const c${id}=${writeExpr(this.w, step.list)};s.at=${at};`,
      `const l${id}=${items},n${id}=${count},`,
      `k${id}=${step.needsKeys ? `A(c${id})?null:L.loopKeys(s,c${id},${offset})` : 'null'};`,
      step.else.length > 0 ? `if(n${id}>0){` : '',
      `for(let i${id}=0;i${id}<n${id};i${id}++){`,
      this.budget(
        `if((s.steps-=${weigh(step.body) + 1})<0||o.length>s.room)s.stop(${at},o.length);`,
      ),
      `const x${id}=l${id}[i${id}];`,
    );
    this.sinceCheck = 0;
    this.repeats.inside([id], () => this.steps(step.body));
    this.flush();
    this.out.push('}');
    if (step.else.length > 0) {
      this.out.push('}else{');
      this.repeats.inside([], () => this.steps(step.else));
      this.flush();
      this.out.push('}');
    }
    this.out.push('}');
  }

  private test(test: Test): string {
    const value = writeExpr(this.w, test.value);
    if (test.cases) {
      const temp = this.w.fresh('q');
      this.w.temps.push(temp);
      const cases = test.cases.map((one) => writeSame(this.w, temp, one));
      return `(${temp}=${value},${cases.join('||') || 'false'})`;
    }
    const truth = test.value.kind === 'bool' && test.value.op === 'call' ? value : `T(${value})`;
    const full = test.zeroCounts ? `(${truth}||${value}===0)` : truth;
    return test.negate ? `!${full}` : full;
  }

  private print(step: PrintStep): void {
    const constant = this.constantMarkup(step);
    if (constant !== null) this.text(constant);
    else {
      const source = this.printed(step);
      if (CONSTANT.test(source)) this.text(JSON.parse(source) as string);
      else this.dynamic(source, step);
    }
  }

  /** What a print of a constant gives; null when it is no constant, or not plain text. */
  private constantMarkup({ expr, escaped, place: { mode } }: PrintStep): string | null {
    if (mode !== 'data' && mode !== 'attr') return null;
    const known = expr.op === 'call' ? null : constantOf(this.w, expr);
    if (!known) return null;
    const text = raw(known.value);
    return escaped || mode === 'attr' ? escapeText(text) : text;
  }

  /**
   * Escaping by place: markup of our own helpers passes in text, addresses are guarded, and helpers whose printed form
   * is known to be safe print it at once.
   */
  private printed({ expr, escaped, place: { mode } }: PrintStep): string {
    const name = expr.op === 'call' ? expr.spec.name : '';
    const text = mode === 'data' || mode === 'attr';
    if (expr.op === 'call' && name === 't' && text && (mode === 'data' || isPlainText(expr)))
      return this.w.text(expr, true, (source) => this.repeats.reuse(source));
    // An address that image_url gives is guarded by it.
    if (expr.op === 'call' && expr.spec.printed)
      if (text || (mode === 'url' && expr.spec.returns === 'url'))
        return writePrinted(this.w, expr);
    const value = writeExpr(this.w, expr);
    if (mode === 'url') return this.once(expr, `U(${value})`);
    if (mode === 'css') return value;
    if (mode === 'style') return `L.css(${value})`;
    if (mode === 'css-attr') return `E(L.css(${value}))`;
    const made = expr.op === 'call' ? expr.spec.returns : '';
    if (mode === 'tag') return `R(${value})`;
    if ((made === 'html' && mode !== 'attr') || made === 'safe') return value;
    return this.once(expr, escaped || mode === 'attr' ? `E(${value})` : `R(${value})`);
  }

  /** A print that keeps what it gives when it stands elsewhere again. */
  private once(expr: Expr, source: string): string {
    return expr.op === 'get' && expr.root.at !== 'loop' ? this.repeats.print(source) : source;
  }

  private dynamic(source: string, step: Step): void {
    this.source(source);
    if (++this.sinceCheck < LIMITS.checkEvery) return;
    this.flush();
    this.out.push(this.budget(`if(o.length>s.room)s.stop(${this.w.at(step)},o.length);`));
    this.sinceCheck = 0;
  }

  /** Constant markup in octets; what stands side by side is one text in the code. */
  private text(markup: string): void {
    this.constant += markup;
  }

  private source(source: string): void {
    if (this.constant !== '') this.pending.push(literal(this.constant));
    this.constant = '';
    if (source !== '') this.pending.push(source);
  }

  private flush(): void {
    this.source('');
    if (this.pending.length > 0) this.out.push(`o+=${this.pending.join('+')};`);
    this.pending = [];
  }
}

/** A constant argument with more characters than these is handed to a snippet instead of being copied into it. */
const MOST_COPIED = 1000;

/** A text of the locale without placeholders, as source. */
const CONSTANT = /^"(?:[^"\\]|\\.)*"$/;

const START = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

/** A text whose key does not end with `_html` is escaped in attributes as it is between elements. */
function isPlainText(call: Extract<PrintStep['expr'], { op: 'call' }>): boolean {
  const key = call.args[0];
  return key?.op === 'lit' && !String(key.value).endsWith('_html');
}
