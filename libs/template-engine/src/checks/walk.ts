import type { Expr, Step } from '../compile/ir';

/** Every expression of some statements, with those inside other expressions. */
export function expressions(steps: readonly Step[], found: Expr[] = []): Expr[] {
  for (const step of steps) {
    for (const expr of own(step)) collect(expr, found);
    if ('body' in step) expressions(step.body, found);
    if ('else' in step) expressions(step.else, found);
  }
  return found;
}

function own(step: Step): readonly Expr[] {
  switch (step.op) {
    case 'print':
      return [step.expr];
    case 'snippet':
      return step.args.map(([, expr]) => expr);
    case 'if':
      return [step.test.value, ...(step.test.cases ?? [])];
    case 'each':
      return [step.list, step.limit, step.offset].filter((one) => one !== null);
    case 'with':
      return [step.value];
    case 'form':
      return [...(step.object ? [step.object] : []), ...step.hash.map(([, expr]) => expr)];
    case 'paginate':
      return [step.total, step.by];
    default:
      return [];
  }
}

function collect(expr: Expr, found: Expr[]): void {
  found.push(expr);
  if (expr.op !== 'call') return;
  for (const inner of expr.args) collect(inner, found);
  for (const [, value] of expr.hash) collect(value, found);
}

/** The tests of `if`, `unless`, `match` and `with` in some statements, with those inside. */
export function tests(steps: readonly Step[], found: Expr[] = []): Expr[] {
  for (const step of steps) {
    if (step.op === 'if') collect(step.test.value, found);
    if (step.op === 'with') collect(step.value, found);
    if ('body' in step) tests(step.body, found);
    if ('else' in step) tests(step.else, found);
  }
  return found;
}
