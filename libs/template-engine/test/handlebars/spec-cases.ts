import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import Handlebars from 'handlebars';
import { aSection, inner, RefusedTheme, renderTheme } from '../theme.builder';

/**
 * Handlebars' public specification as the package `handlebars-spec` has it: read where it is installed, for it is
 * under a licence of its own. Its version is pinned, so a case is known by its file and its place in it.
 */
const FOLDER = path.join(path.dirname(require.resolve('handlebars-spec/package.json')), 'spec');

/** The files whose cases have a template, data and what is printed. The others are of the parser, which is theirs. */
const FILES = [
  'basic',
  'blocks',
  'builtins',
  'data',
  'helpers',
  'partials',
  'regressions',
  'strict',
  'subexpressions',
  'whitespace-control',
  'string-params',
  'track-ids',
] as const;

interface Entry {
  readonly template: string;
  readonly data?: unknown;
  readonly helpers?: Record<string, unknown>;
  readonly decorators?: Record<string, unknown>;
  readonly partials?: Record<string, unknown>;
  readonly compileOptions?: Record<string, unknown>;
  readonly runtimeOptions?: { readonly data?: Record<string, unknown> };
  readonly expected?: string;
  readonly exception?: unknown;
}

/** One case: `basic:0` is the first of its file. */
export interface SpecCase extends Entry {
  readonly id: string;
}

/** Every case of the specification. */
export const SPEC_CASES: readonly SpecCase[] = FILES.flatMap((file) =>
  (JSON.parse(fs.readFileSync(path.join(FOLDER, `${file}.json`), 'utf8')) as Entry[]).map(
    (entry, index) => ({ ...entry, id: `${file}:${index}` }),
  ),
);

/** Functions stand as text in the data of a case. */
function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { javascript } = value as { javascript?: unknown };
  if ('!code' in value && typeof javascript === 'string')
    return vm.runInThisContext(`(Handlebars) => (${javascript})`)(Handlebars) as unknown;
  if ('!sparsearray' in value) return sparse(value);
  if (Array.isArray(value)) return value.map(revive);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, revive(inside)]));
}

function sparse(value: object): unknown[] {
  const list: unknown[] = [];
  for (const [key, item] of Object.entries(value))
    if (/^\d+$/.test(key)) list[Number(key)] = revive(item);
  return list;
}

/** What a case's template stands in, so that its data is `this`; lines of their own keep its first and last line. */
const wrapped = (template: string) => `{{#each @shop.metafields.spec}}|\n${template}\n|{{/each}}`;
const around = (data: unknown) => ({ shop: { metafields: { spec: [data] } } });

/** What stock Handlebars prints; null when it throws. */
export function stockPrint(one: SpecCase, inside: boolean): string | null {
  const handlebars = Handlebars.create();
  const register = (kind: 'registerHelper' | 'registerDecorator', given: unknown) => {
    for (const [name, code] of Object.entries((given ?? {}) as Record<string, unknown>))
      handlebars[kind](name, revive(code) as never);
  };
  register('registerHelper', one.helpers);
  register('registerDecorator', one.decorators);
  for (const [name, text] of Object.entries(one.partials ?? {}))
    handlebars.registerPartial(name, revive(text) as string);
  const data = revive(one.data) as object;
  const template = inside ? wrapped(one.template) : one.template;
  const runtime = { ...(revive(one.runtimeOptions ?? {}) as Handlebars.RuntimeOptions) };
  if (inside) runtime.data = { ...(runtime.data as object), ...around(data) };
  try {
    return handlebars.compile(template, one.compileOptions)(inside ? {} : data, runtime);
  } catch {
    return null;
  }
}

/** What our engine prints; null when the theme is refused or the section fails. */
export function ourPrint(one: SpecCase): string | null {
  // Cases register partials that they do not call: those that can be no snippet are not there.
  const snippets = Object.entries(one.partials ?? {}).flatMap(([name, text]) =>
    typeof text === 'string' && /^[a-z0-9][\w.-]*$/i.test(name)
      ? [[`snippets/${name}.hbs`, text] as const]
      : [],
  );
  const theme = aSection(wrapped(one.template), Object.fromEntries(snippets));
  try {
    const out = renderTheme(theme, around(revive(one.data)) as never);
    return out.errors.length > 0 ? null : inner(out.html);
  } catch (error) {
    if (error instanceof RefusedTheme) return null;
    throw error;
  }
}

/**
 * What the case prints where its template is wrapped as for us; null when it throws. Where Handlebars 4.7.10 gives
 * something else than the specification, which is of 4.7.6, the specification holds.
 */
function wantedPrint(one: SpecCase): string | null {
  const wanted = one.exception ? null : (one.expected ?? '');
  if (wanted === null || stockPrint(one, false) === wanted) return stockPrint(one, true);
  return `|\n${wanted}\n|`;
}

export type Outcome = 'agrees' | 'refused' | 'prints otherwise';

/** Whether a case means the same here: the same text, or the same refusal. */
export function outcomeOf(one: SpecCase): Outcome {
  const ours = ourPrint(one);
  if (ours === wantedPrint(one)) return 'agrees';
  return ours === null ? 'refused' : 'prints otherwise';
}
