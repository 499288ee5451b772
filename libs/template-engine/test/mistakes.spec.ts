import { checkTheme } from '@libs/template-engine';
import { aTheme } from './theme.builder';

const MARK = '‸';
const LAYOUT = `<!doctype html><html lang="{{@request.locale}}" dir="{{@request.dir}}"><head>{{content_for_head}}</head>
<body><a href="#main">{{@shop.name}}</a>{{group "header"}}<main id="main">{{content}}</main>{{group "footer"}}{{content_for_body_end}}</body></html>`;
const CARD =
  '{{!-- @param {product_card} product required\n @param {bool} lazy --}}<p>{{product.title}}{{lazy}}</p>';
const ICON = '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>';

const CLEAN = {
  'layout/theme.hbs': LAYOUT,
  'snippets/card.hbs': CARD,
  'snippets/icon.hbs': ICON,
  'snippets/said.hbs': `{{> icon}}<span>{{@shop.name}}</span>`,
  'snippets/unused.hbs': `{{> said}}{{> icon}}{{> card product=p}}`,
  'assets/icon.svg': ICON,
  'assets/titled.svg': '<svg><title>Close</title></svg>',
  'blocks/note.hbs':
    '<p>{{@block.settings.text}}</p>{{#schema}}{"name":"Note","settings":[{"type":"text","id":"text"}]}{{/schema}}',
  'locales/en.default.json': '{"left":"{{ count }} left","many":{"one":"One","other":"Many"}}',
};

const SCHEMA = `{"name":"x","settings":[{"type":"product","id":"p"},{"type":"collection","id":"c"},{"type":"text","id":"s"}],"blocks":[{"type":"@theme"}]}`;
const READS =
  '<p>{{@section.settings.s}}{{@section.settings.p.title}}{{@section.settings.c.title}}{{blocks}}</p>';

/** What is found in a theme whose files replace others; `‸` stands before the place of every finding. */
function expectFound(files: Record<string, string>, codes: readonly string[]): void {
  const marks: string[] = [];
  const clean = Object.entries(files).map(([file, text]) => {
    let whole = text;
    for (let at = whole.indexOf(MARK); at !== -1; at = whole.indexOf(MARK)) {
      const before = whole.slice(0, at).split('\n');
      marks.push(`${file}:${before.length}:${before.at(-1)!.length + 1}`);
      whole = whole.slice(0, at) + whole.slice(at + 1);
    }
    return [file, whole] as const;
  });
  const theme = aTheme({ ...CLEAN, ...Object.fromEntries(clean) });
  const found = checkTheme(theme).filter(
    ({ code }) => !['X_ORPHAN_SNIPPET', 'L_UNUSED_KEY'].includes(code),
  );
  expect(found.map((one) => `${one.file}:${one.line}:${one.column}`).toSorted()).toEqual(
    marks.toSorted(),
  );
  expect(found.map((one) => one.code).toSorted()).toEqual(codes.toSorted());
}

const section = (markup: string, schema = SCHEMA) => ({
  'sections/main.hbs': `${READS}\n${markup}{{#schema}}${schema}{{/schema}}`,
});

test.each<[string, string]>([
  ['<p><b>{{@shop.name}}</b><ul></ul>‸</p>', 'H_STRAY_CLOSE'],
  ['‸<p class="a"\n <b>{{@shop.name}}</b></p>', 'H_UNCLOSED'],
  ['‸<i class="icon"/>{{@shop.name}}', 'H_UNCLOSED'],
  [
    '{{#each @section.blocks as |b|}}<p ‸id="a-{{@section.id}}">{{b.id}}</p>{{/each}}',
    'H_DUP_ID_IN_LOOP',
  ],
  ['‸<button type="button">{{> icon}}</button>', 'A_BUTTON_NAME'],
  ['‸<button type="button">{{inline_asset "icon.svg"}}</button>', 'A_BUTTON_NAME'],
  ['‸<a href="/"><span aria-hidden="true">×</span></a>', 'A_LINK_NAME'],
  ['‸<input type="image" src="/x.png">', 'A_IMG_ALT'],
  ['<p>‸Only {{@shop.name}} pieces of {{@shop.email}} are left</p>', 'L_HARDCODED_TEXT'],
  ['<input type="submit" ‸value="Send now">', 'L_HARDCODED_TEXT'],
  ['<video muted ‸poster="https://cdn.example/a.jpg"></video>', 'P_REMOTE_ASSET'],
  ['{{#each @section.settings.c.products limit=‸80 as |p|}}{{p.title}}{{/each}}', 'D_CAP'],
  ['‸{{> card lazy=true}}', 'C_UNKNOWN_PARAM'],
  ['{{> card product=@section.settings.p lasy=‸true}}', 'C_UNKNOWN_PARAM'],
  ['<p>{{t ‸"left"}}</p>', 'L_PLACEHOLDER_MISMATCH'],
  ['<p>{{t ‸"left" n=1}}</p>', 'L_PLACEHOLDER_MISMATCH'],
  ['<p>{{t ‸"many"}}</p>', 'L_PLACEHOLDER_MISMATCH'],
])('%s', (markup, code) => {
  expectFound(section(markup), [code]);
});

