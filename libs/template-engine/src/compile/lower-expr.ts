import { elsewhere } from '../diagnostics/elsewhere';
import { hints } from '../diagnostics/elsewhere-hints';
import { argCount, type Form, type HelperSpec } from '../helpers/spec';
import { HELPERS } from '../helpers/table';
import { isDenied } from '../limits';
import type { Call, Expression, Hash } from '../parse/ast';
import type { FileContext } from './context';
import type { Expr } from './ir';
import { eitherKind, itemKind } from './kinds';
import { lowerPath } from './lower-path';
import type { Scope } from './scope';

/** Resolves an expression; what is not allowed is reported and becomes null. */
export function lowerExpr(ctx: FileContext, scope: Scope, node: Expression): Expr {
  const loc = node.loc;
  switch (node.type) {
    case 'StringLiteral':
      return { op: 'lit', value: node.value, kind: 'text', loc };
    case 'BooleanLiteral':
      return { op: 'lit', value: node.value, kind: 'bool', loc };
    case 'NumberLiteral':
      // Beyond a safe integer a literal does not mean what it says (2.7).
      if (!Number.isFinite(node.value) || Math.abs(node.value) > Number.MAX_SAFE_INTEGER)
        ctx.report.add(ctx.file, loc, 'E_NUMBER', 'this number is too large');
      return { op: 'lit', value: node.value, kind: 'number', loc };
    case 'NullLiteral':
    case 'UndefinedLiteral':
      return { op: 'lit', value: null, kind: 'null', loc };
    case 'PathExpression':
      return value(ctx, scope, node);
    case 'SubExpression': {
      const spec = helperOf(ctx, scope, node, 'sub');
      return spec
        ? lowerCall(ctx, scope, node, spec)
        : { op: 'lit', value: null, kind: 'any', loc };
    }
    default:
      ctx.report.add(ctx.file, loc, 'E_NODE', 'this is not part of the language');
      return { op: 'lit', value: null, kind: 'any', loc };
  }
}

function value(
  ctx: FileContext,
  scope: Scope,
  node: Extract<Expression, { type: 'PathExpression' }>,
): Expr {
  const name = node.original;
  const bare = !node.data && node.depth === 0 && node.parts.length === 1 && node.parts[0] === name;
  if (bare && !scope.names.has(name) && HELPERS.has(name) && !(ctx.params?.has(name) ?? false)) {
    ctx.report.add(
      ctx.file,
      node.loc,
      'E_HELPER_FORM',
      `${name} is a helper: call it as (${name} ...), or write this.${name} for a field`,
    );
    return { op: 'lit', value: null, kind: 'any', loc: node.loc };
  }
  return lowerPath(ctx, scope, node);
}

/** The helper that a call names, if it may stand in this form. */
export function helperOf(
  ctx: FileContext,
  scope: Scope,
  node: Call,
  form: Form,
): HelperSpec | null {
  const path = node.path;
  const name = path.type === 'PathExpression' ? path.original : '';
  const open = form === 'block' ? `{{#${name}}}` : `{{${name}}}`;
  if (path.type !== 'PathExpression' || path.data || path.depth > 0 || path.parts.length !== 1) {
    ctx.report.add(
      ctx.file,
      node.loc,
      'E_UNKNOWN_HELPER',
      `${open} calls something that is no helper`,
    );
    return null;
  }
  if (isDenied(name) || scope.names.has(name)) {
    const why = isDenied(name) ? 'is reserved' : 'is a name of a block here, not a helper';
    ctx.report.add(ctx.file, node.loc, 'E_NAME', `"${name}" ${why}`);
    return null;
  }
  const spec = HELPERS.get(name);
  if (!spec) {
    const hint = hints.helper(name, form === 'block');
    const message = `unknown helper ${open}${hint === null ? '' : `: ${hint}`}`;
    const suggest = { name, among: HELPERS.keys(), known: elsewhere.helper(name) };
    ctx.report.add(
      ctx.file,
      node.loc,
      'E_UNKNOWN_HELPER',
      message,
      hint === null ? { suggest } : {},
    );
    return null;
  }
  if (!spec.forms.includes(form)) {
    const forms = spec.forms.map((one) =>
      one === 'sub' ? `(${name})` : one === 'block' ? `{{#${name}}}` : `{{${name}}}`,
    );
    const hint = form === 'block' ? hints.block(name) : null;
    const message = hint ?? `${name} is written ${forms.join(' or ')}`;
    ctx.report.add(ctx.file, node.loc, 'E_HELPER_FORM', message);
    return null;
  }
  return spec;
}

