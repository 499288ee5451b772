import { compileTheme } from '@libs/template-engine';
import { aSection, errorsOf, renderSection } from './theme.builder';

const product = {
  title: 'Tom & "Jerry"',
  url: '/products/tom',
  price: 1250,
  tags: ['a', 'b', 'c'],
  available: true,
  description: '<b>bold</b>',
};
const view = {
  product,
  shop: { currency: 'EUR' },
  collection: { products: [product, { ...product, title: 'B', price: 99 }] },
};

test.each([
  ['{{@product.title}}', 'Tom &amp; &quot;Jerry&quot;'],
  ['{{{@product.description}}}', '<b>bold</b>'],
  ['{{@product.description}}', '&lt;b&gt;bold&lt;/b&gt;'],
  ['{{@product}}{{@product.tags}}', ''],
  ['{{money @product.price}}', '€12.50'],
  ['{{money 1200 trim_zeros=true}}', '€12'],
  ['{{number (mul 0 -1)}} {{number 0}} {{money (mul 0 -1)}} {{money 0}}', '0 0 €0.00 €0.00'],
  [
    '{{#each @product.tags as |tag i|}}{{i}}{{tag}}{{#unless @last}},{{/unless}}{{/each}}',
    '0a,1b,2c',
  ],
  ['{{#each @product.tags limit=2 offset=1}}{{this}}{{/each}}', 'bc'],
  ['{{#each @product.media}}x{{else}}none{{/each}}', 'none'],
  ['{{#if (gt @product.price 1000)}}dear{{else if @product.available}}cheap{{/if}}', 'dear'],
  ['{{#match @product.title "x"}}1{{else match @product.url "/products/tom" "y"}}2{{/match}}', '2'],
  [
    '{{#match @product.url "x"}}1{{else match "y"}}2{{else match "z" "/products/tom"}}3{{else}}4{{/match}}',
    '3',
  ],
  [
    '{{#match @product.url "x"}}1{{else match "y"}}2{{else match @product.price 1250}}3{{else match 99}}4{{/match}}',
    '3',
  ],
  ['{{#match @product.url "x"}}1{{else match "y"}}2{{else}}3{{/match}}', '3'],
  ['{{#with @product as |p|}}{{p.price}}{{/with}}', '1250'],
  ['{{#each (sort_by @collection.products "price") as |p|}}{{p.price}} {{/each}}', '99 1250 '],
  ['{{join (map @collection.products "title") "|"}}', 'Tom &amp; &quot;Jerry&quot;|B'],
  ['{{add 1 2}}{{sub 1 2}}{{mul 3 4}}{{div 1 0}}{{mod 7 3}}{{round 2.55 1}}', '3-112012.6'],
  ['{{truncate "abcdef" 4}}', 'abc…'],
  [
    '{{strip_html "<p>Kiln &amp; Field&#39;s<br>&lt;b&gt;</p>"}}',
    'Kiln &amp; Field&#x27;s&amp;lt;b&amp;gt;',
  ],
  ['{{{strip_html "&lt;b&gt; &amp;lt;b&amp;gt;"}}}', '&lt;b&gt; &lt;b&gt;'],
  ['{{default @product.vendor "none"}}', 'none'],
  ['{{or @product.vendor @product.url}}', '/products/tom'],
  ['<a href="{{@product.url}}">x</a>', '<a href="/products/tom">x</a>'],
  ['{{json @product.tags}}', '["a","b","c"]'],
  [
    '<script>const a={{json @product.description}};</script>',
    '<script>const a="\\u003cb\\u003ebold\\u003c/b\\u003e";</script>',
  ],
  ['{{date "2026-11-21T10:00:00Z" "long"}}', 'November 21, 2026'],
  ['{{handleize "Crème  Brûlée!"}}', 'creme-brulee'],
  ['{{nl2br "a\nb<"}}', 'a<br>\nb&lt;'],
  ['<p {{attrs class="x" hidden=false data_id=3}}>a</p>', '<p  class="x" data-id="3">a</p>'],
  ['{{link_to "a<" "javascript:alert(1)"}}', '<a href="">a&lt;</a>'],
  ['{{url_with "page" 2}}', '/?page=2'],
  ['{{plural 1 "item" "items"}}{{plural 2 "item" "items"}}', 'itemitems'],
  [
    '{{size (range 1 5)}}{{first (split "a-b" "-")}}{{at @product.tags -1}}{{lookup @product "price"}}',
    '5ac1250',
  ],
  ['{{lookup @product "constructor"}}{{lookup @product "toString"}}', ''],
])('%s gives %s', (markup, expected) => {
  expect(renderSection(markup, view)).toBe(expected);
});

