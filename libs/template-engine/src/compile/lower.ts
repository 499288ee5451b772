import type { Span } from '../diagnostics/reporter';
import { HELPERS } from '../helpers/table';
import { isDenied, LIMITS } from '../limits';
import type {
  BlockStatement,
  ContentStatement,
  MustacheStatement,
  PartialStatement,
  Program,
  Statement,
} from '../parse/ast';
import type { FileContext } from './context';
import type { Expr, Step } from './ir';
import { lowerBlock } from './lower-block';
import { dataPath, helperOf, lowerCall, lowerExpr, lowerHash } from './lower-expr';
import type { Scope } from './scope';

const LAYOUT_HOLES = new Set(['content', 'content_for_head', 'content_for_body_end', 'group']);

/** Resolves the statements of a program. */
export function lowerProgram(ctx: FileContext, scope: Scope, program: Program | undefined): Step[] {
  return (program?.body ?? []).flatMap((node) => lowerStatement(ctx, scope, node));
}

function lowerStatement(ctx: FileContext, scope: Scope, node: Statement): Step[] {
  switch (node.type) {
    case 'ContentStatement':
      return node.value === '' ? [] : [{ op: 'text', value: node.value, loc: placeOfText(node) }];
    case 'CommentStatement':
      return [];
    case 'MustacheStatement':
      return lowerMustache(ctx, scope, node);
    case 'BlockStatement':
      return lowerBlock(ctx, scope, node satisfies BlockStatement, lowerProgram);
    case 'PartialStatement':
      return lowerSnippet(ctx, scope, node);
    default:
      ctx.report.add(
        ctx.file,
        node.loc,
        'E_NODE',
        'decorators and partial blocks are not part of the language',
      );
      return [];
  }
}

/** The parser strips white space around blocks that stand alone, but says where the unstripped text began. */
function placeOfText({ value, original, loc }: ContentStatement): Span {
  const stripped = original.search(/\S/) - value.search(/\S/);
  if (stripped <= 0) return loc;
  const before = original.slice(0, stripped).split('\n');
  const last = before.at(-1)!.length;
  const start =
    before.length === 1
      ? { line: loc.start.line, column: loc.start.column + last }
      : { line: loc.start.line + before.length - 1, column: last };
  return { start, end: loc.end };
}

function lowerMustache(ctx: FileContext, scope: Scope, node: MustacheStatement): Step[] {
  const { path, loc } = node;
  if (path.type !== 'PathExpression') {
    ctx.report.add(ctx.file, loc, 'E_NODE', 'a literal alone prints nothing: write it as text');
    return [];
  }
  const called = node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
  const bare =
    !path.data && path.depth === 0 && path.parts.length === 1 && path.original === path.parts[0];
  const shadowed = scope.names.has(path.original) || (ctx.params?.has(path.original) ?? false);
  const place = { mode: 'data' as const };
  // What cannot be called still stands for something: a link around it is not found to be empty as well.
  const unknown: Expr = { op: 'lit', value: null, kind: 'any', loc };
  const instead: Step[] = [{ op: 'print', expr: unknown, escaped: true, place, loc }];
  if (!called && !(bare && !shadowed && HELPERS.has(path.original))) {
    if (bare && !shadowed && !isDenied(path.original) && !scope.self && ctx.role !== 'snippet') {
      helperOf(ctx, scope, node, 'inline');
      return instead;
    }
    const expr = lowerExpr(ctx, scope, path);
    return [{ op: 'print', expr, escaped: node.escaped, place, loc }];
  }
  const spec = helperOf(ctx, scope, node, 'inline');
  if (!spec) return instead;
  if (LAYOUT_HOLES.has(spec.name)) return lowerHole(ctx, scope, node);
  if (spec.name === 'blocks' || spec.name === 'block') return lowerBlocks(ctx, node);
  const expr = lowerCall(ctx, scope, node, spec);
  return [{ op: 'print', expr, escaped: node.escaped, place, loc }];
}

function constant(node: MustacheStatement, index: number): string | null {
  const param = node.params[index];
  return param?.type === 'StringLiteral' ? param.value : null;
}