test.each([
  '<p>{{@shop.name}}<p>{{@shop.url}}<ul><li>1<li>2</ul>',
  '{{#each @section.blocks as |b i|}}<p id="a-{{b.id}}"></p><p id="b-{{i}}"></p><p id="c-{{add i 1}}"></p>{{/each}}',
  '<button type="button">{{> said}}</button><button type="button">{{inline_asset "titled.svg"}}</button>',
  '<button type="button" aria-label="{{@shop.name}}">{{> icon}}</button>',
  '<div aria-hidden="true"><a href="/"><i></i></a></div><a href="/" aria-hidden="true" tabindex="-1"></a>',
  '<p>{{t "left" count=2}}{{t "many" count=2}}</p>{{> card product=@section.settings.p}}',
  '<table><tr><td>1<td>2<tr><td>3</table><svg><g/></svg><template><li></li></template>',
])('nothing is found in %s', (markup) => {
  expectFound(section(markup), []);
});

const schema = (more: string) => `${SCHEMA.slice(0, -1)},${more}}`;

test.each<[string, string]>([
  ['"presets":‸{"name":"a"}', 'J_SCHEMA'],
  ['"presets":[‸{"settings":{"s":"a"}}]', 'J_SCHEMA'],
  ['"presets":[{"name":"a","settings":{"t":‸"a"}}]', 'J_VALUE'],
  ['"presets":[{"name":"a","blocks":[{"type":‸"noet"}]}]', 'F_MISSING_BLOCK'],
  ['"presets":[{"name":"a","blocks":{"n":{"type":‸"noet"}}}]', 'F_MISSING_BLOCK'],
  ['"disabled_on":{"template":‸["index"]}', 'J_SCHEMA'],
])('a schema with %s', (more, code) => {
  expectFound(section('', schema(more)), [code]);
});

test('a block that the schema lists twice, and a key that no block has', () => {
  const blocks = '[{"type":"@theme"},{"type":‸"@theme"},{"type":"a","name":"A","setings":‸[]}]';
  const text = SCHEMA.replace('[{"type":"@theme"}]', blocks);
  expectFound(section('', text), ['C_DUP_ID', 'J_VALUE']);
});

test('a condition on an option that there is not', () => {
  const options = '"options":[{"value":"a","label":"A"},{"value":"b","label":"B"}]';
  const more = `[{"type":"select","id":"k",${options}},{"type":"text","id":"l","visible_if":‸"k == 'c'"},`;
  const text = SCHEMA.replace('"settings":[', `"settings":${more}`);
  expectFound(section('<p>{{@section.settings.k}}{{@section.settings.l}}</p>', text), ['J_VALUE']);
});

const template = (inside: string) => ({
  ...section(''),
  'templates/page.json': `{"sections":{"a":{"type":"main",${inside}}},"order":["a"]}`,
});

test.each<[string, string]>([
  ['"setings":‸{"s":"a"}', 'J_VALUE'],
  ['"blocks":{"n":{"type":"note","settings":{"txt":‸"a"}}}', 'J_VALUE'],
  ['"blocks":{"n":{"type":"note","blocks":{"o":{"type":‸"nope"}}}}', 'F_MISSING_BLOCK'],
  ['"blocks":{"n":{"type":"note"}},"block_order":‸[]', 'J_ORDER'],
  ['"blocks":{"n":{"type":"note"}},"block_order":["n",‸"m"]', 'J_ORDER'],
])('a template with %s', (inside, code) => {
  expectFound(template(inside), [code]);
});

