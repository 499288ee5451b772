import { tokenize, tokenTypes } from 'css-tree';
import * as fc from 'fast-check';
import { checkTheme, compileTheme, linkCss } from '@libs/template-engine';
import { smallCss } from '../src/assets/small-css';
import { aSection, aTheme, errorsOf, inner, renderTheme } from './theme.builder';

const FONTS = {
  serif: {
    family: 'Newsreader',
    weight: '400 600',
    style: 'normal',
    file: 'newsreader.woff2',
    unicode_range: 'U+0000-00FF, U+20AC',
    stack: 'Georgia, serif',
    fallback: { font: 'Georgia', size_adjust: 105.41, ascent_override: 69.73 },
  },
  system: { family: 'Arial', stack: 'Helvetica, sans-serif' },
};
const manifest = (fonts: unknown) =>
  JSON.stringify({ format: 'hbt/1', name: 'X', version: '1.0.0', fonts });
const fontSetting = (value = 'serif') =>
  JSON.stringify([
    { name: 'Type', settings: [{ type: 'font', id: 'body', label: 'B', default: value }] },
  ]);
const withFonts = (markup: string, fonts: unknown = FONTS) =>
  aSection(markup, {
    'theme.json': manifest(fonts),
    'assets/newsreader.woff2': 'x',
    'config/settings_schema.json': fontSetting(),
  });
const assets = {
  'newsreader.woff2': { url: '/cdn/t/newsreader.0123.woff2' },
  'a.png': '/cdn/t/a.1.png',
};