test('a form has its action, method and the slot for the token', () => {
  const html = renderSection(
    '{{#form "cart-add" @product class="buy"}}<button>Buy</button>{{/form}}',
    { product: { ...product, id: '7' } },
  );
  expect(html).toBe(
    '<form action="/cart/add" method="post" class="buy"><input type="hidden" name="form_type" value="cart-add">' +
      '<input type="hidden" name="product_id" value="7"><button>Buy</button></form>',
  );
});

test('a form to the merchant says which it is and has a field that only robots fill', () => {
  const html = renderSection('{{#form "contact" id="ask"}}<button>Send</button>{{/form}}', {});
  expect(html).toBe(
    '<form action="/contact" method="post" id="ask"><input type="hidden" name="form_type" value="contact">' +
      '<input type="hidden" name="form_id" value="ask">' +
      '<input type="text" name="homepage_url" autocomplete="off" tabindex="-1" hidden>' +
      '<button>Send</button></form>',
  );
});

test('snippets see their arguments and the objects only', () => {
  const files = { 'snippets/card.hbs': '{{product.title}}/{{note}}/{{@shop.currency}}' };
  expect(
    renderSection(
      '{{#each @collection.products as |p|}}{{> card product=p}};{{/each}}',
      view,
      files,
    ),
  ).toBe('Tom &amp; &quot;Jerry&quot;//EUR;B//EUR;');
});

test('what a call hands to a snippet as a constant is printed as any other value', () => {
  const files = { 'snippets/icon.hbs': '{{{svg}}}|{{svg}}|<i title="{{svg}}"></i>' };
  expect(renderSection(`{{> icon svg='<b>"é"</b>'}}`, view, files)).toBe(
    '<b>"é"</b>|&lt;b&gt;&quot;é&quot;&lt;/b&gt;|<i title="&lt;b&gt;&quot;é&quot;&lt;/b&gt;"></i>',
  );
});

test('a named loop leaves the arguments of a snippet in reach, an unnamed one reads fields', () => {
  const files = {
    'snippets/list.hbs':
      '{{#each items as |item|}}{{item.title}}{{sep}}{{/each}}|{{#each items}}{{title}}{{sep}}{{/each}}',
  };
  expect(renderSection('{{> list items=@collection.products sep="/"}}', view, files)).toBe(
    'Tom &amp; &quot;Jerry&quot;/B/|Tom &amp; &quot;Jerry&quot;B',
  );
});

test('images snap to the ladder and are never enlarged', () => {
  const image = { src: '/media/a.jpg', width: 900, height: 600, alt: 'A "b"' };
  expect(
    renderSection('{{image_url @product.featured_image width=300}}', {
      product: { featured_image: image },
    }),
  ).toBe('/media/a.jpg?width=400');
  expect(
    renderSection('{{srcset @product.featured_image widths="165,360,5000"}}', {
      product: { featured_image: image },
    }),
  ).toBe('/media/a.jpg?width=200 200w, /media/a.jpg?width=400 400w, /media/a.jpg?width=1200 900w');
  expect(
    renderSection('{{image_tag @product.featured_image width=400 sizes="50vw"}}', {
      product: { featured_image: image },
    }),
  ).toContain('width="400" height="267" alt="A &quot;b&quot;" sizes="50vw" loading="lazy"');
});

