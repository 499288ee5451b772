import { PAGE_BUDGETS } from '@template-engine/language';
import { aSection, renderTheme } from './theme.builder';

const LOOPS = '{{#each (range 1 400) as |a|}}\n{{#each (range 1 400) as |b|}}.{{/each}}{{/each}}';
const SNIPPET = { 'snippets/dot.hbs': '\n\n.{{x}}' };

/** Code and place of what stopped the section. */
function stopOf(
  markup: string,
  budgets: Partial<typeof PAGE_BUDGETS> | Record<string, number> = {},
  files: Record<string, string> = {},
): string[] {
  const metafields = { wide: Object.fromEntries(range(1_000).map((i) => [`k${i}`, i])) };
  const globals = { shop: { metafields } } as never;
  return renderTheme(aSection(markup, files), globals, { budgets }).errors.map(
    ({ code, file, line }) => `${code} ${file}:${line}`,
  );
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

test.each<[string, string, Record<string, number>, string]>([
  ['steps', LOOPS, {}, 'R_STEPS sections/main.hbs:2'],
  ['output', LOOPS, { output: 100 }, 'R_OUTPUT sections/main.hbs:2'],
  [
    'keys that are counted',
    '{{#each (range 1 900) as |a|}}\n{{size @shop.metafields.wide}}{{/each}}',
    {},
    'R_ALLOC sections/main.hbs:2',
  ],
])('a section that uses up its %s is stopped where it stands', (_, markup, budgets, stop) => {
  expect(stopOf(markup, budgets)).toEqual([stop]);
});

test('a snippet that is written into its caller is charged, and its own lines are named', () => {
  const markup = '{{#each (range 1 1000) as |a|}}{{> dot x=a}}{{/each}}';
  expect(stopOf(markup, {}, SNIPPET)).toEqual([]);
  expect(stopOf(markup, { steps: 2_000 }, SNIPPET)).toEqual(['R_STEPS snippets/dot.hbs:1']);
});

test('a section whose time is up is stopped, and there is time for the layout', () => {
  const endless = '{{#each (range 1 999)}}'.repeat(3) + '{{/each}}'.repeat(3);
  expect(stopOf(endless, { deadline: 400, steps: 1e12, alloc: 1e12 })).toEqual([
    'R_DEADLINE sections/main.hbs:1',
  ]);
});

test('sections that use up the page leave it its layout', () => {
  const order = ['a', 'b', 'c', 'd'];
  const sections = Object.fromEntries(order.map((id) => [id, { type: 'main' }]));
  const { html, errors } = renderTheme(
    aSection(LOOPS, { 'templates/index.json': JSON.stringify({ sections, order }) }),
  );
  expect(errors.map(({ section, code }) => `${section} ${code}`)).toEqual(
    order.map((id) => `${id} R_STEPS`),
  );
  expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr">.*<\/body><\/html>$/s);
});

test('time is up well before a render is killed', () => {
  expect(PAGE_BUDGETS.deadline).toBeLessThanOrEqual(400);
});
