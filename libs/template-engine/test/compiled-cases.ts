import path from 'node:path';
import { EXAMPLE_FILES } from '../src/helpers/examples';
import { HELPERS } from '../src/helpers/table';
import { aSection, readFolder } from './theme.builder';

type Files = Map<string, string | Uint8Array>;

const SCHEMA = JSON.stringify({
  name: 'Main',
  settings: [
    { type: 'font', id: 'font', label: 'Font', default: 'body' },
    { type: 'text', id: 'title', label: 'Title', default: 'Hello' },
    { type: 'range', id: 'count', label: 'Count', min: 1, max: 8, step: 1, default: 4 },
    { type: 'collection', id: 'collection', label: 'Collection' },
  ],
  blocks: [{ type: '@theme' }],
});

const SNIPPET = `{{#if product}}<a href="{{product.url}}">{{product.title}}{{#if badge}}<i>{{badge}}</i>{{/if}}</a>{{/if}}`;

/** What the language can say, besides its helpers, by what it is. */
const CONSTRUCTS: Readonly<Record<string, string>> = {
  'texts and white space': '  a\n  {{~@shop.name~}}  b "quoted" \\ ` ${x}\n<!-- c -->\n',
  'printing by place': `<p class="{{@product.handle}}" data-x='{{@product.title}}'>{{@product.title}}</p>
<a href="{{@product.url}}">{{@product.price}}</a><img src="{{image_url @product.featured_image width=200}}" alt="">
<div style="--n:{{@section.settings.count}}">x</div>`,
  'unescaped markup': '{{{@product.description}}}',
  branches: `{{#if @product.available}}a{{else if @product.on_sale}}b{{else}}c{{/if}}
{{#unless @product.available}}d{{else}}e{{/unless}}{{#if @product.price includeZero=true}}f{{/if}}
{{#match @product.vendor "x" "y"}}g{{else}}h{{/match}}`,
  'tests that are compared': `{{#if (and (gt @product.price 5) (or @product.on_sale (not @product.available)))}}a{{/if}}
{{#if (eq @product.title "A")}}b{{/if}}{{#if (contains @product.tags "c")}}c{{/if}}`,
  loops: `{{#each @product.variants}}{{title}}{{@index}}{{@first}}{{@last}}{{else}}none{{/each}}
{{#each @product.variants limit=2 offset=1 as |one i|}}{{i}}{{#each @product.tags as |tag|}}{{tag}}{{one.title}}{{/each}}{{/each}}
{{#each @settings as |value key|}}{{key}}{{/each}}{{#each (range 1 3) as |n|}}{{n}}{{/each}}`,
  'loops over lists that were made': `{{#each (sort_by (where @product.variants "available" true) "price") as |one|}}{{money one.price}}{{/each}}
{{#each (split "a,b" ",") as |part|}}{{upper part}}{{/each}}`,
  'values with names': `{{#with @product as |p|}}{{p.title}}{{#with p.featured_image as |i|}}{{i.alt}}{{/with}}{{else}}none{{/with}}`,
  snippets: `{{> card product=@product badge=(t "general.new")}}{{#each @collection.products as |one|}}{{> card product=one}}{{/each}}`,
  'blocks and their places': '<div>{{blocks}}</div>{{block "fixed" type="price"}}',
  'forms and pages': `{{#form "product" @product class="f"}}<button>{{t "general.new"}}</button>{{/form}}
{{#paginate @collection.products by=@section.settings.count as |p|}}{{#each @collection.products as |one|}}{{one.title}}{{/each}}{{p.pages}}{{/paginate}}`,
  'texts of the locale': `{{t "general.new"}}{{t "general.greeting" name=@shop.name}}{{t "cart.items" count=@cart.item_count}}
{{#each @product.tags as |tag|}}{{t (append "general." tag)}}{{/each}}`,
  'styles and scripts': `<p>x</p>{{#styles}}.a{background:url(dot.svg)}{{/styles}}{{#script}}console.log(1){{/script}}
<script type="application/json">{{json @product}}</script>`,
};

const FILES: Readonly<Record<string, string>> = {
  ...EXAMPLE_FILES,
  'locales/en.default.json': JSON.stringify({
    cart: { items: { one: '{{ count }} piece', other: '{{ count }} pieces' } },
    general: { new: 'New & <b>', greeting: 'Welcome to {{ name }}' },
  }),
  'snippets/card.hbs': SNIPPET,
};

/** The themes by which a compiler is known: a section for each construct and each helper, and the fixture theme. */
export function compiledCases(): ReadonlyMap<string, Files> {
  return new Map<string, Files>([
    ['the fixture theme', readFolder(path.join(__dirname, 'fixture-theme'))],
    ...Object.entries(CONSTRUCTS).map(
      ([name, markup]) => [name, aSection(markup, { ...FILES }, SCHEMA)] as const,
    ),
    ...[...HELPERS.values()].map(
      ({ name, example }) =>
        [`the helper ${name}`, helperTheme(name, example.template)] as [string, Files],
    ),
  ]);
}

/** What stands only in a layout is in that of every theme. */
function helperTheme(name: string, template: string): Files {
  const inLayout = ['group', 'content', 'content_for_head', 'content_for_body_end'].includes(name);
  return aSection(inLayout ? '<p>main</p>' : template, { ...EXAMPLE_FILES }, SCHEMA);
}
