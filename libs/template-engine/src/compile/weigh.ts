import type { Expr, Step, Test } from './ir';

/** The static weight of a body in steps: every node one, helpers as their spec says; loops weigh when they turn. */
export function weigh(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + weighStep(step), 1);
}

function weighStep(step: Step): number {
  switch (step.op) {
    case 'print':
      return weighExpr(step.expr);
    case 'snippet':
      return 2 + weighAll(valuesOf(step.args));
    case 'if':
      return 1 + weighTest(step.test) + weigh(step.body) + weigh(step.else);
    case 'each':
      return 2 + weighAll([step.list, step.limit, step.offset]) + weigh(step.else);
    case 'with':
      return 1 + weighExpr(step.value) + weigh(step.body) + weigh(step.else);
    case 'form':
      return 4 + weighAll([step.object, ...valuesOf(step.hash)]) + weigh(step.body);
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
  return expr.spec.cost + weighAll([...expr.args, ...valuesOf(expr.hash)]);
}

function weighTest({ value, cases }: Test): number {
  return weighExpr(value) + weighAll(cases ?? []);
}

function weighAll(exprs: readonly (Expr | null)[]): number {
  return exprs.reduce((sum, expr) => sum + (expr === null ? 0 : weighExpr(expr)), 0);
}

function valuesOf(pairs: readonly (readonly [string, Expr])[]): Expr[] {
  return pairs.map(([, value]) => value);
}

/** The number of statements of a body with all bodies inside, as a measure of its code. */
export function countSteps(steps: readonly Step[]): number {
  return steps.reduce(
    (sum, step) =>
      sum +
      1 +
      ('body' in step ? countSteps(step.body) : 0) +
      ('else' in step ? countSteps(step.else) : 0),
    0,
  );
}
