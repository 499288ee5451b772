import * as fc from 'fast-check';
import Handlebars from 'handlebars';
import { compileTheme } from '@libs/template-engine';
import { aSection, inner, renderTheme } from './theme.builder';

type Data = Record<string, unknown>;

/** Stock prints `=` and backticks as entities, we as they are: a wanted difference (2.7). */
const plain = (html: string) => html.replaceAll('&#x3D;', '=').replaceAll('&#x60;', '`');

function stock(markup: string, data: Data): string {
  const handlebars = Handlebars.create();
  return plain(handlebars.compile(`<i>${markup}</i>`)({}, { data }));
}

function ours(markup: string, data: Data): string {
  const out = renderTheme(aSection(`<i>${markup}</i>`), data as never);
  expect(out.errors).toEqual([]);
  return inner(out.html);
}

const DATA = {
  product: {
    title: 'A & "B" <c> =`',
    price: 0,
    available: true,
    tags: ['x', 'y'],
    vendor: '',
    variants: [],
  },
  collection: {
    title: 'C',
    products: [
      { title: 'one', tags: ['p'] },
      { title: 'two', tags: [] },
    ],
  },
  page: null,
};

test.each([
  'plain\n  text',
  '{{@product.title}} {{{@product.title}}}',
  '{{@product.price}}{{@product.available}}{{@product.vendor}}{{@product.missing}}',
  '{{#if @product.price}}a{{else}}b{{/if}}{{#if @product.price includeZero=true}}c{{/if}}',
  '{{#if @product.variants}}a{{else if @product.tags}}b{{/if}}',
  '{{#unless @product.vendor}}none{{/unless}}',
  '{{#each @collection.products}}{{title}}{{@index}}{{@first}}{{@last}}{{#each tags}}[{{this}}]{{else}}-{{/each}}{{/each}}',
  '{{#each @collection.products as |p i|}}{{i}}{{p.title}}{{#each p.tags as |tag|}}{{tag}}{{p.title}}{{/each}}{{/each}}',
  '{{#with @product}}{{title}}{{/with}}{{#with @page}}x{{else}}y{{/with}}',
  '{{#each @product}}{{@key}}={{this}};{{/each}}'.replace('{{this}}', '{{@index}}'),
  '{{#if @product.title}}\n  line\n{{else}}\n  other\n{{/if}}\nend',
  ' {{~#if @product.title~}} a {{~/if~}} ',
  '{{! gone }}{{!-- gone --}}\\{{kept}}',
  '{{@product.[title]}}',
])('%s agrees with stock Handlebars', (markup) => {
  expect(ours(markup, DATA)).toBe(stock(markup, DATA));
});

/** Hostile texts in content and data: quotes, line separators, ends of scripts, template literals. */
const hostile = fc.constantFrom(
  'a',
  ' ',
  '"',
  "'",
  '\\',
  '`',
  '${x}',
  '\u2028',
  '\u2029',
  '\n',
  '"+process.exit(1)+"',
  '</p>',
  '&',
  '<b>',
  '\\n',
  '};//',
  'é',
  '😀',
);
const text = fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join(''));
const content = text.map((value) =>
  value.replace(/\\/g, '').replace(/[<>]/g, '').replace(/`/g, ''),
);

const path = fc.constantFrom(
  '@product.title',
  '@product.price',
  '@product.available',
  '@product.vendor',
  '@product.nothing',
  '@collection.title',
);
const { markup } = fc.letrec<{ markup: string }>((tie) => ({
  markup: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    content,
    path.map((one) => `{{${one}}}`),
    path.map((one) => `{{{${one}}}}`),
    fc
      .tuple(path, tie('markup'), tie('markup'))
      .map(([p, a, b]) => `{{#if ${p}}}${a}{{else}}${b}{{/if}}`),
    fc.tuple(path, tie('markup')).map(([p, a]) => `{{#unless ${p}}}${a}{{/unless}}`),
    tie('markup').map(
      (a) => `{{#each @product.tags as |tag|}}{{tag}}{{@index}}${a}{{else}}none{{/each}}`,
    ),
    fc.tuple(tie('markup'), tie('markup')).map(([a, b]) => `${a}${b}`),
  ),
}));

const data = fc.record({
  product: fc.record({
    title: text,
    price: fc.integer(),
    available: fc.boolean(),
    vendor: fc.option(text),
    tags: fc.array(text, { maxLength: 3 }),
  }),
  collection: fc.record({ title: text }),
});

test('random templates with hostile texts agree with stock and never break out', () => {
  fc.assert(
    fc.property(markup, data, (source, page) => {
      const compiled = compileTheme(aSection(`<i>${source}</i>`));
      fc.pre(compiled.meta !== null);
      expect(ours(source, page)).toBe(stock(source, page));
    }),
    { seed: 20261121, numRuns: 400 },
  );
});

test('random data agrees with stock on a template of all block kinds', () => {
  const all =
    '{{#each @collection.products as |p i|}}{{#if p.title}}<b>{{i}}{{p.title}}</b>{{else}}-{{/if}}{{#with p.vendor as |v|}}{{v}}{{/with}}{{#each p.tags}}{{this}}{{@last}}{{/each}}{{/each}}';
  const item = fc.record({
    title: fc.option(text),
    vendor: fc.option(text),
    tags: fc.array(text, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 4 }), (products) => {
      expect(ours(all, { collection: { products } })).toBe(
        stock(all, { collection: { products } }),
      );
    }),
    { seed: 7, numRuns: 150 },
  );
});
