import { LIMITS } from '../limits';
import { octets } from '../runtime/octets';
import { raw, truthy } from '../runtime/values';
import { escapeText } from './fold-text';
import {
  constantOf,
  literal,
  type TextPart,
  type Writer,
  writeExpr,
  writeHash,
  writePrinted,
  writeSame,
} from './generate-expr';
import type { EachStep, Expr, PrintStep, SnippetStep, Step, Test, Unit } from './ir';
import { Repeats } from './repeats';
import { type Body, Output } from './output';
import { behind, choice, type Late, NOTHING, plain, type Seam } from './seams';
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
  private readonly o = new Output();
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
    const body = this.repeats.resolve(this.o.join(this.o.end()));
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
        return this.o.text(octets(step.value));
      case 'print':
        return this.print(step);
      case 'snippet':
        return this.snippet(step);
      case 'blocks':
        return this.dynamic(`B.all(v,s,${this.w.at(step)})`, step);
      case 'hole':
        return this.o.statement('r.push(o);o="";');
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
      const known = expr ? constantOf(this.w, expr) : { value: undefined };
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
    const constants = values.flatMap((value) =>
      value.known ? [] : [`const ${names.get(value.name) as string}=${value.source};`],
    );
    const outer = this.w;
    this.w = inside;
    const at = inside.at({ loc: unit.steps[0]?.loc ?? START });
    const enter = `if((s.steps-=${weigh(unit.steps)})<0||o.length>s.room)s.stop(${at},o.length);`;
    this.o.between(`{${constants.join('')}${this.budget(enter)}`);
    this.sinceCheck = 0;
    this.steps(unit.steps);
    this.o.between(`${this.budget(`if(o.length>s.room)s.stop(${at},o.length);`)}}`);
    this.sinceCheck = 0;
    this.w = outer;
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
      case 'with': {
        const local = { lead: `const x${step.id}=${writeExpr(this.w, step.value)};`, id: step.id };
        return this.branch(step.body, step.else, `T(x${step.id})`, local);
      }
      case 'form':
        return this.form(step);
      case 'paginate':
        this.o.between(
          `{const x${step.id}=(s.at=${this.w.at(step)},L.paginate(s,${writeExpr(this.w, step.total)},${writeExpr(this.w, step.by)}));`,
        );
        this.repeats.inside([step.id], () => this.steps(step.body));
        return this.o.between('}');
    }
  }

  private form(step: Extract<Step, { op: 'form' }>): void {
    const object = step.object ? writeExpr(this.w, step.object) : 'null';
    const open = `L.formOpen(s,${literal(step.type)},${object},${writeHash(this.w, step.hash)})`;
    this.dynamic(open, step);
    this.steps(step.body);
    this.o.text('</form>');
  }

  private choose(step: Extract<Step, { op: 'if' }>): void {
    const { value, negate, zeroCounts, cases } = step.test;
    const known = cases ? null : constantOf(this.w, value);
    if (!known) return this.branch(step.body, step.else, this.test(step.test));
    const holds = truthy(known.value) || (zeroCounts && known.value === 0);
    this.steps(holds === negate ? step.else : step.body);
  }

  /** @param local a local that both branches stand behind */
  private branch(
    then: readonly Step[],
    otherwise: readonly Step[],
    ...[test, local]: [string, { lead: string; id: number }?]
  ): void {
    const { carried } = this.o;
    const locals = local ? [local.id] : [];
    const counted = this.sinceCheck;
    const yes = this.body(then, plain(carried), locals);
    const afterThen = this.sinceCheck;
    this.sinceCheck = counted;
    const no = this.body(otherwise, plain(carried), locals);
    // Either way may have been taken: what counts is the longer one.
    this.sinceCheck = Math.max(afterThen, this.sinceCheck, counted);
    if (yes.code + no.code === '' && !local) {
      const [one, other] = [yes.rest.slice(carried.length), no.rest.slice(carried.length)];
      return this.o.decide(test, one, other);
    }
    this.o.handOver(carried);
    const kept = yes.rest === no.rest ? '' : this.temp('q');
    const asked = kept === '' ? test : `${kept}=${test}`;
    const source = `if(${asked}){${yes.code}}${no.code === '' ? '' : `else{${no.code}}`}`;
    this.o.statement(local ? `{${local.lead}${source}}` : source);
    this.o.rest(kept, yes.rest, no.rest);
  }

  private each(step: EachStep): void {
    const { id } = step;
    const { carried } = this.o;
    this.o.handOver(carried);
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
    const head = [
      `{const c${id}=${writeExpr(this.w, step.list)};s.at=${at};`,
      `const l${id}=${items},n${id}=${count},`,
      `k${id}=${step.needsKeys ? `A(c${id})?null:L.loopKeys(s,c${id},${offset})` : 'null'};`,
    ];
    this.sinceCheck = 0;
    // What ends a round is joined to what begins the next, and to what stands behind the last.
    const last: Late = { text: '' };
    const first = this.o.roomy ? choice(`i${id}===0`, plain(carried), behind(last)) : NOTHING;
    const turn = this.body(step.body, first, [id]);
    last.text = turn.rest;
    const no = this.body(step.else, plain(carried), []);
    const kept = turn.rest === no.rest ? '' : this.temp('q');
    const check = `if((s.steps-=${weigh(step.body) + 1})<0||o.length>s.room)s.stop(${at},o.length);`;
    const loop =
      `for(let i${id}=0;i${id}<n${id};i${id}++){${this.budget(check)}` +
      `const x${id}=l${id}[i${id}];${turn.code}}`;
    this.o.statement(
      head.join('') +
        (kept === '' ? '' : `${kept}=n${id}>0;`) +
        (no.code === '' ? loop : `if(n${id}>0){${loop}}else{${no.code}}`) +
        '}',
    );
    this.o.rest(kept, turn.rest, no.rest);
  }

  private body(steps: readonly Step[], before: Seam, locals: readonly number[]): Body {
    return this.o.body(before, () => this.repeats.inside(locals, () => this.steps(steps)));
  }

  private temp(prefix: string): string {
    const name = this.w.fresh(prefix);
    this.w.temps.push(name);
    return name;
  }

  private test(test: Test): string {
    const value = writeExpr(this.w, test.value);
    if (test.cases) {
      const temp = this.temp('q');
      const cases = test.cases.map((one) => writeSame(this.w, temp, one));
      return `(${temp}=${value},${cases.join('||') || 'false'})`;
    }
    const truth = test.value.kind === 'bool' && test.value.op === 'call' ? value : `T(${value})`;
    const full = test.zeroCounts ? `(${truth}||${value}===0)` : truth;
    return test.negate ? `!${full}` : full;
  }

  private print(step: PrintStep): void {
    const constant = this.constantMarkup(step);
    if (constant !== null) return this.o.text(constant);
    for (const part of this.textParts(step) ?? [{ source: this.printed(step) }])
      if ('text' in part) this.o.text(part.text);
      else this.dynamic(part.source, step);
  }

  /** The parts of a text of the locale that is printed as it is; null for any other print. */
  private textParts({ expr, place: { mode } }: PrintStep): readonly TextPart[] | null {
    if (expr.op !== 'call' || expr.spec.name !== 't') return null;
    if (mode !== 'data' && !(mode === 'attr' && isPlainText(expr))) return null;
    return this.w.text(expr, true, (source) => this.repeats.reuse(source));
  }

  /** What a print of a constant gives; null when it is no constant, or not plain text. */
  private constantMarkup({ expr, place }: PrintStep): string | null {
    if (place.mode !== 'data' && place.mode !== 'attr') return null;
    const known = expr.op === 'call' ? null : constantOf(this.w, expr);
    if (!known) return null;
    return escapeText(raw(known.value));
  }

  /**
   * Escaping by place: markup of our own helpers passes in text, addresses are guarded, and helpers whose printed form
   * is known to be safe print it at once.
   */
  private printed({ expr, escaped, place: { mode } }: PrintStep): string {
    const text = mode === 'data' || mode === 'attr';
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
    this.o.source(source);
    if (++this.sinceCheck < LIMITS.checkEvery) return;
    this.o.statement(this.budget(`if(o.length>s.room)s.stop(${this.w.at(step)},o.length);`));
    this.sinceCheck = 0;
  }
}

const START = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

/** A text whose key does not end with `_html` is escaped in attributes as it is between elements. */
function isPlainText(call: Extract<PrintStep['expr'], { op: 'call' }>): boolean {
  const key = call.args[0];
  return key?.op === 'lit' && !String(key.value).endsWith('_html');
}
