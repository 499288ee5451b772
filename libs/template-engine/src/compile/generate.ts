import { LIMITS } from '../limits';
import { type Writer, literal, writeExpr, writeHash } from './generate-expr';
import type { EachStep, Expr, PrintStep, Step, Test, Unit } from './ir';

/** Writes the bodies of functions: text and expressions joined into `o`, budgets subtracted as they go. */
export class BodyWriter {
  private readonly out: string[] = [];
  private pending: string[] = [];
  private sinceCheck = 0;

  constructor(
    private readonly w: Writer,
    private readonly snippetArgs: (name: string) => readonly string[],
    private readonly functionOf: (name: string) => string,
  ) {}

  /** The source of a function body that returns its markup; layouts return the parts around their holes. */
  write(unit: Unit): string {
    const layout = unit.role === 'layout';
    this.steps(unit.steps);
    this.flush();
    const temps = this.w.temps.length > 0 ? `let ${this.w.temps.join(',')};` : '';
    const at = this.w.at({ loc: unit.steps[0]?.loc ?? START });
    const enter = `if((s.steps-=${weigh(unit.steps)})<0)s.stop(${at},0);`;
    const leave = `if(o.length>s.room)s.stop(${at},o.length);`;
    const end = layout ? 'r.push(o);return r;' : 'return o;';
    return `${layout ? 'const r=[];' : ''}let o="";${temps}${enter}${this.out.join('')}${leave}${end}`;
  }

  private steps(steps: readonly Step[]): void {
    for (const step of steps) this.step(step);
  }

  private step(step: Step): void {
    switch (step.op) {
      case 'text':
        this.pending.push(literal(step.value));
        return;
      case 'print':
        return this.dynamic(this.print(step), step);
      case 'snippet': {
        const given = new Map(step.args);
        const args = this.snippetArgs(step.name).map((name) => {
          const expr = given.get(name);
          return expr ? writeExpr(this.w, expr) : 'undefined';
        });
        return this.dynamic(
          `${this.functionOf(step.name)}(${['v', 's', ...args].join(',')})`,
          step,
        );
      }
      case 'blocks':
        return this.dynamic(`B.all(v,s,${this.w.at(step)})`, step);
      case 'hole':
        this.flush();
        this.out.push('r.push(o);o="";');
        return;
      case 'block':
        return this.dynamic(
          `B.one(v,s,${this.w.at(step)},${literal(step.id)},${literal(step.type)})`,
          step,
        );
      default:
        return this.block(step);
    }
  }

  /** Statements with a body. */
  private block(
    step: Exclude<Step, { op: 'text' | 'print' | 'snippet' | 'blocks' | 'block' | 'hole' }>,
  ): void {
    switch (step.op) {
      case 'if':
        return this.branch(step.body, step.else, this.test(step.test));
      case 'each':
        return this.each(step);
      case 'with':
        this.flush();
        this.out.push(`{const x${step.id}=${writeExpr(this.w, step.value)};`);
        this.branch(step.body, step.else, `L.truthy(x${step.id})`);
        this.out.push('}');
        return;
      case 'form':
        return this.form(step);
      case 'paginate':
        this.flush();
        this.out.push(
          `{const x${step.id}=(s.at=${this.w.at(step)},L.paginate(s,${writeExpr(this.w, step.total)},${writeExpr(this.w, step.by)}));`,
        );
        this.steps(step.body);
        this.flush();
        this.out.push('}');
        return;
    }
  }

  private form(step: Extract<Step, { op: 'form' }>): void {
    const object = step.object ? writeExpr(this.w, step.object) : 'null';
    const open = `L.formOpen(s,${literal(step.type)},${object},${writeHash(this.w, step.hash)})`;
    this.dynamic(open, step);
    this.steps(step.body);
    this.pending.push('"</form>"');
  }

