import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { loadArtefact, renderPage, renderParts, renderSections } from '@template-engine/runtime';
import { compileTheme } from '@libs/template-engine';
import { bytesOf, octets, printed, textOf } from '../src/runtime/octets';
import { esc } from '../src/runtime/values';
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

test('a printed text is the escaped one in octets', () => {
  assert(property(anyText, (text) => expect(printed(text)).toBe(octets(esc(text)))));
});

test('a text longer than the scratch buffer is the same', () => {
  const text = '服装 & “été” '.repeat(2_000);
  expect(textOf(printed(text))).toBe(esc(text));
});

const SCRIPTS = '“Été” & 服装 😀 قميص';

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
  ['as a constant', 'Größe {{> e x="ß"}}', 'Größe ß – SS'],
])('letters of any script come out whole %s', (_, markup, wanted) => {
  const texts = '{ "a": { "b": "Größe – {{ name }}" } }';
  const files = { 'snippets/e.hbs': '{{x}} – {{upper x}}', 'locales/en.default.json': texts };
  expect(renderSection(markup, { shop: { name: SCRIPTS } }, files)).toBe(wanted);
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
  const { parts } = renderParts(theme, page);
  expect(Buffer.concat(parts.map(({ bytes }) => bytes)).toString()).toBe(html);
  expect(html).toContain(renderSections(theme, page).sections[0]!.html);
});
