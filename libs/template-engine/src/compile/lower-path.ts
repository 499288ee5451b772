import { GLOBALS, LOOP_DATA } from '../context/globals';
import { elsewhere } from '../diagnostics/elsewhere';
import { hints } from '../diagnostics/elsewhere-hints';
import { HELPERS } from '../helpers/table';
import { isDenied, LIMITS } from '../limits';
import type { PathExpression } from '../parse/ast';
import type { FileContext } from './context';
import type { Expr } from './ir';
import { fieldKind, fieldsOf } from './kinds';
import type { Binding, Scope } from './scope';

type Get = Extract<Expr, { op: 'get' }>;

const nothing = (path: PathExpression): Expr => ({
  op: 'lit',
  value: null,
  kind: 'any',
  loc: path.loc,
});

/** Resolves a path to where it begins and what it reads; reports what it may not be. */
export function lowerPath(ctx: FileContext, scope: Scope, path: PathExpression): Expr {
  const { report, file } = ctx;
  if (path.depth > 0 || path.original.startsWith('../')) {
    report.add(
      file,
      path.loc,
      'E_PARENT',
      '../ is not part of the language: name the loop variable, {{#each list as |item|}}',
    );
    return nothing(path);
  }
  if (path.parts.length > LIMITS.pathParts) {
    report.add(file, path.loc, 'E_TOO_DEEP', `a path has at most ${LIMITS.pathParts} parts`);
    return nothing(path);
  }
  const denied = path.parts.find((part) => isDenied(part));
  if (denied !== undefined) {
    report.add(file, path.loc, 'E_NAME', `the name "${denied}" is reserved`);
    return nothing(path);
  }
  const found = path.data ? dataRoot(ctx, scope, path) : nameRoot(ctx, scope, path);
  return found ? walk(ctx, path, found.binding, found.rest) : nothing(path);
}

interface Found {
  readonly binding: Binding;
  readonly rest: readonly string[];
}

function dataRoot(ctx: FileContext, scope: Scope, path: PathExpression): Found | null {
  const [name = '', ...rest] = path.parts;
  if ((LOOP_DATA as readonly string[]).includes(name)) {
    if (scope.loop !== null) {
      const kind = name === 'index' ? 'number' : name === 'key' ? 'text' : 'bool';
      return { binding: { root: { at: 'loop', id: scope.loop, name }, kind, path: null }, rest };
    }
    ctx.report.add(
      ctx.file,
      path.loc,
      'C_UNKNOWN_OBJECT',
      `@${name} is known inside {{#each}} only`,
    );
    return null;
  }
  const spec = Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
  if (!spec) {
    const known = elsewhere.object(name);
    const hint = known.length > 0 ? null : hints.name(name);
    const message = `there is no object @${name}${hint === null ? '' : `: ${hint}`}`;
    const extra = hint === null ? { suggest: { name, among: Object.keys(GLOBALS), known } } : {};
    ctx.report.add(ctx.file, path.loc, 'C_UNKNOWN_OBJECT', message, extra);
    return null;
  }
  if ((name === 'section' && ctx.role === 'layout') || (name === 'block' && ctx.role !== 'block')) {
    const where = name === 'section' ? 'sections, blocks and snippets' : 'block files';
    if (!(name === 'block' && ctx.role === 'snippet'))
      ctx.report.add(ctx.file, path.loc, 'C_UNKNOWN_OBJECT', `@${name} exists in ${where} only`);
  }
  return { binding: { root: { at: 'global', name }, kind: spec.kind, path: name }, rest };
}

