import { elsewhere } from '../diagnostics/elsewhere';
import { FORMS, HELPERS } from '../helpers/table';
import { isDenied, LIMITS } from '../limits';
import type { BlockStatement, Expression, Program } from '../parse/ast';
import type { FileContext } from './context';
import type { Expr, Step, Test } from './ir';
import { itemKind } from './kinds';
import { dataPath, helperOf, lowerCall, lowerHash } from './lower-expr';
import { type Binding, inner, type Scope } from './scope';

type LowerProgram = (ctx: FileContext, scope: Scope, program: Program | undefined) => Step[];
type CallExpr = Extract<Expr, { op: 'call' }>;

/** Resolves a block by its helper. */
export function lowerBlock(
  ctx: FileContext,
  scope: Scope,
  node: BlockStatement,
  lower: LowerProgram,
): Step[] {
  const spec = helperOf(ctx, scope, node, 'block');
  if (!spec) return lowerUnknown(ctx, scope, node, lower);
  checkBlockParams(ctx, node);
  const before = ctx.report.list.length;
  const call =
    spec.name === 'form' || spec.name === 'paginate'
      ? {
          ...lowerCall(ctx, scope, { ...node, hash: undefined }, spec),
          hash: lowerHash(ctx, scope, node.hash, spec),
        }
      : lowerCall(ctx, scope, node, spec);
  // The arguments are wrong in number: what follows would only repeat it.
  if (call.args.length === 0 || ctx.report.list.slice(before).some((one) => one.code === 'E_ARGS'))
    return lowerUnknown(ctx, scope, node, lower);
  const parts = { ctx, scope, node, call, lower };
  switch (spec.name) {
    case 'each':
      return [lowerEach(parts)];
    case 'with':
      return [lowerWith(parts)];
    case 'form':
      return lowerForm(parts);
    case 'paginate':
      return lowerPaginate(parts);
    default:
      return [lowerIf(parts)];
  }
}

/**
 * What stands in a block that cannot be compiled is read all the same, so that one mistake hides no other and none
 * follows from it: its names may mean anything.
 */
function lowerUnknown(
  ctx: FileContext,
  scope: Scope,
  node: BlockStatement,
  lower: LowerProgram,
): Step[] {
  const anything: Binding = { root: { at: 'local', id: ctx.nextId++ }, kind: 'any', path: null };
  const names = (node.program?.blockParams ?? []).map((name) => [name, anything] as const);
  const within = { ...inner(scope, names, anything), loop: scope.loop ?? ctx.nextId++ };
  const value: Expr = { op: 'lit', value: null, kind: 'any', loc: node.loc };
  const body = lower(ctx, within, node.program);
  const other = lower(ctx, within, node.inverse);
  return [{ op: 'with', value, id: ctx.nextId++, body, else: other, loc: node.loc }];
}

interface Parts {
  readonly ctx: FileContext;
  readonly scope: Scope;
  readonly node: BlockStatement;
  readonly call: CallExpr;
  readonly lower: LowerProgram;
}

function checkBlockParams(ctx: FileContext, node: BlockStatement): void {
  for (const name of node.program?.blockParams ?? []) {
    if (isDenied(name))
      ctx.report.add(ctx.file, node.loc, 'E_NAME', `the name "${name}" is reserved`);
  }
}

function option(call: CallExpr, name: string): Expr | null {
  return call.hash.find(([key]) => key === name)?.[1] ?? null;
}

function lowerIf({ ctx, scope, node, call, lower }: Parts): Step {
  const name = call.spec.name;
  const zero = option(call, 'includeZero');
  const test: Test = {
    value: call.args[0]!,
    negate: name === 'unless',
    zeroCounts: zero?.op === 'lit' && zero.value === true,
    cases: name === 'match' ? call.args.slice(1) : null,
  };
  const below = { ...scope, top: false };
  return {
    op: 'if',
    name,
    test,
    body: lower(ctx, below, node.program),
    else: lower(ctx, below, name === 'match' ? restOf(node) : node.inverse),
    loc: node.loc,
  };
}