test.each([
  ['<p>{{mony @product.price}}</p>', 'E_UNKNOWN_HELPER', 'money', 1, 4],
  ['a\n{{#if @product}}b', 'E_SYNTAX', undefined, 2, 1],
  ['{{@prodct.title}}', 'C_UNKNOWN_OBJECT', 'product', 1, 3],
  ['{{@section.settings.headin}}', 'C_UNKNOWN_SETTING', 'heading', 1, 3],
  ['{{> crad}}', 'F_MISSING_SNIPPET', 'card', 1, 1],
  ['{{t "general.skp"}}', 'L_MISSING_KEY', 'general.skip', 1, 5],
  ['{{asset "bse.css"}}', 'F_MISSING_ASSET', 'base.css', 1, 9],
  ['{{product.title}}', 'C_UNKNOWN_NAME', '@product', 1, 3],
  ['{{money}}', 'E_ARGS', undefined, 1, 1],
  ['{{money 1 curency=true}}', 'E_ARGS', 'currency', 1, 11],
  ['<a href={{@product.url}}>x</a>', 'S_UNQUOTED_ATTR', undefined, 1, 11],
  ['<a href="{{@product.title}}">x</a>', 'S_URL_SCHEME', undefined, 1, 12],
  ['<a href="javascript:{{@product.url}}">x</a>', 'S_URL_SCHEME', undefined, 1, 4],
  ['<script>var t="{{@product.title}}"</script>', 'S_SCRIPT_INTERPOLATION', undefined, 1, 18],
  ['<b onclick="x({{@product.price}})">x</b>', 'S_HANDLER_INTERPOLATION', undefined, 1, 17],
  ['<p title="{{{@product.title}}}">x</p>', 'S_RAW_IN_ATTR', undefined, 1, 14],
  ['<p {{@product.title}}>x</p>', 'S_DYNAMIC_ATTR_NAME', undefined, 1, 6],
  ['<base href="/">', 'S_BASE', undefined, 1, 1],
  ['<!--#include virtual="/x" -->', 'S_ESI', undefined, 1, 5],
  ['<form action="https://evil.example"></form>', 'S_FORM_ACTION', undefined, 1, 1],
  ['<img src="/a.png" width="1" height="1">', 'A_IMG_ALT', undefined, 1, 1],
  ['<button><svg></svg></button>', 'A_BUTTON_NAME', undefined, 1, 1],
  ['<a href="/x"></a>', 'A_LINK_NAME', undefined, 1, 1],
  ['<input name="q">', 'A_LABEL', undefined, 1, 1],
  ['<div><p>x</div></section>', 'H_STRAY_CLOSE', undefined, 1, 16],
  ['<div>', 'H_UNCLOSED', undefined, 1, 1],
  ['{{#if @product}}<div>{{else}}<span>{{/if}}', 'H_BRANCH_MISMATCH', undefined, 1, 1],
])('%s is refused: %s', (markup, code, ...[suggestion, line, column]) => {
  const theme = compileTheme(
    aSection(
      markup,
      {
        'snippets/card.hbs': 'x',
        'assets/base.css': 'a{}',
        'locales/en.default.json': '{"general":{"skip":"Skip"}}',
      },
      '{"name":"Main","settings":[{"type":"text","id":"heading","label":"H"}]}',
    ),
  );
  const found = theme.diagnostics.find((one) => one.code === code);
  expect(errorsOf(theme)).toContain(code);
  expect({
    line: found?.line,
    column: found?.column,
    suggestion: found?.suggestion,
    file: found?.file,
  }).toEqual({
    line,
    column,
    suggestion,
    file: 'sections/main.hbs',
  });
  expect(theme.artefacts).toEqual([]);
});

test('names that texts and lists inherit are fields of objects only', () => {
  const names = ['values', 'search', 'sort', 'link', 'filter', 'at', 'reverse'];
  const read = names.map((name) => `{{this.${name}}}`).join(',');
  const own = Object.fromEntries(names.map((name) => [name, name]));
  const things = [own, [], 'text', { other: 1 }, 5, null];
  const html = renderSection(`{{#each @shop.metafields.x}}${read};{{/each}}`, {
    shop: { metafields: { x: things } },
  });
  const none = ','.repeat(names.length - 1);
  expect(html.split(';')).toEqual([names.join(','), none, none, none, none, none, '']);
});
