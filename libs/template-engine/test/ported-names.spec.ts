import { checkTheme } from '@libs/template-engine';
import { GLOBALS } from '../src/context/globals';
import { SHAPES } from '../src/context/shapes';
import {
  FIELDS_ELSEWHERE,
  FORMS_ELSEWHERE,
  HELPERS_ELSEWHERE,
  OBJECTS_ELSEWHERE,
  SETTINGS_ELSEWHERE,
} from '../src/diagnostics/elsewhere-names';
import { FORMS, HELPERS } from '../src/helpers/table';
import { SETTING_TYPES } from '../src/schema/setting-types';
import { aSection } from './theme.builder';

const messagesOf = (markup: string, schema?: string) =>
  checkTheme(aSection(markup, {}, schema))
    .filter(({ file }) => file === 'sections/main.hbs')
    .map(({ message }) => message);

test.each<[string, string]>([
  ['{{#each @cart.items as |item|}}{{forloop.index}}{{/each}}', '(add @index 1) counts from 1'],
  ['{{#each @cart.items as |item|}}{{break}}{{/each}}', 'choose before it by limit='],
  ['{{increment n}}', '(size list) its length'],
  ['{{assign n=1}}', 'name it by {{#with x as |name|}}'],
  ['{{#capture n}}1{{/capture}}', 'make a snippet'],
  ['{{#stylesheet}}a{}{{/stylesheet}}', '{{#styles}}'],
  ['{{stylesheet "a.css"}}', '(did you mean "asset"?)'],
  ['{{render "card"}}', '{{> name key=value}}'],
  ['{{page_title}}', '{{@page_meta.title}}'],
  ['{{form.errors}}', '@form_result'],
  ['{{theme_settings.colour}}', '(did you mean "@settings"?)'],
  ['{{#if (eq @shop.name blank)}}{{/if}}', 'empty values count as no'],
  ['{{@shop.name.size}}', 'write (size …)'],
  ['{{@shop.locales.first.code}}', 'write (first …)'],
  ['{{@request.locale.iso_code}}', 'it is the value itself'],
  ['{{@localization.country.iso_code}}', '(did you mean "code"?)'],
  ['{{#each @cart.items as |item|}}{{item.url_to_remove}}{{/each}}', 'updates[{{item.key}}]'],
  ['{{#each @cart.items as |item|}}{{item.images}}{{/each}}', 'has no field "images" (did'],
  ['{{#form "customer_login"}}{{/form}}', '(did you mean "login"?)'],
  ['{{#match @shop.name}}{{/match}}', 'match takes 2 to'],
  ['<p>{% if product.title %}</p>', 'this is Liquid'],
  ['---\nproducts: {}\n---\n', 'front matter is not read'],
  ["{{#if @shop.name '===' 'x'}}{{/if}}", '{{#if (eq a b)}}'],
  ['{{#compare 1 2 operator=">"}}{{/compare}}', '{{#if (eq a b)}}'],
  ['{{#gt 1 2}}{{/gt}}', '{{#if (eq a b)}}'],
  ['{{#all 1 2}}{{/all}}', '{{#if (and a b)}}'],
  ['{{jsContext}}', '<script type="application/json">'],
  ['{{@root.shop.name}}', '@shop, wherever it is read'],
  ['{{> components/common/card}}', 'in no folders'],
  ['{{@cart.grand_total}}', '(did you mean "total_price"?)'],
  ['{{@cart.total_price.formatted}}', 'it is the price itself'],
])('%s', (markup, said) => {
  expect(messagesOf(markup).join('\n')).toContain(said);
});

test('the id of a section and the colour of a value stand in CSS', () => {
  expect(
    messagesOf(
      '<style>#s-{{@section.id}}{margin:0}</style>{{#each @section.blocks as |block|}}<p style="anchor-name: --{{block.id}}" {{{block.attributes}}}></p>{{/each}}',
    ),
  ).toEqual([]);
  const schema = '{"name":"Main","settings":[{"type":"product","id":"p"}]}';
  const swatches =
    '{{#each @section.settings.p.options_with_values as |option|}}{{#each option.values as |value|}}<i style="background: {{value.swatch}}"></i>{{/each}}{{/each}}';
  expect(messagesOf(swatches, schema)).toEqual([]);
});

test('every name of another platform leads to one that is here', () => {
  const missing = (table: Readonly<Record<string, string>>, has: (name: string) => boolean) =>
    Object.entries(table).filter(([from, to]) => !has(to) || has(from));
  expect(missing(HELPERS_ELSEWHERE, (name) => name === 'else if' || HELPERS.has(name))).toEqual([]);
  expect(missing(FORMS_ELSEWHERE, (name) => Object.hasOwn(FORMS, name))).toEqual([]);
  expect(missing(OBJECTS_ELSEWHERE, (name) => Object.hasOwn(GLOBALS, name))).toEqual([]);
  expect(missing(SETTINGS_ELSEWHERE, (name) => Object.hasOwn(SETTING_TYPES, name))).toEqual([]);
  for (const [shape, fields] of Object.entries(FIELDS_ELSEWHERE))
    expect([
      shape,
      missing(fields, (name) => Object.hasOwn(SHAPES[shape as keyof typeof SHAPES], name)),
    ]).toEqual([shape, []]);
});
