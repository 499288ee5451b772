import { compileTheme } from '@libs/template-engine';
import { aSection, renderSection } from './theme.builder';

const view = {
  shop: { name: 'A', email: '' },
  collection: {
    title: 'C',
    products: [
      { title: 'p', tags: ['1', '2'] },
      { title: 'q', tags: [] },
    ],
  },
};
const ITEM = '<b>{{item.title}}</b>';

test.each<[string, string, string]>([
  ['a branch of text only', '|{{#if @shop.name}}x{{/if}}|', '|x|'],
  ['a branch that is not taken', '|{{#if @shop.email}}x{{/if}}|', '||'],
  [
    'two branches of text side by side',
    '1{{#if @shop.name}}2{{/if}}3{{#if @shop.email}}4{{else}}5{{/if}}6',
    '12356',
  ],
  [
    'three of them',
    '{{#if @shop.name}}a{{/if}}{{#if @shop.email}}b{{/if}}{{#if @shop.name}}c{{/if}}d',
    'acd',
  ],
  ['a branch with a value', '1{{#if @shop.name}}2{{@shop.name}}3{{/if}}4', '12A34'],
  ['its other way', '1{{#if @shop.email}}2{{@shop.name}}3{{else}}5{{/if}}4', '154'],
  [
    'a chain',
    '1{{#if @shop.email}}2{{else if @shop.name}}3{{@shop.name}}{{else}}4{{/if}}5',
    '13A5',
  ],
  ['a loop', '|{{#each @collection.products as |p|}}[{{p.title}}]{{/each}}|', '|[p][q]|'],
  ['a loop that does not turn', '1{{#each (range 1 0) as |i|}}[{{i}}]{{/each}}2', '12'],
  [
    'its other way',
    '1{{#each (range 1 0) as |i|}}[{{i}}]{{else}}none{{@shop.name}}{{/each}}2',
    '1noneA2',
  ],
  ['a loop of text only', '1{{#each (range 1 3) as |i|}}x{{/each}}2', '1xxx2'],
  [
    'loops in each other',
    '1{{#each @collection.products as |p|}}({{#each p.tags as |t|}}-{{t}}-{{/each}}){{/each}}2',
    '1(-1--2-)()2',
  ],
  [
    'a branch that begins and one that ends a loop',
    '{{#each @collection.products as |p|}}{{#if p.tags}}a{{/if}}{{p.title}}{{#if @first}}b{{/if}};{{/each}}',
    'apb;q;',
  ],
  ['a block with a value', '1{{#with @shop as |s|}}2{{s.name}}3{{/with}}4', '12A34'],
  ['a block without one', '1{{#with @shop.email as |s|}}2{{s}}3{{else}}5{{/with}}4', '154'],
  [
    'snippets in a loop',
    '1{{#each @collection.products as |p|}}2{{> item item=p}}3{{/each}}4',
    '12<b>p</b>32<b>q</b>34',
  ],
  [
    'a text of the locale',
    '1{{t "a" name=@shop.name}}2{{#if @shop.name}}{{t "a" name="x"}}{{/if}}',
    '1Buy A!2Buy x!',
  ],
])('texts that are joined when compiled: %s', (_, markup, wanted) => {
  const files = { 'snippets/item.hbs': ITEM, 'locales/en.default.json': '{"a":"Buy {{ name }}!"}' };
  expect(renderSection(markup, view, files)).toBe(wanted);
});

test('what ends a round is one text with what begins the next', () => {
  const { artefacts } = compileTheme(
    aSection('<ul>{{#each (range 1 3) as |i|}}<li>{{i}}</li>{{/each}}</ul>'),
  );
  expect(artefacts[0]!.js).toContain('"<ul><li>":"</li><li>"');
});

test('however many branches stand in a row or in each other, the code grows with the theme', () => {
  const size = (markup: string): number => compileTheme(aSection(markup)).artefacts[0]!.js.length;
  const row = '{{#if @shop.name}}x{{/if}}y'.repeat(400);
  const deep = `${'{{#if @shop.name}}x'.repeat(20)}{{@shop.name}}${'y{{/if}}'.repeat(20)}`.repeat(
    20,
  );
  expect(size(row)).toBeLessThan(row.length * 4 + 12_000);
  expect(size(deep)).toBeLessThan(deep.length * 4 + 12_000);
});
