import { compileTheme } from '@libs/template-engine';
import { aSection, renderSection } from './theme.builder';

const product = (title: string) => ({ title, tags: [`${title}1`, `${title}2`] });
const view = {
  shop: { name: 'M&M' },
  collection: { title: '<C>', products: [product('a&'), product('b"')] },
};
const INNER = '{{#each list as |x|}}{{x}}{{x}},{{/each}}';
const CARD =
  '{{item.title}}:{{#each item.tags as |x|}}{{x}}={{x}} {{item.title}};{{/each}}{{item.title}}';

test.each<[string, string, string]>([
  ['side by side', '{{@shop.name}}-{{@shop.name}}', 'M&amp;M-M&amp;M'],
  ['in text and as markup', '{{@shop.name}}-{{{@shop.name}}}', 'M&amp;M-M&M'],
  [
    'first in a branch that is not taken',
    '{{#if @shop.email}}{{@shop.name}}{{/if}}{{@shop.name}}{{@shop.name}}',
    'M&amp;MM&amp;M',
  ],
  [
    'in both branches and behind them',
    '{{#if @shop.name}}{{@shop.name}}{{else}}{{@shop.name}}{{/if}}{{@shop.name}}',
    'M&amp;MM&amp;M',
  ],
  [
    'in a loop that does not turn',
    '{{#each (range 1 0) as |i|}}{{@shop.name}}{{/each}}{{@shop.name}}',
    'M&amp;M',
  ],
  [
    'of each round anew',
    '{{#each @collection.products as |p|}}{{p.title}}{{p.title}} {{/each}}',
    'a&amp;a&amp; b&quot;b&quot; ',
  ],
  [
    'of loops one after the other',
    '{{#each @collection.products as |p|}}{{p.title}} {{/each}}{{#each @collection.products as |p|}}{{p.title}} {{/each}}',
    'a&amp; b&quot; a&amp; b&quot; ',
  ],
  [
    'of a snippet whose loop has a local of the same number',
    '{{#each @collection.products as |p|}}{{p.title}}{{> inner list=p.tags}}{{p.title}} {{/each}}',
    'a&amp;a&amp;1a&amp;1,a&amp;2a&amp;2,a&amp; b&quot;b&quot;1b&quot;1,b&quot;2b&quot;2,b&quot; ',
  ],
  [
    'of a snippet that is used twice with other arguments',
    '{{> inner list=@collection.products.[0].tags}}|{{> inner list=@collection.products.[1].tags}}',
    'a&amp;1a&amp;1,a&amp;2a&amp;2,|b&quot;1b&quot;1,b&quot;2b&quot;2,',
  ],
  [
    'of an argument, in a loop and around it',
    '{{#each @collection.products as |x|}}{{> card item=x}} {{/each}}',
    'a&amp;:a&amp;1=a&amp;1 a&amp;;a&amp;2=a&amp;2 a&amp;;a&amp; b&quot;:b&quot;1=b&quot;1 b&quot;;b&quot;2=b&quot;2 b&quot;;b&quot; ',
  ],
  [
    'in a text of the locale',
    '{{@collection.title}} {{t "a" name=@collection.title}} {{@collection.title}}',
    '&lt;C&gt; Buy &lt;C&gt;! &lt;C&gt;',
  ],
  [
    'of nested blocks with a value',
    '{{#with @shop as |s|}}{{s.name}}{{#with @collection as |s|}}{{s.title}}{{s.title}}{{/with}}{{s.name}}{{/with}}',
    'M&amp;M&lt;C&gt;&lt;C&gt;M&amp;M',
  ],
])('a value that is printed more than once %s', (_, markup, wanted) => {
  const files = {
    'snippets/inner.hbs': INNER,
    'snippets/card.hbs': CARD,
    'locales/en.default.json': '{"a":"Buy {{ name }}!"}',
  };
  expect(renderSection(markup, view, files)).toBe(wanted);
});

test('it is read and escaped once', () => {
  const { artefacts } = compileTheme(aSection('<p title="{{@shop.name}}">{{@shop.name}}</p>'));
  expect(artefacts[0]!.js.match(/shop\?\.name/g)).toHaveLength(1);
});