describe('fonts', () => {
  test('a font setting gives the family list, the face and its stand-in', () => {
    const markup =
      '<style>{{font_face @settings.body}}p{font-family:{{@settings.body.stack}};}</style><p style="font-family:{{@settings.body.stack}}">{{@settings.body.handle}} {{@settings.body.face_url}}</p>';
    const { html, errors } = renderTheme(withFonts(markup), {}, { assets });
    expect(errors).toEqual([]);
    expect(inner(html)).toBe(
      '<style>@font-face{font-family:"Newsreader";font-style:normal;font-weight:400 600;font-display:swap;' +
        'src:url("/cdn/t/newsreader.0123.woff2") format("woff2");unicode-range:U+0000-00FF, U+20AC}' +
        '@font-face{font-family:"Newsreader Fallback";font-style:normal;src:local("Georgia");size-adjust:105.41%;ascent-override:69.73%}' +
        'p{font-family:"Newsreader", "Newsreader Fallback", Georgia, serif;}</style>' +
        '<p style="font-family:&quot;Newsreader&quot;, &quot;Newsreader Fallback&quot;, Georgia, serif">serif /cdn/t/newsreader.0123.woff2</p>',
    );
  });

  test('a system without the stand-in has one of its own, stretched to the same room', () => {
    const fallback = { font: 'Times New Roman', size_adjust: 100, ascent_override: 50 };
    const fonts = { serif: { ...FONTS.serif, fallback } };
    const { html, errors } = renderTheme(
      withFonts('<style>{{font_face @settings.body}}</style>', fonts),
      {},
      { assets },
    );
    expect(errors).toEqual([]);
    expect(html.match(/src:local.*?(?=\})/g)).toEqual([
      'src:local("DejaVu Serif");size-adjust:78.13%;ascent-override:64%',
      'src:local("Noto Serif");size-adjust:83.53%;ascent-override:59.86%',
      'src:local("Times New Roman"),local("Liberation Serif");size-adjust:100%;ascent-override:50%',
    ]);
  });

  test('further letters are a family of their own, which is asked after the first and before the stand-in', () => {
    const more = [{ file: 'more.woff2', unicode_range: 'U+A1-24F' }];
    const markup =
      '<style>{{font_face @settings.body}}p{font-family:{{@settings.body.stack}};}</style>';
    const files = withFonts(markup, { serif: { ...FONTS.serif, more } });
    files.set('assets/more.woff2', 'x');
    const { html, errors } = renderTheme(
      files,
      {},
      { assets: { ...assets, 'more.woff2': '/cdn/t/more.1.woff2' } },
    );
    expect(errors).toEqual([]);
    const rest = 'font-style:normal;font-weight:400 600;font-display:swap;src:url';
    expect(html.match(/font-family:.*?(?=;src:local|[;]?\})/g)).toEqual([
      `font-family:"Newsreader More";${rest}("/cdn/t/more.1.woff2") format("woff2");unicode-range:U+A1-24F`,
      `font-family:"Newsreader";${rest}("/cdn/t/newsreader.0123.woff2") format("woff2");unicode-range:U+0000-00FF, U+20AC`,
      'font-family:"Newsreader Fallback";font-style:normal',
      'font-family:"Newsreader", "Newsreader More", "Newsreader Fallback", Georgia, serif',
    ]);
  });

  test('a section chooses a font; one that the theme does not have is none', () => {
    const files = (value: string) => ({
      'theme.json': manifest(FONTS),
      'assets/newsreader.woff2': 'x',
      'templates/index.json': JSON.stringify({
        sections: { main: { type: 'main', settings: { f: value } } },
        order: ['main'],
      }),
    });
    const schema =
      '{"name":"M","settings":[{"type":"font","id":"f","label":"F","default":"system"}]}';
    const markup = '{{@section.settings.f.stack}}|{{@section.settings.f.face_url}}';
    const render = (value: string) =>
      inner(renderTheme(aSection(markup, files(value), schema), {}, { assets }).html);
    expect(render('system')).toBe('&quot;Arial&quot;, Helvetica, sans-serif|');
    expect(render('gone')).toBe(render('system'));
  });

  test.each([
    [{ a: { family: 'A"}' } }, 'J_SCHEMA'],
    [{ a: { family: 'A', weight: '400; x' } }, 'J_SCHEMA'],
    [{ a: { family: 'A', stack: 'Georgia, serif;}' } }, 'J_SCHEMA'],
    [{ a: { family: 'A', file: 'gone.woff2' } }, 'F_MISSING_ASSET'],
    [{ a: { family: 'A', more: 'x' } }, 'J_SCHEMA'],
    [{ a: { family: 'A', more: [{ file: 'x.woff2' }] } }, 'J_SCHEMA'],
    [{ a: { family: 'A', more: [{ file: 'x.woff2', unicode_range: 'all' }] } }, 'J_SCHEMA'],
    [{ a: { family: 'A', more: [{ file: 'x.woff2', unicode_range: 'U+0' }] } }, 'F_MISSING_ASSET'],
    [{ a: { family: 'A', fallback: { font: 'Arial', size_adjust: 'x' } } }, 'J_SCHEMA'],
  ])('%j is refused in theme.json', (fonts, code) => {
    expect(
      checkTheme(aTheme({ 'theme.json': manifest(fonts) })).filter(
        (one) => one.severity === 'error',
      ),
    ).toEqual([expect.objectContaining({ code, file: 'theme.json' })]);
  });

  test('nothing that is handed to font_face leaves its rule', () => {
    const files = aSection(
      '<style>{{font_face @section.settings.f}}</style>',
      {},
      '{"name":"M","settings":[{"type":"metaobject","id":"f","label":"F","metaobject_type":"x"}]}',
    );
    files.set(
      'templates/index.json',
      '{"sections":{"main":{"type":"main","settings":{"f":"m1"}}},"order":["main"]}',
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (family, weight, url) => {
        const font = {
          family,
          weight,
          style: weight,
          face_url: url,
          more: [{ face_url: url, unicode_range: weight }, weight],
          fallback: { font: family, size_adjust: url },
        };
        const { html } = renderTheme(files, {}, { loaded: { 'metaobject:m1': font } as never });
        const css = inner(html).slice('<style>'.length, -'</style>'.length);
        expect(css).toMatch(/^(@font-face\{[^{}<>]*\}){0,3}$/);
      }),
      { numRuns: 30 },
    );
  });
});