function nameRoot(ctx: FileContext, scope: Scope, path: PathExpression): Found | null {
  const scoped = /^(this\b|\.\/|\.$)/.test(path.original);
  const [name = '', ...rest] = path.parts;
  const local = scoped ? undefined : scope.names.get(name);
  if (local) return { binding: local, rest };
  if (ctx.role === 'snippet' && !scoped && scope.bareArgs && name !== '')
    return { binding: argument(ctx, path, name), rest };
  if (scope.self) return { binding: scope.self, rest: path.parts };
  if (name === '') {
    ctx.report.add(
      ctx.file,
      path.loc,
      'C_UNKNOWN_NAME',
      '`this` means something inside {{#each}} and {{#with}} only',
    );
    return null;
  }
  const global = Object.hasOwn(GLOBALS, name);
  const hint = global ? `platform objects are written @${name}` : hints.name(name);
  const among = global ? [`@${name}`] : [...scope.names.keys(), ...HELPERS.keys()];
  const known = global ? [] : elsewhere.object(name).map((object) => `@${object}`);
  const suggest = hint === null || global ? { suggest: { name, among, known } } : {};
  const message = `nothing here is named "${name}"${hint === null ? '' : `: ${hint}`}`;
  ctx.report.add(ctx.file, path.loc, 'C_UNKNOWN_NAME', message, suggest);
  return null;
}

function argument(ctx: FileContext, path: PathExpression, name: string): Binding {
  if (!ctx.args.has(name)) ctx.args.set(name, ctx.args.size);
  if (ctx.params && !ctx.params.has(name))
    ctx.report.add(
      ctx.file,
      path.loc,
      'C_UNKNOWN_PARAM',
      `the snippet declares no parameter "${name}"`,
      {
        suggest: { name, among: ctx.params.keys() },
      },
    );
  return { root: { at: 'arg', name }, kind: ctx.params?.get(name) ?? 'any', path: `$${name}` };
}

/** Follows the parts through the shapes; an unknown field of a known shape is reported once. */
function walk(
  ctx: FileContext,
  path: PathExpression,
  from: Binding,
  parts: readonly string[],
): Get {
  let kind = from.kind;
  let data = from.path;
  let owner = from.root.at === 'global' ? from.root.name : '';
  for (const [i, part] of parts.entries()) {
    const setting =
      i === 1 && parts[0] === 'settings' ? owner : i === 0 && owner === 'settings' ? 'theme' : '';
    const next = setting === '' ? fieldKind(kind, part) : settingOf(ctx, path, setting, part);
    if (next === undefined) {
      const shape = kind.replace('?', '');
      const bare = i === 0 && parts === path.parts && !path.data ? hints.name(part) : null;
      const hint = bare ?? hints.field(shape, part);
      const known = elsewhere.field(shape, part);
      const message = `${shape} has no field "${part}"${hint === null ? '' : `: ${hint}`}`;
      const suggest = { suggest: { name: part, among: fieldsOf(kind), known } };
      ctx.report.add(
        ctx.file,
        path.loc,
        'C_UNKNOWN_PROPERTY',
        message,
        hint === null ? suggest : {},
      );
    }
    data = data === null ? null : /^\d+$/.test(part) ? `${data}[]` : `${data}.${part}`;
    kind = next ?? 'any';
    if (i > 0) owner = '';
  }
  if (from.root.at === 'global' && from.root.name === 'menus') ctx.facts.menus.add(parts[0] ?? '*');
  if (data !== null) ctx.facts.paths.add(data);
  return { op: 'get', root: from.root, parts, kind, path: data, loc: path.loc };
}

function settingOf(ctx: FileContext, path: PathExpression, owner: string, id: string): string {
  const own = ctx.role === 'section' ? 'section' : ctx.role === 'block' ? 'block' : '';
  if (owner === 'theme') {
    const kind = ctx.theme.themeSettings.get(id);
    if (kind !== undefined) return kind;
    if (ctx.theme.unread.has('settings')) return 'any';
    unknownSetting(ctx, path, 'theme', id, ctx.theme.themeSettings.keys());
    return 'any';
  }
  if (owner !== own || ctx.settings === null) return 'any';
  ctx.facts.usedSettings.add(id);
  const kind = ctx.settings.get(id);
  if (kind === undefined) unknownSetting(ctx, path, owner, id, ctx.settings.keys());
  return kind ?? 'any';
}

function unknownSetting(
  ctx: FileContext,
  path: PathExpression,
  owner: string,
  ...[id, among]: [string, Iterable<string>]
): void {
  const where = owner === 'theme' ? 'config/settings_schema.json' : 'the schema';
  ctx.report.add(
    ctx.file,
    path.loc,
    'C_UNKNOWN_SETTING',
    `${owner} setting "${id}" is not in ${where}`,
    {
      suggest: { name: id, among },
    },
  );
}