/** What follows the first case of a `match`: `{{else match "b"}}` goes on with the value that the first one names. */
function restOf({ params, inverse }: BlockStatement): Program | undefined {
  const [next] = inverse?.body ?? [];
  if (!inverse?.chained || next?.type !== 'BlockStatement') return inverse;
  const named = next.path.type === 'PathExpression' && next.path.original === 'match';
  if (!named || !isLiteral(next.params[0])) return inverse;
  return { ...inverse, body: [{ ...next, params: [params[0]!, ...next.params] }] };
}

function isLiteral(expression: Expression | undefined): boolean {
  return !!expression && !['PathExpression', 'SubExpression'].includes(expression.type);
}

function lowerEach({ ctx, scope, node, call, lower }: Parts): Step {
  const list = call.args[0]!;
  const id = ctx.nextId++;
  const [item, key] = node.program?.blockParams ?? [];
  const path = dataPath(list);
  const [limit, offset] = [option(call, 'limit'), option(call, 'offset')];
  if (path !== null) noteLimit(ctx, path, limit, offset);
  if (scope.eachDepth + 1 > LIMITS.eachDepth)
    ctx.report.add(
      ctx.file,
      node.loc,
      'E_TOO_DEEP',
      `{{#each}} nested deeper than ${LIMITS.eachDepth}`,
    );
  const self: Binding = {
    root: { at: 'local', id },
    kind: itemKind(list.kind),
    path: path === null ? null : `${path}[]`,
  };
  const names: [string, Binding][] = item === undefined ? [] : [[item, self]];
  if (key !== undefined)
    names.push([key, { root: { at: 'loop', id, name: 'key' }, kind: 'any', path: null }]);
  const body = { ...inner(scope, names, self), loop: id, eachDepth: scope.eachDepth + 1 };
  return {
    op: 'each',
    list,
    limit,
    offset,
    id,
    needsKeys: !list.kind.endsWith('[]'),
    body: lower(ctx, body, node.program),
    else: lower(ctx, { ...scope, top: false }, node.inverse),
    loc: node.loc,
  };
}

/** Lists of products, which have a cap. */
const PRODUCTS = /(^|\.)products$/;

/** A constant or a setting that bounds a loop also bounds what has to be loaded. */
function noteLimit(ctx: FileContext, path: string, limit: Expr | null, offset: Expr | null): void {
  if (!limit || offset) {
    ctx.facts.limits.set(path, LIMITS.productsPerSource);
    return;
  }
  const prefix = 'section.settings.';
  const known = ctx.facts.limits.get(path);
  const paged = ctx.facts.paginate?.target === path;
  if (
    limit.op === 'lit' &&
    Number(limit.value) > LIMITS.productsPerSource &&
    !paged &&
    PRODUCTS.test(path)
  )
    ctx.report.add(
      ctx.file,
      limit.loc,
      'D_CAP',
      `a source gives ${LIMITS.productsPerSource} products at most, not ${limit.value}`,
    );
  let bound: number | string = LIMITS.productsPerSource;
  if (limit.op === 'lit' && typeof limit.value === 'number') bound = limit.value;
  else if (limit.op === 'get' && limit.path?.startsWith(prefix) && ctx.role === 'section')
    bound = limit.path.slice(prefix.length);
  const both = typeof known === 'number' && typeof bound === 'number';
  if (known === undefined) ctx.facts.limits.set(path, bound);
  else if (known !== bound)
    ctx.facts.limits.set(path, both ? Math.max(known, bound as number) : LIMITS.productsPerSource);
}

