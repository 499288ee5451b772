import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  COMPILER,
  compileTheme,
  type CompiledTheme,
  RUNNABLE_COMPILERS,
  type ThemeFiles,
  type ThemeMeta,
} from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { loadArtefact, renderPage } from '@template-engine/runtime';
import { HELPERS } from '../src/helpers/table';
import { helpers, library } from '../src/runtime/library';
import { compiledCases } from './compiled-cases';

/**
 * What a compiler version has written, kept beside it (`CARAVEL_GOLDEN=write` adds what is new and changes nothing).
 * Without a raised version stored themes would go on with what the old generator wrote, or break under the new runtime.
 */
interface Recorded {
  /** By case: hashes of the theme's files, and of the code and meta that came of them. */
  cases: Record<string, { source: string; built: string }>;
  /** What generated code is given: how many parameters each function declares. */
  library: Record<string, number>;
  /** A build and the page that it makes, for runtimes to come. */
  page: { meta: ThemeMeta; js: string; html: string };
}

const fileOf = (compiler: string) => path.join(__dirname, `golden/compiler-${compiler}.json`);
const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

function sourceHash(files: ThemeFiles): string {
  const rows = [...files].map(([name, content]) => `${name}\0${Buffer.from(content).toString()}`);
  return hash(rows.sort().join('\0'));
}

function builtHash({ artefacts, meta, diagnostics }: CompiledTheme): string {
  if (!meta) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    throw new Error(JSON.stringify(errors, null, 1));
  }
  return hash(JSON.stringify([artefacts.map(({ js }) => js), meta]));
}

function librarySurface(): Record<string, number> {
  const functions = (owner: object, before: string) =>
    Object.entries(owner).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'function' ? [[`${before}${name}`, value.length] as const] : [],
    );
  return Object.fromEntries([
    ...functions(library, 'L.'),
    ...functions(library.printed, 'L.printed.'),
    ...functions(library.wishes, 'L.wishes.'),
    ...functions(helpers, 'L.helpers.'),
  ]);
}

const card = (n: number) => ({
  id: `p${n}`,
  title: `Product ${n}`,
  url: `/products/${n}`,
  price: n * 1000,
  compare_at_price: null,
  featured_image: null,
});

/** The fixture's home page. */
function pageOf({ meta, js }: { meta: ThemeMeta; js: string }): string {
  const plan = planPage(meta, { template: meta.templates['index']!, groups: meta.groups });
  const globals = {
    shop: { name: 'Shop', currency: 'EUR' },
    request: { locale: 'en', dir: 'ltr', path: '/', query: {}, page: 1, design_mode: false },
    page_meta: { title: 'Home' },
    template: { name: 'index' },
    menus: {},
  };
  const loaded = { 'collection:c1': { title: 'Shoes', products: [card(1), card(2)] } };
  const { html, errors } = renderPage(
    loadArtefact(js),
    fillPlan(plan, loaded, { globals, assets: { 'base.css': '/cdn/t/base.0123.css' } }),
  );
  expect(errors).toEqual([]);
  return html;
}

const cases = compiledCases();

function now(): Recorded {
  const fixture = compileTheme(cases.get('the fixture theme')!);
  const build = { meta: fixture.meta!, js: fixture.artefacts[0]!.js };
  return {
    cases: Object.fromEntries(
      [...cases].map(([name, files]) => [
        name,
        { source: sourceHash(files), built: builtHash(compileTheme(files)) },
      ]),
    ),
    library: librarySurface(),
    page: { ...build, html: pageOf(build) },
  };
}

/** Of two records of one version, what the later says otherwise of the same; empty when nothing. */
function contradictions(before: Recorded, after: Recorded): string[] {
  const changed = Object.entries(before.cases).flatMap(([name, { source, built }]) => {
    const other = after.cases[name];
    return other?.source === source && other.built !== built ? [name] : [];
  });
  const taken = Object.entries(before.library).flatMap(([name, parameters]) =>
    after.library[name] === parameters ? [] : [name],
  );
  return [...changed, ...taken];
}

const read = (compiler: string) => JSON.parse(readFileSync(fileOf(compiler), 'utf8')) as Recorded;

const recordedNow = now();

beforeAll(() => {
  if (process.env.CARAVEL_GOLDEN !== 'write') return;
  const file = fileOf(COMPILER);
  if (existsSync(file) && contradictions(read(COMPILER), recordedNow).length > 0) return;
  writeFileSync(file, `${JSON.stringify(recordedNow, null, 1)}\n`);
});

test('the compiler writes what it wrote under this version; otherwise COMPILER has to be raised', () => {
  expect(contradictions(read(COMPILER), recordedNow)).toEqual([]);
});

test('every case is recorded as it is now: CARAVEL_GOLDEN=write adds what is new', () => {
  const { cases: known, library: given } = read(COMPILER);
  expect({ cases: known, library: given }).toEqual({
    cases: recordedNow.cases,
    library: recordedNow.library,
  });
});

test('the cases have every helper, and a change of code, meta or library is a contradiction', () => {
  for (const name of HELPERS.keys()) expect(cases.has(`the helper ${name}`)).toBe(true);
  const { cases: known, library: given, page } = recordedNow;
  const one = known['branches']!;
  const other = { ...known, branches: { ...one, built: hash('other code') } };
  expect(contradictions(recordedNow, { cases: other, library: given, page })).toEqual(['branches']);
  const edited = { ...known, branches: { source: hash('another theme'), built: hash('its code') } };
  expect(contradictions(recordedNow, { cases: edited, library: given, page })).toEqual([]);
  const { 'L.esc': _, ...fewer } = { ...given, 'L.esc': 1 };
  expect(
    contradictions(
      { ...recordedNow, library: { ...given, 'L.esc': 1 } },
      { cases: known, library: fewer, page },
    ),
  ).toEqual(['L.esc']);
});

test('the present compiler stands first among those whose builds are run', () => {
  expect(RUNNABLE_COMPILERS[0]).toBe(COMPILER);
  expect(new Set(RUNNABLE_COMPILERS).size).toBe(RUNNABLE_COMPILERS.length);
});

test.each(RUNNABLE_COMPILERS)('a build of compiler %s makes its page as it did', (compiler) => {
  const { page } = read(compiler);
  expect(page.meta.compiler).toBe(compiler);
  expect(pageOf(page)).toBe(page.html);
});