test('a template of no page, a group of no kind, a preset of the theme that does not fit', () => {
  expectFound(
    {
      ...section('<p style="color: {{@settings.accent}}">{{@shop.name}}</p>'),
      'templates/products.json': `${MARK}{"sections":{},"order":[]}`,
      'sections/footer.json': '{"name":"F","type":‸"foter","sections":{},"order":[]}',
      'config/settings_schema.json': '[{"name":"a","settings":[{"type":"color","id":"accent"}]}]',
      'config/settings_data.json': '{"current":{},"presets":{"Dusk":{"acent":‸"#112233"}}}',
    },
    ['F_PATH', 'J_SCHEMA', 'J_VALUE'],
  );
});

test('a block that always shows itself, also through another', () => {
  const block = (inside: string) => `${inside}{{#schema}}{"name":"x"}{{/schema}}`;
  expectFound(
    {
      ...section(''),
      'blocks/one.hbs': block('‸{{block "a" type="two"}}'),
      'blocks/two.hbs': block('‸{{block "b" type="one"}}'),
      'blocks/three.hbs': block('{{block "b" type="one"}}'),
    },
    ['X_RECURSION', 'X_RECURSION'],
  );
});

test('names of Liquid and Stencil lead to those of here', () => {
  const pairs = [
    ['{{upcase @shop.name}}', 'upper'],
    ['{{lang "left"}}', 't'],
    ['{{@linklists.main}}', 'menus'],
    ['{{@routes.cart_url}}', 'cart'],
  ];
  for (const [markup, name] of pairs) {
    const files = aTheme({ ...CLEAN, ...section(`<p>${markup}</p>`) });
    const own = checkTheme(files).filter((one) => one.suggestion !== undefined);
    expect(own.map((one) => one.suggestion)).toEqual([name]);
  }
  const picker = SCHEMA.replace('"collection"', '"image_picker"');
  const own = checkTheme(aTheme({ ...CLEAN, ...section('', picker) }));
  expect(own.map((one) => one.suggestion)).toContain('image');
});

test('a style sheet imported from another site by its name alone', () => {
  expectFound({ ...section(''), 'assets/a.css': '@import ‸"https://fonts.example/a.css";' }, [
    'P_REMOTE_ASSET',
  ]);
});

const settingsOf = (...settings: string[]) =>
  `{"name":"x","settings":[${settings.map((id) => `{"type":"text","id":${id}}`).join(',')}]}`;

test('a setting that neither the section nor what it calls reads', () => {
  const text = settingsOf('"own"', '"handed"', '"inside"', '"deep"', '"shown"', '‸"dead"');
  const all = text.replace('{"name"', '{"blocks":[{"type":"@theme"}],"name"');
  expectFound(
    {
      'sections/main.hbs': `<p>{{@section.settings.own}}</p>{{> one a=@section.settings.handed all=@section.settings}}{{blocks}}{{#schema}}${all}{{/schema}}`,
      'snippets/one.hbs':
        '<p>{{a}}{{all.shown}}{{@section.settings.inside}}</p>{{> two s=@section}}',
      'snippets/two.hbs': '<p>{{#with s.settings as |x|}}{{x.deep}}{{/with}}</p>',
    },
    ['C_UNUSED_SETTING'],
  );
});

test.each([
  '{{json @section.settings}}',
  '{{#each @section.settings as |x|}}{{x}}{{/each}}',
  '{{lookup @section.settings (append "de" "ad")}}',
  '{{> dump s=@section.settings}}',
  '{{blocks}}',
])('nothing is said of settings that %s may read', (markup) => {
  const schema = `${settingsOf('"dead"').slice(0, -1)},"blocks":[{"type":"@theme"}]}`;
  expectFound(
    {
      'sections/main.hbs': `<p>${markup}</p>{{#schema}}${schema}{{/schema}}`.replace(
        /<p>({{(?:blocks|>).*?}})<\/p>/,
        '$1',
      ),
      'snippets/dump.hbs': '<p>{{json s}}</p>',
      'snippets/reads.hbs': '<p>{{@section.settings.dead}}</p>',
      'blocks/reads.hbs': '{{> reads}}{{#schema}}{"name":"Reads"}{{/schema}}',
    },
    [],
  );
});