function lowerWith({ ctx, scope, node, call, lower }: Parts): Step {
  const value = call.args[0]!;
  const id = ctx.nextId++;
  const self: Binding = {
    root: { at: 'local', id },
    kind: value.kind.replace(/[?]$/, ''),
    path: dataPath(value),
  };
  const name = node.program?.blockParams?.[0];
  const body = inner(scope, name === undefined ? [] : [[name, self]], self);
  return {
    op: 'with',
    value,
    id,
    body: lower(ctx, body, node.program),
    else: lower(ctx, { ...scope, top: false }, node.inverse),
    loc: node.loc,
  };
}

function lowerForm({ ctx, scope, node, call, lower }: Parts): Step[] {
  const first = call.args[0]!;
  const type = first.op === 'lit' && typeof first.value === 'string' ? first.value : null;
  if (type === null || !Object.hasOwn(FORMS, type)) {
    ctx.report.add(
      ctx.file,
      first.loc,
      'E_ARGS',
      `form takes one of: ${Object.keys(FORMS).join(', ')}`,
      {
        suggest: {
          name: type ?? '',
          among: Object.keys(FORMS),
          known: elsewhere.form(type ?? ''),
        },
      },
    );
    return [];
  }
  for (const [key, expr] of call.hash)
    if (['action', 'method', 'formaction'].includes(key) || /^on/i.test(key))
      ctx.report.add(ctx.file, expr.loc, 'S_FORM_ACTION', `{{#form}} sets ${key} itself`);
  const body = lower(ctx, { ...scope, top: false }, node.program);
  return [{ op: 'form', type, object: call.args[1] ?? null, hash: call.hash, body, loc: node.loc }];
}

/** Lists that can be paged, and the field beside each that counts all items. */
const PAGED: Readonly<Record<string, string>> = {
  'collection.products': 'products_count',
  'search.results': 'results_count',
  'search.products': 'products_count',
  'blog.articles': 'articles_count',
  'list_collections.collections': 'collections_count',
};

function lowerPaginate({ ctx, scope, node, call, lower }: Parts): Step[] {
  const list = call.args[0]!;
  const path = dataPath(list) ?? '';
  const count = PAGED[path];
  const by = option(call, 'by');
  const refuse = (text: string) => {
    ctx.report.add(ctx.file, node.loc, 'E_ARGS', text);
    return [];
  };
  if (!HELPERS.has('paginate') || count === undefined || list.op !== 'get')
    return refuse(
      `paginate takes one of: ${Object.keys(PAGED)
        .map((one) => `@${one}`)
        .join(', ')}`,
    );
  const size = sizeOf(by);
  if (!by || size === null)
    return refuse('paginate needs by= with a number or @section.settings.<id>');
  if (typeof size === 'number' && (size < 1 || size > LIMITS.pageSize || !Number.isInteger(size)))
    return refuse(`a page has 1 to ${LIMITS.pageSize} items`);
  if (ctx.facts.paginate) return refuse('a section pages one list');
  ctx.facts.paginate = { target: path, by: size };
  for (const read of ['request.path', 'request.query', 'request.page', countPath(path, count)])
    ctx.facts.paths.add(read);
  const id = ctx.nextId++;
  const name = node.program?.blockParams?.[0];
  const binding: Binding = { root: { at: 'local', id }, kind: 'paginate', path: null };
  const body = inner(scope, name === undefined ? [] : [[name, binding]], null);
  const total: Expr = { ...list, parts: [...list.parts.slice(0, -1), count], kind: 'number' };
  return [{ op: 'paginate', total, by, id, body: lower(ctx, body, node.program), loc: node.loc }];
}

function countPath(path: string, count: string): string {
  return `${path.slice(0, path.lastIndexOf('.'))}.${count}`;
}

function sizeOf(by: Expr | null): number | string | null {
  if (by?.op === 'lit' && typeof by.value === 'number') return by.value;
  const prefix = 'section.settings.';
  return by?.op === 'get' && by.path?.startsWith(prefix) ? by.path.slice(prefix.length) : null;
}
