import Handlebars from 'handlebars';
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
