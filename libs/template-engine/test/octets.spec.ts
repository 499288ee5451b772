import { assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import {
  loadArtefact,
  readPage,
  renderPage,
  renderParts,
  renderSections,
} from '@template-engine/runtime';
import { compileTheme } from '@libs/template-engine';
import { bytesOf, octets, textOf } from '../src/runtime/octets';
import { esc, firstLetters } from '../src/runtime/values';
import { aSection, inner, renderSection, renderTheme } from './theme.builder';

const anyText = oneof(
  string({ unit: 'binary' }),
  string({ unit: constantFrom('&', '"', "'", 'é', 'ÿ', '’', '服', '\ud83d', '\ude00', 'a') }),
);

test('octets are the bytes of UTF-8, whatever the text', () => {
  assert(
    property(anyText, (text) => {
      expect(bytesOf(octets(text))).toEqual(Buffer.from(text));
      expect(textOf(octets(text))).toBe(Buffer.from(text).toString());
    }),
  );
});

test('what is escaped as octets is the same as what is escaped in letters', () => {
  const escaped = (text: string) =>
    text.replace(
      /[&<>"']/g,
      (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' })[one]!,
    );
  assert(property(anyText, (text) => expect(esc(octets(text))).toBe(octets(escaped(text)))));
});

test('the first letters are those of the whole text', () => {
  assert(
    property(anyText, nat(20), (text, count) => {
      const whole = textOf(octets(text));
      expect(firstLetters(octets(text), count)).toBe(whole.slice(0, count));
    }),
  );
});

const SCRIPTS = '“Été” & 服装 😀 قميص';

const FIELDS = {
  p: { price: 100, price_reduction: { active: true, prior: 200, percent: 50 } },
  m: { clé: 'ü', 服: '1' },
  l: [{ t: '😀' }, { t: '服' }, { t: 'é' }, { t: 'a' }],
};

const ESCAPED = SCRIPTS.replace('&', '&amp;');

test.each<[string, string, string]>([
  ['in text', '{{@shop.name}}', ESCAPED],
  ['as markup', '{{{@shop.name}}}', SCRIPTS],
  ['in an attribute', '<p title="{{@shop.name}}">é</p>', `<p title="${ESCAPED}">é</p>`],
  ['through helpers', '{{upper (append @shop.name "é")}}', ESCAPED.replace('té', 'TÉ') + 'É'],
  ['in a text of the locale', '{{t "a.b" name=@shop.name}}', `Größe – ${ESCAPED}`],
  ['in the argument of a helper', '{{append (t "a.b" name="ß") "…"}}', 'Größe – ß…'],
  ['under a computed key', '{{t (append "a." "b") name="ß"}}', 'Größe – ß'],
  [
    'in a form',
    '{{#form "search" class=@shop.name}}{{/form}}',
    `<form action="/search" method="get" class="${ESCAPED}"></form>`,
  ],
  ['made by a helper', '{{link_to @shop.name "/é"}}', `<a href="/é">${ESCAPED}</a>`],
  [
    'beside a reduced price',
    '{{price_block @shop.metafields.p label="Été"}}',
    '<span class="price__now">€1.00</span> <s class="price__was">€2.00</s> <span class="price__percent">-50%</span> <small class="price__label">Été</small>',
  ],
  ['as a constant', 'Größe {{> e x="ß"}}', 'Größe ß – SS'],
  [
    'compared with a constant',
    '{{#match @shop.name "x" "“Été” & 服装 😀 قميص"}}=é{{/match}}',
    '=é',
  ],
  ['found in a text', '{{#if (contains @shop.name "服")}}é{{/if}}', 'é'],
  [
    'as names of fields',
    '{{#each @shop.metafields.m as |v k|}}{{k}}:{{v}};{{/each}}',
    'clé:ü;服:1;',
  ],
  ['read by such a name', '{{lookup @shop.metafields.m (append "cl" "é")}}', 'ü'],
  ['counted as letters', '{{size @shop.name}} {{@shop.name.length}}', '18 18'],
  [
    'cut between letters',
    '{{slice @shop.name 1 3}}|{{truncate @shop.name 11}}',
    'Été|“Été” &amp; 服装…',
  ],
  ['split into letters', '{{join (split "é服😀" "") "–"}}', 'é–服–😀'],
  ['split at a letter', '{{join (split "aébéc" "é") "·"}}', 'a·b·c'],
  ['replaced', '{{replace @shop.name "é" "è"}}', ESCAPED.replace('té', 'tè')],
  ['made to handles', '{{handleize "Crème Brûlée 服"}}', 'creme-brulee-服'],
  ['in addresses', '{{url_encode "é 服"}} {{url_with "q" "é"}}', '%C3%A9%20%E6%9C%8D /?q=%C3%A9'],
  [
    'as JSON',
    '<script>x={{json @shop.metafields.m}}</script>',
    '<script>x={"cl\\u00e9":"\\u00fc","\\u670d":"1"}</script>',
  ],
  [
    'in lists in order',
    '{{join (sort_by @shop.metafields.l "t") ""}}{{join (map (sort_by @shop.metafields.l "t") "t") ""}}',
    'aé服😀',
  ],
  ['with a hard space from HTML', '{{strip_html "a&nbsp;é"}}', 'a\u00a0é'],
  [
    'in an address within CSS',
    '<p style="background:url({{@shop.url}})">x</p>',
    '<p style="background:url(/à/é.jpg)">x</p>',
  ],
])('letters of any script come out whole %s', (_, markup, wanted) => {
  const texts = '{ "a": { "b": "Größe – {{ name }}" } }';
  const files = { 'snippets/e.hbs': '{{x}} – {{upper x}}', 'locales/en.default.json': texts };
  expect(
    renderSection(markup, { shop: { name: SCRIPTS, url: '/à/é.jpg', metafields: FIELDS } }, files),
  ).toBe(wanted);
});

test('the output budget counts bytes', () => {
  const many = '{{#each (range 1 100) as |i|}}服{{/each}}';
  const codes = (output: number) =>
    renderTheme(aSection(many), {}, { budgets: { output } }).errors.map(({ code }) => code);
  expect(codes(2 * 290)).toEqual(['R_OUTPUT']);
  expect(codes(2 * 400)).toEqual([]);
});

test('a page is the same whole, in parts and in sections, also around its sections', () => {
  const { artefacts } = compileTheme(aSection('<p>{{@shop.name}}</p>'));
  const theme = loadArtefact(artefacts[0]!.js);
  const section = {
    id: 'main',
    type: 'main',
    location: 'template',
    index: 0,
    settings: {},
    blocks: [],
  };
  const page = {
    layout: 'theme',
    globals: { shop: { name: SCRIPTS } },
    sections: [section],
    assets: {},
    head: '<meta name="é" content="服">',
    bodyEnd: '<!-- “ -->',
  } as never;
  const { html } = renderPage(theme, page);
  expect(html).toContain('<meta name="é" content="服">');
  expect(html).toContain('<!-- “ -->');
  expect(inner(html)).toBe('<p>“Été” &amp; 服装 😀 قميص</p>');
  const { body, parts } = renderParts(theme, page);
  expect(body.toString()).toBe(html);
  expect(parts.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(body.length);
  expect(html).toContain(renderSections(theme, page).sections[0]!.html);
});

test('a page is read the same however its JSON writes letters', () => {
  const { artefacts } = compileTheme(aSection('{{@shop.name}}{{lookup @shop "é"}}'));
  const theme = loadArtefact(artefacts[0]!.js);
  const text = (name: string, key: string) =>
    `{"layout":"theme","assets":{},"globals":{"shop":{"name":"${name}","${key}":"ü"}},"sections":[{"id":"main","type":"main","location":"template","index":0,"settings":{},"blocks":[]}]}`;
  const html = (json: string) => inner(renderPage(theme, readPage(Buffer.from(json))).html);
  const wanted = 'é “服” 😀 \\u00e9 \n\u00e8ü';
  expect(html(text('é “服” 😀 \\\\u00e9 \\nè', 'é'))).toBe(wanted);
  expect(
    html(text('\\u00E9 \\u201c\\u670d\\u201d \\ud83d\\uDE00 \\\\u00e9 \\u000aè', '\\u00e9')),
  ).toBe(wanted);
});

test('halves of surrogate pairs are U+FFFD, in texts and in names', () => {
  const data = { shop: { metafields: { '\ud800': 'a\udc00\u0001"', b: '\ude00\ud83d' } } };
  const markup = '{{#each @shop.metafields as |v k|}}{{k}}={{v}};{{/each}}';
  expect(renderSection(markup, data)).toBe('\ufffd=a\ufffd\u0001&quot;;b=\ufffd\ufffd;');
});

test('errors say ids and messages in letters', () => {
  const { artefacts } = compileTheme(aSection('<p>é</p>'));
  const base = { location: 'été', index: 0, settings: {}, blocks: [] };
  const failure = {
    ...base,
    section: 'sé',
    file: 'é',
    line: 1,
    column: 2,
    code: 'X',
    message: '服',
  };
  const sections = [
    { ...base, id: 'né', type: 'nïl' },
    { ...base, id: 'sé', type: 'main', failure },
    { ...base, id: 'mé', type: 'main' },
  ];
  const page = { layout: false, globals: {}, assets: {}, sections } as never;
  const theme = loadArtefact(artefacts[0]!.js);
  const { errors } = renderPage(theme, page);
  expect(errors).toMatchObject([
    { section: 'né', location: 'été' },
    { message: '服', file: 'é' },
  ]);
  expect(renderSections(theme, page).sections.map(({ id }) => id)).toEqual(['né', 'sé', 'mé']);
  expect(renderParts(theme, page).parts.map(([section]) => section)).toEqual([]);
});