function lowerHole(ctx: FileContext, scope: Scope, node: MustacheStatement): Step[] {
  const helper = node.path.type === 'PathExpression' ? node.path.original : '';
  if (ctx.role !== 'layout') {
    ctx.report.add(ctx.file, node.loc, 'E_PLACE', `{{${helper}}} belongs into a layout`);
    return [];
  }
  const group = helper === 'group' ? constant(node, 0) : null;
  if (helper === 'group' && (group === null || node.params.length !== 1)) {
    ctx.report.add(
      ctx.file,
      node.loc,
      'E_ARGS',
      'group takes one constant name: {{group "header"}}',
    );
    return [];
  }
  if (group !== null && !ctx.theme.groups.has(group))
    ctx.report.add(
      ctx.file,
      node.loc,
      'F_MISSING_GROUP',
      `there is no section group sections/${group}.json`,
      {
        suggest: { name: group, among: ctx.theme.groups },
      },
    );
  const name = group === null ? helper : `group:${group}`;
  ctx.facts.holes.push({ name, loc: node.loc, top: scope.top });
  return scope.top ? [{ op: 'hole', name, loc: node.loc }] : [];
}

function lowerBlocks(ctx: FileContext, node: MustacheStatement): Step[] {
  if (ctx.role !== 'section' && ctx.role !== 'block') {
    ctx.report.add(ctx.file, node.loc, 'E_PLACE', 'blocks are printed by sections and blocks only');
    return [];
  }
  if (node.path.type === 'PathExpression' && node.path.original === 'blocks') {
    ctx.facts.hasBlocks = true;
    return [{ op: 'blocks', loc: node.loc }];
  }
  const id = constant(node, 0);
  const pair = node.hash?.pairs.find((one) => one.key === 'type');
  const type = pair?.value.type === 'StringLiteral' ? pair.value.value : null;
  if (id === null || type === null || isDenied(id)) {
    ctx.report.add(
      ctx.file,
      node.loc,
      'E_ARGS',
      'write {{block "id" type="name"}} with constant texts',
    );
    return [];
  }
  if (!ctx.theme.blocks.has(type))
    ctx.report.add(ctx.file, node.loc, 'F_MISSING_BLOCK', `there is no blocks/${type}.hbs`, {
      suggest: { name: type, among: ctx.theme.blocks },
    });
  ctx.facts.hasBlocks = true;
  ctx.facts.staticBlocks.push({ id, type, loc: node.loc });
  return [{ op: 'block', id, type, loc: node.loc }];
}

function lowerSnippet(ctx: FileContext, scope: Scope, node: PartialStatement): Step[] {
  const { loc } = node;
  const name =
    node.name.type === 'PathExpression' || node.name.type === 'StringLiteral'
      ? 'original' in node.name
        ? node.name.original
        : node.name.value
      : null;
  if (name === null) {
    ctx.report.add(
      ctx.file,
      loc,
      'E_NODE',
      'the name of a snippet is constant: {{> product-card product=item}}',
    );
    return [];
  }
  if (!/^[a-z0-9][a-z0-9_-]{0,79}$/.test(name)) {
    const why = name.includes('/') ? ': snippets lie side by side, in no folders' : '';
    ctx.report.add(ctx.file, loc, 'F_PATH', `"${name.slice(0, 80)}" is no snippet name${why}`);
    return [];
  }
  if (node.params.length > 0)
    ctx.report.add(
      ctx.file,
      loc,
      'E_ARGS',
      'a snippet takes named values only: {{> name product=item}}',
    );
  if (!ctx.theme.snippets.has(name)) {
    ctx.report.add(ctx.file, loc, 'F_MISSING_SNIPPET', `there is no snippets/${name}.hbs`, {
      suggest: { name, among: ctx.theme.snippets },
    });
    return [];
  }
  const args: (readonly [string, Expr])[] = lowerHash(ctx, scope, node.hash, null);
  ctx.facts.calls.push({
    name,
    args: new Map(args.map(([key, expr]) => [key, dataPath(expr)])),
    loc,
  });
  return [{ op: 'snippet', name, args, loc }];
}

/** Counts the nodes of a program, to hold the limit of a file. */
export function countNodes(program: Program | undefined): number {
  let count = 0;
  const queue: unknown[] = [program];
  while (queue.length > 0 && count <= LIMITS.nodesPerFile + 1) {
    const node = queue.pop();
    if (Array.isArray(node)) queue.push(...(node as unknown[]));
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node) count++;
      for (const key of Object.keys(node)) {
        const value = (node as Record<string, unknown>)[key];
        if (key !== 'loc' && typeof value === 'object') queue.push(value);
      }
    }
  }
  return count;
}