const SCHEMES = JSON.stringify([
  {
    name: 'Colours',
    settings: [
      {
        type: 'color_scheme_group',
        id: 'schemes',
        label: 'Schemes',
        definition: [
          { type: 'color', id: 'paper', label: 'Paper', default: '#ffffff' },
          { type: 'color', id: 'ink', label: 'Ink', default: '#000000' },
        ],
        default: {
          day: { paper: '#fafafa', ink: '#111111' },
          night: { paper: '#101010', ink: '#eeeeee' },
        },
      },
    ],
  },
]);

test('colour schemes are printed as rules and chosen by sections', () => {
  const schema =
    '{"name":"M","settings":[{"type":"color_scheme","id":"scheme","label":"S","default":"night"}]}';
  const markup =
    '<style>{{#each @settings.schemes as |scheme|}}.scheme-{{@key}}{--paper:{{scheme.paper}};--ink:{{scheme.ink}};}{{/each}}</style>' +
    '<p class="scheme-{{@section.settings.scheme.id}}" style="color:{{@section.settings.scheme.ink}}">x</p>';
  const files = aSection(markup, { 'config/settings_schema.json': SCHEMES }, schema);
  expect(inner(renderTheme(files).html)).toBe(
    '<style>.scheme-day{--paper:#fafafa;--ink:#111111;}.scheme-night{--paper:#101010;--ink:#eeeeee;}</style>' +
      '<p class="scheme-night" style="color:#eeeeee">x</p>',
  );
});

describe('values in CSS', () => {
  const schema =
    '{"name":"M","settings":[{"type":"text","id":"t","label":"T"},{"type":"range","id":"r","label":"R","min":0,"max":9,"step":1},{"type":"color","id":"c","label":"C"},{"type":"select","id":"s","label":"S","options":[{"value":"a","label":"A"},{"value":"b","label":"B"}]}]}';
  test.each(['r', 'c', 's'])('the setting %s may stand in a style', (id) => {
    const markup = `<style>a{x:{{@section.settings.${id}}} }</style><p style="--x:{{@section.settings.${id}}}">x</p>`;
    expect(errorsOf(compileTheme(aSection(markup, {}, schema)))).toEqual([]);
  });
  test.each([
    '@section.settings.t',
    '@shop.name',
    '@product.metafields.x',
    '@product.title',
    't "a"',
  ])('%s may not', (value) => {
    const files = aSection(
      `<style>a{x:{{${value}}} }</style>`,
      { 'locales/en.default.json': '{"a":"x"}' },
      schema,
    );
    expect(errorsOf(compileTheme(files))).toEqual(['S_STYLE_INTERPOLATION']);
  });
});