test('a setting of a kind of block that no markup reads', () => {
  const block = (id: string, settings: string) =>
    `{"type":"${id}","name":"B","settings":[${settings}]}`;
  const text = (id: string) => `{"type":"text","id":${id}}`;
  const kinds = [block('a', `${text('"t"')},${text('‸"dead"')}`), block('b', text('"u"'))];
  const schema = `{"name":"x","blocks":[${kinds.join(',')}]}`;
  expectFound(
    {
      'sections/main.hbs':
        `{{#each @section.blocks as |b|}}<p>{{b.settings.t}}{{> u b=b}}</p>{{/each}}{{#schema}}${schema}{{/schema}}`.replace(
          '<p>{{b.settings.t}}{{> u b=b}}</p>',
          '<p>{{b.settings.t}}</p>{{> u b=b}}',
        ),
      'snippets/u.hbs': '<p>{{b.settings.u}}</p>',
    },
    ['C_UNUSED_SETTING'],
  );
});

test('settings of the theme that nothing reads; the checkout follows its logo, fonts and schemes', () => {
  const groups = [
    { type: 'color', id: 'accent' },
    { type: 'image', id: 'logo' },
    { type: 'checkbox', id: 'more' },
    { type: 'text', id: 'seen', visible_if: 'more' },
    { type: 'color', id: 'dead' },
  ];
  const form = JSON.stringify([{ name: 'a', settings: groups }]).replace('"dead"', '‸"dead"');
  const markup = '<p style="color: {{@settings.accent}}">{{@settings.seen}}</p>';
  expectFound({ ...section(markup), 'config/settings_schema.json': form }, ['C_UNUSED_SETTING']);
});

test('nothing is said of settings of the theme while a file cannot be read', () => {
  const form = '[{"name":"a","settings":[{"type":"color","id":"dead"}]}]';
  const files = { ...section('‸{{#if @shop.name}}<p></p>'), 'config/settings_schema.json': form };
  expectFound(files, ['E_SYNTAX']);
});

test.each<[string, string, string]>([
  ['"enabled_on":{"templates":["*"],"groups":[‸"foter"]}', 'J_SCHEMA', 'warning'],
  ['"disabled_on":{"templates":[‸"product.gift"]}', 'J_SCHEMA', 'warning'],
  ['"presets":[{"name":"a","settings":{"i":‸"hero.jpg"}}]', 'F_MISSING_ASSET', 'warning'],
  ['"presets":[{"name":"a","blocks":[{"type":"b","settings":{"tt":‸"a"}}]}]', 'J_VALUE', 'warning'],
])('a schema with %s names what is not there', (more, code, severity) => {
  const own = `{"name":"x","settings":[{"type":"image","id":"i","default":"icon.svg"}],"blocks":[{"type":"b","name":"B","settings":[{"type":"text","id":"t"}]}],${more}}`;
  const markup = `{{image_tag @section.settings.i}}{{#each @section.blocks as |b|}}<p>{{b.settings.t}}</p>{{/each}}`;
  const files = { 'sections/main.hbs': `${markup}{{#schema}}${own}{{/schema}}` };
  expectFound(files, [code]);
  const plain = own.replace(MARK, '');
  const theme = aTheme({
    ...CLEAN,
    'sections/main.hbs': `${markup}{{#schema}}${plain}{{/schema}}`,
  });
  expect(checkTheme(theme).filter((one) => one.code === code)).toMatchObject([{ severity }]);
});

test('a default that names a picture which is not there', () => {
  const own = '{"name":"x","settings":[{"type":"image","id":"i","default":‸"icn.svg"}]}';
  const files = `{{image_tag @section.settings.i}}{{#schema}}${own}{{/schema}}`;
  expectFound({ 'sections/main.hbs': files }, ['F_MISSING_ASSET']);
});

