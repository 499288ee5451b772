import type { Expr, Step } from './ir';

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
