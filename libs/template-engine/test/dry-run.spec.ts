import path from 'node:path';
import { checkTheme, compileTheme } from '@libs/template-engine';
import { GLOBALS, SHAPES } from '@template-engine/context';
import { diagnosticsToJson, formatDiagnostics } from '@template-engine/diagnostics';
import { dryRun, fixturePage, SCENARIOS, Views } from '@template-engine/dry-run';
import { loadArtefact, renderPage } from '@template-engine/runtime';
import { aSection, readFolder } from './theme.builder';

const fixture = compileTheme(readFolder(path.join(__dirname, 'fixture-theme')));
const theme = { artefacts: fixture.artefacts, meta: fixture.meta! };

test('a dry run renders every template under every scenario and tells what sections cost', () => {
  const result = dryRun(theme);
  expect(result.findings).toEqual([]);
  expect(result.pages).toBe(Object.keys(theme.meta.templates).length * SCENARIOS.length);
  expect(result.skipped).toBe(0);
  const listing = result.costs.find((one) => one.type === 'listing')!;
  expect(listing.steps).toBeGreaterThan(50);
  expect(listing.bytes).toBeGreaterThan(1000);
  expect(result.costs.map((one) => one.steps)).toEqual(
    result.costs.map((one) => one.steps).toSorted((a, b) => b - a),
  );
});

test('pages with long lists come first, when there is no time for all', () => {
  let result = dryRun(theme, performance.now() + 1);
  for (let ms = 2; result.pages === 0 && ms < 1000; ms *= 2)
    result = dryRun(theme, performance.now() + ms);
  expect(result.pages).toBeGreaterThan(0);
  expect(result.costs.some(({ template }) => template === 'collection')).toBe(true);
});

test('a dry run ends in time, and says what it left out', () => {
  const result = dryRun(theme, performance.now() - 1);
  expect(result.pages).toBe(0);
  expect(result.skipped).toBe(Object.keys(theme.meta.templates).length * SCENARIOS.length);
});

test.each(SCENARIOS.map((one) => one.name))('the page "%s" is a whole page', (name) => {
  const scenario = SCENARIOS.find((one) => one.name === name)!;
  const page = fixturePage(theme.meta, 'collection', scenario, 'de');
  const out = renderPage(
    loadArtefact(theme.artefacts.find((one) => one.locale === 'de')!.js),
    page.input,
  );
  expect(out.errors).toEqual([]);
  expect(out.html).toContain('lang="de"');
});

test('every field of every shape has a value of its kind, and null only where it may be', () => {
  for (const scenario of SCENARIOS) {
    const views = new Views(scenario);
    for (const [name, fields] of Object.entries(SHAPES)) {
      const view = views.make(name) as Record<string, unknown>;
      for (const [field, kind] of Object.entries(fields as Record<string, string>)) {
        expect(view).toHaveProperty(field);
        if (kind.endsWith('?')) {
          if (scenario.nulls) expect(view[field]).toBeNull();
        } else if (kind !== 'any') expect(view[field]).not.toBeNull();
        if (kind.endsWith('[]')) expect(Array.isArray(view[field])).toBe(true);
      }
    }
    for (const spec of Object.values(GLOBALS)) expect(views.make(spec.kind)).toBeDefined();
  }
});

test('the worst page has 50 products, 250 variants and words of 40 letters', () => {
  const full = new Views(SCENARIOS.find((one) => one.name === 'full')!);
  expect((full.make('collection') as { products: unknown[] }).products).toHaveLength(50);
  expect((full.make('product') as { variants: unknown[] }).variants).toHaveLength(250);
  const long = SCENARIOS.find((one) => one.name === 'long')!;
  expect(Math.max(...long.texts.map((text) => text.split(' ')[0]!.length))).toBeGreaterThanOrEqual(
    40,
  );
  expect(Math.max(...long.texts.map((text) => text.length))).toBeGreaterThanOrEqual(60);
});

test('a page that is not well-formed is refused, though its parts are sound', () => {
  const files = aSection('<p>{{> list}}</p>', { 'snippets/list.hbs': '<ul><li>1</ul>' });
  const found = checkTheme(files, { dryRun: {} }).filter((one) => one.code === 'P_STEPS');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ file: 'sections/main.hbs', severity: 'error' });
  expect(compileTheme(files, { dryRun: {} }).meta).toBeNull();
});

test('findings are written for people and for programs', () => {
  const found = checkTheme(aSection('<p>{{mony 5}}</p>\n<p class={{@shop.name}}></p>'));
  const text = formatDiagnostics(found, { docsBase: 'https://docs.example/' });
  expect(text).toContain(
    'sections/main.hbs:1:4 E_UNKNOWN_HELPER unknown helper {{mony}} (did you mean "money"?)\n>    1 | <p>{{mony 5}}</p>\n       |    ^\n',
  );
  expect(text).toContain('= https://docs.example/docs/theme-manual/checks.md#e_unknown_helper');
  expect(text).toContain('checks.md#s_unquoted_attr (can be fixed)');
  expect(text.trimEnd().split('\n').at(-1)).toMatch(/2 errors/);
  expect(formatDiagnostics([])).toBe('');
  const [first] = diagnosticsToJson(found).filter((one) => one.code === 'E_UNKNOWN_HELPER');
  expect(first).toMatchObject({
    file: 'sections/main.hbs',
    line: 1,
    column: 4,
    endLine: 1,
    endColumn: 14,
    severity: 'error',
    suggestion: 'money',
    fix: null,
    docs: 'docs/theme-manual/checks.md#e_unknown_helper',
  });
});
