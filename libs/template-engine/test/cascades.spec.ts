import { checkTheme } from '@libs/template-engine';
import { applyFixes } from '@template-engine/diagnostics';
import { aTheme } from './theme.builder';

const LAYOUT = `<!doctype html><html lang="{{@request.locale}}" dir="{{@request.dir}}"><head>{{content_for_head}}</head>
<body><a href="#main">{{t "skip"}}</a>{{group "header"}}<main id="main">{{content}}</main>{{group "footer"}}{{content_for_body_end}}</body></html>`;
const SCHEMA = '{"name":"x","settings":[{"type":"text","id":"title"},{"type":"text","id":"more"}]}';
const TEMPLATE = '{"sections":{"a":{"type":"main","settings":{"title":"Hi"}}},"order":["a"]}';

/** A theme without a finding, whose files lean on each other. */
const CLEAN = {
  'layout/theme.hbs': LAYOUT,
  'snippets/card.hbs': '<p>{{title}}</p>',
  'config/settings_schema.json': '[{"name":"a","settings":[{"type":"color","id":"accent"}]}]',
  'config/settings_data.json': '{"current":{"accent":"#112233"}}',
  'locales/en.default.json': '{"skip":"Skip"}',
  'locales/de.json': '{"skip":"Weiter"}',
  'templates/index.json': TEMPLATE,
};

/** The section `main` with something between a reader of its settings and its end. */
function section(markup: string, schema = SCHEMA): Record<string, string> {
  const reads = '<p style="color: {{@settings.accent}}">{{@section.settings.title}}</p>';
  const all = `${reads}{{> card title=@section.settings.more}}${markup}`;
  return { 'sections/main.hbs': `<div>${all}</div>{{#schema}}${schema}{{/schema}}` };
}

const found = (files: Record<string, string>) =>
  checkTheme(aTheme({ ...CLEAN, ...section(''), ...files })).map((one) => one.code);

test('the theme that mistakes are made in has no finding', () => {
  expect(found({})).toEqual([]);
});

const open = '{{#if @shop.name}}<div class="a">{{/if}}';

test.each<[string, Record<string, string>, string]>([
  ['an element opened on one way, closed behind', section(`${open}</div>`), 'H_BRANCH_MISMATCH'],
  [
    'opened in one condition, closed in another',
    section(`${open}<b>1</b>{{#if @shop.name}}</div>{{/if}}`),
    'H_BRANCH_MISMATCH',
  ],
  [
    'one of two opened, one of two closed',
    section(
      '{{#if @shop.name}}<a href="/">{{else}}<div>{{/if}}1{{#if @shop.name}}</a>{{else}}</div>{{/if}}',
    ),
    'H_BRANCH_MISMATCH',
  ],
  ['two elements closed in the wrong order', section('<ul><div>1</ul></div>'), 'H_UNCLOSED'],
  ['a tag whose value never ends', section('<p class="a>{{@shop.name}}</p>'), 'H_UNCLOSED'],
  ['a tag with one brace', section('<p>{{@shop.name}</p>'), 'E_SYNTAX'],
  ['a condition that is never closed', section('{{#if @shop.name}}<p>1</p>'), 'E_SYNTAX'],
  [
    'an unknown block that names a link',
    section('<a href="/">{{#ifCond @shop.name "a"}}{{name}}{{@index}}{{/ifCond}}</a>'),
    'E_UNKNOWN_HELPER',
  ],
  [
    'an unknown block around the only call of a snippet',
    {
      'sections/main.hbs': `{{#repeat 3}}${section('')['sections/main.hbs']!.replace('{{#schema}}', '{{/repeat}}{{#schema}}')}`,
    },
    'E_UNKNOWN_HELPER',
  ],
  ['a schema that is no JSON', section('', SCHEMA.replace('}]}', '},]}')), 'J_SYNTAX'],
  [
    'a section without a schema',
    {
      'sections/main.hbs':
        '{{> card title=@section.settings.title}}<p style="color: {{@settings.accent}}">1</p>',
    },
    'J_SCHEMA',
  ],
  ['a setting of an unknown type', section('', SCHEMA.replace('"text"', '"txt"')), 'J_SCHEMA'],
  [
    'theme settings that are no JSON',
    {
      'config/settings_schema.json': '[{"name":"a","settings":[{"type":"color","id":"accent"},]}]',
    },
    'J_SYNTAX',
  ],
  [
    'a theme setting of an unknown type',
    {
      'config/settings_schema.json': '[{"name":"a","settings":[{"type":"colour","id":"accent"}]}]',
    },
    'J_SCHEMA',
  ],
  [
    'a default locale that is no JSON',
    { 'locales/en.default.json': '{"skip":"Skip",}' },
    'J_SYNTAX',
  ],
  ['a locale that is no JSON', { 'locales/de.json': "{'skip':'Weiter'}" }, 'J_SYNTAX'],
  ['a text that is none', { 'locales/en.default.json': '{"skip":5}' }, 'J_SCHEMA'],
  [
    'a section where it may not stand',
    {
      'sections/buy.hbs':
        '<p>{{@product.title}}</p>{{#schema}}{"name":"x","enabled_on":{"templates":["product"]}}{{/schema}}',
      'templates/page.json': '{"sections":{"a":{"type":"buy"}},"order":["a"]}',
    },
    'C_PLACE',
  ],
])('one mistake is one finding: %s', (_, files, code) => {
  expect(found(files)).toEqual([code]);
});