test.each<[string, string, string[]]>([
  ['"Noch viele übrig"', 'L_PLACEHOLDER_MISMATCH', ['leaves out {{ count }}']],
  ['"%{count} übrig"', 'L_PLACEHOLDER_MISMATCH', ['prints %{count} as it stands', '{{ count }}']],
  ['"Noch {count} übrig"', 'L_PLACEHOLDER_MISMATCH', ['prints {count} as it stands']],
])('a translation %s', (text, code, words) => {
  const de = `{"left":‸${text},"many":{"one":"Eins","other":"Viele"}}`;
  expectFound({ ...section('<p>{{t "left" count=2}}</p>'), 'locales/de.json': de }, [code]);
  const files = { ...section(''), 'locales/de.json': de.replace(MARK, '') };
  const [found] = checkTheme(aTheme({ ...CLEAN, ...files })).filter((one) => one.code === code);
  expect(found!.severity).toBe('warning');
  for (const word of words) expect(found!.message).toContain(word);
});

test('forms of a translation may leave out the count, and have more forms than the default', () => {
  const en =
    '{"n":{"one":"{{ count }} piece","other":"{{ count }} pieces"},"left":"{ braces } of {{ count }}, 5 %{"}';
  const ar = '{"n":{"zero":"لا","two":"اثنان","other":"{{ count }}"},"left":"{{ count }}"}';
  const texts = { 'locales/en.default.json': en, 'locales/ar.json': ar };
  expectFound({ ...section('<p>{{t "n" count=2}}{{t "left" count=2}}</p>'), ...texts }, []);
});

test('a plural of a translation without its last form', () => {
  const de = '{"left":"{{ count }}","many":{‸"one":"Eins"}}';
  const files = { ...section('<p>{{t "left" count=1}}</p>'), 'locales/de.json': de };
  expectFound(files, ['L_UNKNOWN_KEY']);
});

test.each<[string, string]>([
  ['{{> card product=‸@section.settings.s}}', 'C_UNKNOWN_PARAM'],
  ['{{> card product=‸@section.settings.c}}', 'C_UNKNOWN_PARAM'],
  ['{{> card product=‸"lamp"}}', 'C_UNKNOWN_PARAM'],
])('what a snippet is handed: %s', (markup, code) => {
  expectFound(section(markup), [code]);
});

test.each([
  '{{> card product=@section.settings.p lazy="yes"}}',
  '{{#each @section.settings.c.products as |p|}}{{> card product=p lazy=@index}}{{/each}}',
  '{{> card product=(lookup @shop.metafields "best")}}',
  '{{#each @section.settings.c.products as |p|}}{{#with (default p.featured_image @shop.logo) as |i|}}{{image_tag i}}{{/with}}{{/each}}',
  '<p>{{money @section.settings.p.metafields.deposit}}{{date @shop.metafields.day}}{{number "12.5"}}</p>',
  '<p>{{#if (eq @section.settings.p.compare_at_price null)}}1{{/if}}{{#if (gt @section.settings.p.price "100")}}2{{/if}}</p>',
  '{{#each @shop.policies as |policy|}}<p>{{policy.title}}</p>{{/each}}',
])('no kind is guessed: %s', (markup) => {
  expectFound(section(markup), []);
});

const PRESS = '<a href="/b">{{@shop.name}}</a>';

test.each<[string, Record<string, string>, string]>([
  ['a link through two snippets', { outer: '{{> inner}}', inner: PRESS }, 'H_NESTED_INTERACTIVE'],
  ['a link in one', { outer: PRESS }, 'H_NESTED_INTERACTIVE'],
])('%s inside a link', (_, snippets, code) => {
  const files = Object.entries(snippets).map(([name, text]) => [`snippets/${name}.hbs`, text]);
  const markup = '<a href="/">{{@shop.name}}‸{{> outer}}</a>';
  expectFound({ ...section(markup), ...Object.fromEntries(files) }, [code]);
});

test('a form through a snippet inside a form', () => {
  const inner = '{{#form "cart"}}<p>{{@shop.name}}</p>{{/form}}';
  const markup = '{{#form "search"}}‸{{> inner}}{{/form}}';
  expectFound({ ...section(markup), 'snippets/inner.hbs': inner }, ['H_NESTED_FORM']);
});