/** Resolves a call's arguments and checks their number and the keys of its hash. */
export function lowerCall(
  ctx: FileContext,
  scope: Scope,
  node: Call,
  spec: HelperSpec,
): Extract<Expr, { op: 'call' }> {
  const { min, max } = argCount(spec);
  const args = node.params.map((param) => lowerExpr(ctx, scope, param));
  if (args.length < min || args.length > max) {
    const wanted = min === max ? String(min) : `${min} to ${max}`;
    ctx.report.add(
      ctx.file,
      node.loc,
      'E_ARGS',
      `${spec.name} takes ${wanted} ${max === 1 ? 'argument' : 'arguments'} (${spec.args.join(', ')}), not ${args.length}${hints.count(spec.name)}`,
    );
  }
  const hash = lowerHash(ctx, scope, node.hash, spec);
  noteUses(ctx, spec, args);
  return { op: 'call', spec, args, hash, kind: resultKind(spec, args), loc: node.loc };
}

/** Resolves a hash; keys must be in the spec (or any, when it takes any). */
export function lowerHash(
  ctx: FileContext,
  scope: Scope,
  hash: Hash | undefined,
  spec: HelperSpec | null,
): (readonly [string, Expr])[] {
  const seen = new Set<string>();
  return (hash?.pairs ?? []).map((pair) => {
    const { key } = pair;
    if (isDenied(key))
      ctx.report.add(ctx.file, pair.loc, 'E_NAME', `the name "${key}" is reserved`);
    if (seen.has(key)) ctx.report.add(ctx.file, pair.loc, 'E_ARGS', `${key}= is given twice`);
    seen.add(key);
    if (spec && !Object.hasOwn(spec.hash, key) && !Object.hasOwn(spec.hash, '*'))
      ctx.report.add(ctx.file, pair.loc, 'E_ARGS', `${spec.name} has no option ${key}=`, {
        suggest: { name: key, among: Object.keys(spec.hash) },
      });
    return [key, lowerExpr(ctx, scope, pair.value)] as const;
  });
}

/** Notes what a call refers to: assets, texts, and that it reads the request. */
function noteUses(ctx: FileContext, spec: HelperSpec, args: readonly Expr[]): void {
  const first = args[0];
  const literal = first?.op === 'lit' && typeof first.value === 'string' ? first.value : null;
  if (spec.name === 'asset' || spec.name === 'asset_url' || spec.name === 'inline_asset') {
    if (literal === null) {
      if (spec.name === 'inline_asset' && first)
        ctx.report.add(ctx.file, first.loc, 'E_ARGS', 'inline_asset takes a constant name');
    } else if (!ctx.theme.assets.has(literal)) {
      ctx.report.add(ctx.file, first!.loc, 'F_MISSING_ASSET', `there is no assets/${literal}`, {
        suggest: { name: literal, among: ctx.theme.assets },
      });
    } else {
      ctx.facts.assets.add(literal);
      if (spec.name === 'inline_asset') ctx.facts.inlined.push({ name: literal, loc: first!.loc });
    }
  }
  if (spec.name === 't') {
    if (literal === null) ctx.facts.textPrefixes.add(prefixOf(first));
    else {
      const forms = ctx.theme.texts.has(`${literal}.one`);
      ctx.facts.texts.add(literal);
      if (!ctx.theme.texts.has(literal) && !ctx.theme.unread.has('texts'))
        ctx.report.add(
          ctx.file,
          first!.loc,
          'L_MISSING_KEY',
          `the default locale has no text "${literal}"${forms ? ' with the form "other"' : ''}`,
          forms ? {} : { suggest: { name: literal, among: ctx.theme.texts } },
        );
    }
  }
  if (spec.name === 'url_with')
    for (const path of ['request.path', 'request.query']) ctx.facts.paths.add(path);
}

/** How a computed text begins, as far as it is written in the template. */
function prefixOf(expr: Expr | undefined): string {
  if (expr?.op === 'lit') return typeof expr.value === 'string' ? expr.value : '';
  if (expr?.op !== 'call') return '';
  if (expr.spec.name === 'append') return prefixOf(expr.args[0]);
  return expr.spec.name === 'prepend' ? prefixOf(expr.args[1]) : '';
}

function resultKind(spec: HelperSpec, args: readonly Expr[]): string {
  const first = args[0]?.kind ?? 'any';
  switch (spec.name) {
    case 'default':
    case 'or':
    case 'and':
      return args.slice(1).reduce((kind, arg) => eitherKind(kind, arg.kind), first);
    case 'first':
    case 'last':
    case 'at':
      return itemKind(first);
    case 'slice':
    case 'where':
    case 'sort_by':
    case 'uniq':
      return first;
    default:
      return spec.returns === 'list' ? 'any' : spec.returns;
  }
}

/** The data path of a value, through helpers that hand on what they get; null when it is computed. */
export function dataPath(expr: Expr): string | null {
  if (expr.op === 'get') return expr.path;
  if (expr.op === 'lit' || !expr.args[0]) return null;
  const inside = dataPath(expr.args[0]);
  if (inside === null) return null;
  if (['first', 'last', 'at'].includes(expr.spec.name)) return `${inside}[]`;
  return ['slice', 'where', 'sort_by', 'uniq', 'default', 'or'].includes(expr.spec.name)
    ? inside
    : null;
}