test('what a file that cannot be read may hold is never taken out of another by a fix', () => {
  const files = aTheme({
    ...CLEAN,
    ...section(''),
    'config/settings_schema.json': "[{'name':'a'}]",
    'locales/en.default.json': '{"skip": Skip}',
  });
  expect(applyFixes(files, checkTheme(files))).toEqual(files);
});

test.each<[string, string, number, string]>([
  ["{'a': 1}", 'texts stand in straight double quotes', 1, "'a'"],
  ['{"a": “b”}', 'straight double quotes', 6, '“b”'],
  ['{"a": 1, // note\n "b": 2}', 'no comments', 9, '// note'],
  ['/* made by a tool */ {}', 'no comments', 0, '/* made by a tool */'],
  ['{"a": 1 "b": 2}', 'a comma is missing', 6, '1'],
  ['{"a" 1}', 'a colon is missing', 5, '1'],
  ['{"a": undefined}', 'write null', 6, 'undefined'],
  ['{"a": "b\n"}', 'not closed on its line', 6, '"b'],
  ['{"a": "\\x"}', 'no escape of JSON', 6, '"\\x"'],
  ['{"a": [1, 2}', 'is closed by }', 6, '['],
  ['{"a": {"b": 1}', 'is never closed', 0, '{'],
  ['{}}', 'closes nothing', 2, '}'],
  ['{} {}', 'behind the end', 3, '{'],
  ['{"a": .5}', 'no number of JSON', 6, '.5'],
  ['', 'there is no JSON here', 0, ''],
  ['\uFEFF{}', 'byte order mark', 0, '\uFEFF'],
])('%j is no JSON, and it is said where and why', (text, words, at, piece) => {
  const [one, ...more] = checkTheme(aTheme({ ...CLEAN, ...section(''), 'locales/de.json': text }));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ code: 'J_SYNTAX', line: 1, column: at + 1 });
  expect(one!.message).toContain(words);
  if (piece !== '') expect(one!.endColumn).toBe(at + piece.length + 1);
});

test.each<[string, string, string]>([
  ['{{ @shop.name | upper }}', 'there are no filters', '{{ @shop.name | upper }}'],
  ['{{#if @shop.name == "a"}}1{{/if}}', 'there are no operators', '{{#if @shop.name == "a"}}'],
  ["{{#if @shop.name '===' 'a'}}1{{/if}}", '', ''],
  ['{{upper (lower @shop.name}}', 'a ) is missing', '{{upper (lower @shop.name}}'],
  ['<script>{"a":{{json @shop.name}}}</script>', '}}} closes {{', '{{json @shop.name}}'],
  [
    '\t中文 😀\r\n\t😀 {{ @shop.name || "x" }}',
    'there are no operators',
    '{{ @shop.name || "x" }}',
  ],
])('%j names its tag', (markup, words, tag) => {
  const files = aTheme({ ...CLEAN, ...section(markup) });
  const own = checkTheme(files).filter((one) => one.code === 'E_SYNTAX');
  if (tag === '') return expect(own).toEqual([]);
  const lines = files.get('sections/main.hbs')!.split('\n');
  expect(own).toHaveLength(1);
  expect(own[0]!.message).toContain(words);
  expect(lines[own[0]!.line - 1]!.slice(own[0]!.column - 1)).toMatch(tag.slice(0, 8));
});

test('a frame shows its place also far out on a line, below tabs, and without line ends of Windows', () => {
  const far = `${'<i></i>'.repeat(60)}😀\t`;
  const files = aTheme({ ...CLEAN, ...section(`\r\n\t${far}{{mony 1}}\r\n`) });
  const one = checkTheme(files).find(({ code }) => code === 'E_UNKNOWN_HELPER')!;
  const shown = [...one.frame!.split('\n').find((text) => text.startsWith('>'))!];
  const marks = [...one.frame!.split('\n').find((text) => /^ {7}\|\s*\^$/.test(text))!];
  expect(shown.slice(marks.length - 1).join('')).toMatch(/^\{\{mony/);
  expect(one.frame).not.toContain('\r');
});