  private branch(then: readonly Step[], otherwise: readonly Step[], test: string): void {
    this.flush();
    const counted = this.sinceCheck;
    this.out.push(`if(${test}){`);
    this.steps(then);
    this.flush();
    const afterThen = this.sinceCheck;
    this.sinceCheck = counted;
    this.out.push('}');
    if (otherwise.length > 0) {
      this.out.push('else{');
      this.steps(otherwise);
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
    this.out.push(
      `{const c${id}=${writeExpr(this.w, step.list)};s.at=${at};`,
      `const l${id}=L.loopItems(s,c${id},${offset},${bound(step.limit)}),n${id}=l${id}.length,`,
      `k${id}=${step.needsKeys ? `L.loopKeys(s,c${id},${offset})` : 'null'};`,
      step.else.length > 0 ? `if(n${id}>0){` : '',
      `for(let i${id}=0;i${id}<n${id};i${id}++){`,
      `if((s.steps-=${weigh(step.body) + 1})<0||o.length>s.room)s.stop(${at},o.length);`,
      `const x${id}=l${id}[i${id}];`,
    );
    this.sinceCheck = 0;
    this.steps(step.body);
    this.flush();
    this.out.push('}');
    if (step.else.length > 0) {
      this.out.push('}else{');
      this.steps(step.else);
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
      const cases = test.cases.map((one) => `L.helpers.eq(s,${temp},${writeExpr(this.w, one)})`);
      return `(${temp}=${value},${cases.join('||') || 'false'})`;
    }
    const truth =
      test.value.kind === 'bool' && test.value.op === 'call' ? value : `L.truthy(${value})`;
    const full = test.zeroCounts ? `(${truth}||${value}===0)` : truth;
    return test.negate ? `!${full}` : full;
  }

  /** Escaping by place: markup of our own helpers passes in text, numbers pass everywhere, addresses are guarded. */
  private print({ expr, escaped, place }: PrintStep): string {
    if (expr.op === 'call' && expr.spec.name === 't' && place.mode === 'data')
      return this.w.text(expr, true);
    const value = writeExpr(this.w, expr);
    if (place.mode === 'url') return `L.esc(L.safeUrl(${value}))`;
    if (place.mode === 'css') return value;
    if (place.mode === 'style') return `L.css(${value})`;
    if (place.mode === 'css-attr') return `L.esc(L.css(${value}))`;
    const made = expr.op === 'call' ? expr.spec.returns : '';
    if (place.mode === 'tag') return `L.raw(${value})`;
    if (made === 'html' && place.mode !== 'attr') return value;
    if (made === 'safe') return value;
    return escaped || place.mode === 'attr' ? `L.esc(${value})` : `L.raw(${value})`;
  }

  private dynamic(source: string, step: Step): void {
    this.pending.push(source);
    if (++this.sinceCheck < LIMITS.checkEvery) return;
    this.flush();
    this.out.push(`if(o.length>s.room)s.stop(${this.w.at(step)},o.length);`);
    this.sinceCheck = 0;
  }

  private flush(): void {
    if (this.pending.length > 0) this.out.push(`o+=${this.pending.join('+')};`);
    this.pending = [];
  }
}

const START = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

/** The static weight of a body in steps: every node one, helpers as their spec says; loops weigh when they turn. */
export function weigh(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + weighStep(step), 1);
}

function weighStep(step: Step): number {
  switch (step.op) {
    case 'print':
      return weighExpr(step.expr);
    case 'snippet':
      return 2 + step.args.reduce((sum, [, expr]) => sum + weighExpr(expr), 0);
    case 'if':
      return 1 + weighExpr(step.test.value) + weigh(step.body) + weigh(step.else);
    case 'each':
      return 2 + weighExpr(step.list) + weigh(step.else);
    case 'with':
      return 1 + weighExpr(step.value) + weigh(step.body) + weigh(step.else);
    case 'form':
    case 'paginate':
      return 5 + weigh(step.body);
    case 'blocks':
    case 'block':
      return 5;
    default:
      return 1;
  }
}

function weighExpr(expr: Expr): number {
  if (expr.op !== 'call') return 1;
  const args = [...expr.args, ...expr.hash.map(([, value]) => value)];
  return expr.spec.cost + args.reduce((sum, arg) => sum + weighExpr(arg), 0);
}
