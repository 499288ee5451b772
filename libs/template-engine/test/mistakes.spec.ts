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
      ...section(''),
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