test('nothing is said of a link that only some calls of a snippet print', () => {
  const card = `{{!-- @param {boolean} link --}}{{#if link}}${PRESS}{{else}}<b>{{@shop.name}}</b>{{/if}}`;
  const markup = '<a href="/">{{> linked link=false}}</a>{{> linked link=true}}';
  expectFound({ ...section(markup), 'snippets/linked.hbs': card }, []);
});

test.each<[string, string[]]>([
  ['{{#form "cart"}}<i id="a"></i>{{/form}}<i ‸id="a"></i>', ['H_DUP_ID']],
  ['{{#if @shop.name}}<i id="a"></i>{{/if}}<i ‸id="a"></i>', ['H_DUP_ID']],
  ['{{#match @shop.name "a"}}<i id="a"></i>{{else}}<b id="a"></b>{{/match}}', []],
  ['{{#if @shop.name}}<i id="a"></i>{{/if}}{{#unless @shop.name}}<b id="a"></b>{{/unless}}', []],
  ['<i id="{{lower @shop.name}}"></i><i id="{{upper @shop.name}}"></i>', []],
  ['<label ‸for="emial">{{@shop.name}}</label><i id="email"></i>', ['H_MISSING_TARGET']],
  ['<label ‸for="q-{{@section.id}}">{{@shop.name}}</label>', ['H_MISSING_TARGET']],
  ['{{#form "cart" id="buy"}}<i aria-describedby="buy main"></i>{{/form}}', []],
  ['{{image_tag @shop.logo id="logo"}}<i aria-describedby="logo"></i>', []],
  [
    '{{#each @section.blocks as |b|}}<i id="a-{{b.id}}"></i>{{/each}}<i aria-controls="a-1"></i>',
    [],
  ],
])('ids: %s', (markup, codes) => {
  expectFound(section(markup), codes);
});

test.each<[string, readonly string[]]>([
  ['{{#match b.type "price"}}<p id="a"></p>{{/match}}', []],
  ['{{#if (eq b.type "price")}}<p id="a"></p>{{/if}}', []],
  ['{{#match b.type "text"}}<p ‸id="a"></p>{{/match}}', ['H_DUP_ID_IN_LOOP']],
  ['{{#match b.type "price" "text"}}<p ‸id="a"></p>{{/match}}', ['H_DUP_ID_IN_LOOP']],
  ['{{#match b.type "price"}}{{else}}<p ‸id="a"></p>{{/match}}', ['H_DUP_ID_IN_LOOP']],
  ['{{#unless (eq b.type "price")}}<p ‸id="a"></p>{{/unless}}', ['H_DUP_ID_IN_LOOP']],
  [
    '{{#each (range 1 2)}}{{#match b.type "price"}}<p ‸id="a"></p>{{/match}}{{/each}}',
    ['H_DUP_ID_IN_LOOP'],
  ],
])('ids in a loop over blocks of which one kind is there once: %s', (markup, codes) => {
  const blocks =
    '"blocks": [{"type": "price", "name": "Price", "limit": 1}, {"type": "text", "name": "Text"}]';
  const loop = `{{#each @section.blocks as |b|}}${markup}{{/each}}`;
  const schema = `{{#schema}}{"name": "Main", ${blocks}}{{/schema}}`;
  expectFound({ 'sections/main.hbs': loop + schema }, codes);
});

test('a reference to an id of the data is none to a constant, and may be one to a part of it', () => {
  const ids = '{{#each @section.blocks as |b|}}<i id="{{b.id}}"></i>{{/each}}';
  const exact = '<label ‸for="emial">{{@shop.name}}</label>';
  const open = '<label for="a-{{@section.id}}">{{@shop.name}}</label>';
  expectFound(section(ids + exact + open), ['H_MISSING_TARGET']);
});

test('a reference to an id that is not there is found beside ids put together from pieces', () => {
  const calls =
    '{{#each @section.blocks as |b|}}{{> field id=(append (append b.id "-line-") @index)}}{{/each}}';
  const markup =
    '<label for="a-line-1">{{@shop.name}}</label><label ‸for="a-lime-1">{{@shop.name}}</label>';
  const files = {
    ...section(calls + markup),
    'snippets/field.hbs': '<input id="{{id}}" name="a" aria-label="{{@shop.name}}">',
  };
  expectFound(files, ['H_MISSING_TARGET']);
});