describe('style sheets', () => {
  const css = '@font-face{src:url("newsreader.woff2")}.a{background:url(a.png)}.b{color:red}';
  const linked =
    '@font-face{src:url(/cdn/t/newsreader.0123.woff2)}.a{background:url(/cdn/t/a.1.png)}.b{color:red}';
  const files = { 'assets/base.css': css, 'assets/newsreader.woff2': 'x', 'assets/a.png': 'x' };

  test('inline_asset cuts CSS into a style element, its addresses those of the page', () => {
    const theme = aSection('<style>{{inline_asset "base.css"}}</style>', files);
    expect(inner(renderTheme(theme, {}, { assets }).html)).toBe(`<style>${linked}</style>`);
  });

  test('the styles of a section are linked alike', () => {
    const theme = aSection(`<p>x</p>{{#styles}}${css}{{/styles}}`, files);
    expect(renderTheme(theme, {}, { assets }).html).toContain(`<style>${linked}</style>`);
  });

  test('what says nothing is left out of what is cut in', () => {
    const wordy =
      '/* a */\n.a {\n  color : red; /* b */\n}\n@media (min-width: 3px) {\n  .b > .c {margin: 0 -1px;}\n}\n';
    const small = '.a{color :red}@media (min-width:3px){.b > .c{margin:0 -1px}}';
    const theme = aSection(
      `<style>{{inline_asset "base.css"}}</style>{{#styles}}${wordy}{{/styles}}`,
      {
        'assets/base.css': wordy,
      },
    );
    const { html } = renderTheme(theme);
    expect(html.split(`<style>${small}</style>`)).toHaveLength(3);
  });

  test.each([
    ['.a/**/.b{}', '.a/**/.b{}'],
    ['a :hover , b{c:d}', 'a :hover,b{c:d}'],
    ['a{b:calc( 1px + 2px )}', 'a{b:calc(1px + 2px)}'],
    ['a{content:"; }"}', 'a{content:"; }"}'],
    ['a{content:"x\n}', 'a{content:"x\n}'],
  ])('%j is kept as %j', (css, small) => {
    expect(smallCss(css)).toBe(small);
  });

  test('a style sheet means the same without it, and there is nothing more to leave out', () => {
    const some =
      'a .b #c :hover > + , * ( ) :is( calc( 1px -1 "x;y" : ; { } @media !important /*x*/ url(x)';
    const word = fc.constantFrom(' ', '\n', ...some.split(' '));
    const words = (css: string): string[] => {
      const found: string[] = [];
      tokenize(css, (type, start, end) => {
        const said = type !== tokenTypes.WhiteSpace && type !== tokenTypes.Comment;
        if (said) found.push(css.slice(start, end));
      });
      return found.filter((one, i) => one !== ';' || found[i + 1] !== '}');
    };
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (parts) => {
        const css = parts.join('');
        expect(words(smallCss(css))).toEqual(words(css));
        expect(smallCss(smallCss(css))).toBe(smallCss(css));
      }),
    );
  });

  test('inline_asset cuts in a drawing', () => {
    const theme = aSection('<i>{{inline_asset "a.svg"}}</i>', {
      'assets/a.svg': '<svg><path/></svg>',
    });
    expect(inner(renderTheme(theme).html)).toBe('<i><svg><path/></svg></i>');
  });

  test.each([
    ['CSS outside of <style>', '{{inline_asset "a.css"}}', { 'assets/a.css': 'a{}' }, 'E_PLACE'],
    [
      'too much',
      '<style>{{inline_asset "a.css"}}</style>',
      { 'assets/a.css': 'a{}'.repeat(7000) },
      'E_TOO_LARGE',
    ],
    ['another kind', '{{inline_asset "a.js"}}', { 'assets/a.js': '' }, 'E_ARGS'],
    [
      'script in a drawing',
      '{{inline_asset "a.svg"}}',
      { 'assets/a.svg': '<svg onload="x"></svg>' },
      'S_INLINE_HANDLER',
    ],
    [
      'the end of style',
      '<style>{{inline_asset "a.css"}}</style>',
      { 'assets/a.css': 'a{}</style>' },
      'S_INLINE_HANDLER',
    ],
  ])('%s is told', (_, markup, more, code) => {
    const found = checkTheme(aSection(markup, more as Record<string, string>)).map(
      (one) => one.code,
    );
    expect(found).toContain(code);
  });

  test('a missing file is told at its place, in a style sheet and in styles of a section', () => {
    const theme = aSection('<p>x</p>\n{{#styles}}\n.a { background: url(gone.png) }\n{{/styles}}', {
      'assets/base.css': 'a{}\n.b { src: url("a.pgn") }',
      'assets/a.png': 'x',
    });
    expect(
      checkTheme(theme)
        .filter((one) => one.severity === 'error')
        .map(({ file, line, column, code, suggestion }) => [file, line, column, code, suggestion]),
    ).toEqual([
      ['sections/main.hbs', 3, 22, 'F_MISSING_ASSET', undefined],
      ['assets/base.css', 2, 15, 'F_MISSING_ASSET', 'a.png'],
    ]);
  });

  test('linking changes addresses and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'url(',
            'a.png',
            ')',
            '"',
            "'",
            '@import ',
            ' ',
            '/*',
            '*/',
            'x{',
            '}',
            '\\',
            '\n',
          ),
        ),
        (parts) => {
          const text = parts.join('');
          expect(linkCss(text, () => null)).toBe(text);
          expect(linkCss(text, (name) => name).length).toBeLessThanOrEqual(
            text.length + 2 * parts.length,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
