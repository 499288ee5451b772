import type { CompiledFile } from '../compile/compile-file';
import type { Expr, Step } from '../compile/ir';
import type { FindSnippet } from './theme';

/** Helpers that hand on items of what they get, or count them: nothing is read by them. */
const HANDS_ON = new Set(
  'first last at slice where sort_by uniq default or and size not'.split(' '),
);

/** What files read of the settings below a path such as `section.settings`. */
export class SettingReads {
  readonly ids = new Set<string>();
  /** Something may read any of them: by a computed name, as JSON, or in a file that cannot be read. */
  open = false;
  private readonly seen = new Set<string>();

  /** @param find gives a snippet by its name */
  constructor(private readonly find: FindSnippet) {}

  /**
   * Follows a file and the snippets that it calls.
   * @param prefix where the settings stand for this file, `section.settings` or `$block.settings`
   * @param own what is written for them with an `@`, which means the same in every snippet
   */
  follow(file: CompiledFile, prefix: string, own: string): void {
    const key = `${file.unit.file} ${prefix}`;
    if (this.open || this.seen.has(key)) return;
    this.seen.add(key);
    if (file.failed) this.open = true;
    const { facts, steps } = file.unit;
    for (const path of facts.paths)
      if (path.startsWith(`${prefix}.`))
        this.ids.add(path.slice(prefix.length + 1).split(/[.[]/)[0]!);
    const whole = new Set(wholes(prefix).filter((path) => facts.paths.has(path)));
    if (whole.size > 0 && spreads(steps, whole)) this.open = true;
    for (const call of facts.calls) {
      const called = this.find(call.name);
      if (!called) {
        this.open = true;
        continue;
      }
      this.follow(called, own, own);
      for (const [name, path] of call.args)
        if (path !== null && (path === prefix || whole.has(path)))
          this.follow(called, `$${name}${prefix.slice(path.length)}`, own);
    }
  }
}

/** A path and what it stands in: `section.blocks[].settings`, `section.blocks[]`, `section.blocks`, `section`. */
function wholes(prefix: string): string[] {
  const ends = [...prefix.matchAll(/\[\]|\./g)].map((match) => prefix.slice(0, match.index));
  const items = [...prefix.matchAll(/\[\]/g)].map((match) => prefix.slice(0, match.index + 2));
  return [prefix, ...ends, ...items];
}

/** Says whether some statement does more with one of these values than to hand it on, to loop over it or to ask for it. */
function spreads(steps: readonly Step[], whole: ReadonlySet<string>): boolean {
  return steps.some(
    (step) =>
      taken(step).some((expr) => dumps(expr, whole)) ||
      ('body' in step && spreads(step.body, whole)) ||
      ('else' in step && spreads(step.else, whole)),
  );
}

/** Expressions of a statement whose value is not only handed on; of those that are, what stands inside. */
function taken(step: Step): readonly Expr[] {
  switch (step.op) {
    case 'print':
      return [step.expr];
    case 'snippet':
      return step.args.flatMap(([, expr]) => inside(expr));
    case 'if':
      return [step.test.value, ...(step.test.cases ?? [])].flatMap(inside);
    case 'each':
      // A loop over an object reads all its fields.
      return step.list.kind.endsWith('[]') ? inside(step.list) : [step.list];
    case 'with':
      return inside(step.value);
    case 'form':
      return [...(step.object ? [step.object] : []), ...step.hash.map(([, expr]) => expr)];
    default:
      return [];
  }
}

function inside(expr: Expr): readonly Expr[] {
  if (expr.op !== 'call') return [];
  return HANDS_ON.has(expr.spec.name) ? expr.args.flatMap(inside) : [expr];
}

function dumps(expr: Expr, whole: ReadonlySet<string>): boolean {
  if (expr.op === 'lit') return false;
  if (expr.op === 'get') return expr.path !== null && whole.has(expr.path);
  const args = HANDS_ON.has(expr.spec.name) ? expr.args.flatMap(inside) : expr.args;
  return [...args, ...expr.hash.map(([, value]) => value)].some((one) => dumps(one, whole));
}
