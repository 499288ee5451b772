import * as fc from 'fast-check';
import { applyPreset, checkTheme, presetNames } from '@libs/template-engine';
import type { Json } from '../src/context/view';
import { richTextProblem } from '../src/schema/rich-text';
import { SETTING_TYPES } from '../src/schema/setting-types';
import { settingProblem } from '../src/schema/setting-values';
import { isVisible, parseVisibleIf } from '../src/schema/visible-if';
import { aSection, aTheme, inner, renderTheme } from './theme.builder';

const schemaOf = (...settings: object[]) => JSON.stringify({ name: 'Main', settings });
const found = (...settings: object[]) =>
  checkTheme(aSection('<p>{{json @section.settings}}</p>', {}, schemaOf(...settings)))
    .filter((one) => one.file === 'sections/main.hbs')
    .map((one) => [one.code, one.message] as const);

/** Values that each type takes and refuses. */
const VALUES: Record<string, { schema?: object; takes: Json[]; refuses: Json[] }> = {
  text: { takes: ['', 'a'], refuses: [1, null, 'a\nb', 'x'.repeat(1001)] },
  textarea: { takes: ['a\nb'], refuses: ['x'.repeat(20_001), []] },
  inline_richtext: {
    takes: ['', 'a <b>b</b><br>', '<a href="/x" target="_blank">x</a>'],
    refuses: [
      '<p>x</p>',
      '<b>x',
      '<a href="javascript:x">x</a>',
      '<b onclick="x">x</b>',
      'a < b',
      '<a href="java&#115;cript:x">x</a>',
    ],
  },
  richtext: {
    takes: ['<p>a</p>', '<ul><li>a</li></ul><blockquote>x</blockquote>', ''],
    refuses: ['a', '<p><script>x</script></p>', '<p><img src="x"></p>', '<p>x', '<h1>x</h1>'],
  },
  html: { takes: ['<script>x</script>'], refuses: ['x'.repeat(50 * 1024 + 1), 1] },
  number: { schema: { min: 1, max: 5 }, takes: [null, 1, 5], refuses: [0, 6, 1.5, '1', NaN] },
  range: {
    schema: { min: 0, max: 1, step: 0.1 },
    takes: [0, 0.3, 1],
    refuses: [0.25, -1, 2, null, '1'],
  },
  checkbox: { takes: [true, false], refuses: ['true', 1, null] },
  select: {
    schema: {
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    },
    takes: ['a'],
    refuses: ['c', '', null],
  },
  radio: {
    schema: {
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    },
    takes: ['b'],
    refuses: ['c'],
  },
  text_alignment: { takes: ['left', 'center', 'right'], refuses: ['justify', ''] },
  color: {
    takes: ['', '#abcdef', '#abcdef80'],
    refuses: ['red', '#abc', 'rgb(0,0,0)', '#abcdef;'],
  },
  color_scheme: { takes: ['day'], refuses: ['Day!', 1] },
  color_scheme_group: {
    schema: { definition: [{ type: 'color', id: 'paper' }] },
    takes: [{}, { day: { paper: '#ffffff' } }],
    refuses: [
      [],
      { day: { paper: 'red' } },
      { day: { ink: '#ffffff' } },
      { 'a b': {} },
      { day: null },
    ],
  },
  font: { takes: ['serif', ''], refuses: ['A B', 1] },
  image: { takes: [null, 'm1'], refuses: [1, {}] },
  video: { takes: [null, 'v1'], refuses: [true] },
  video_url: {
    takes: [
      '',
      null,
      'https://youtu.be/dQw4w9WgXcQ',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      'https://vimeo.com/76979871',
    ],
    refuses: [
      'https://evil.example/?v=dQw4w9WgXcQ',
      'http://youtu.be/dQw4w9WgXcQ',
      'https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ',
      'javascript:x',
    ],
  },
  url: {
    takes: [
      '',
      '/a',
      'https://a.example/',
      'mailto:a@b.example',
      'tel:+1',
      '#a',
      'ref:product:123',
    ],
    refuses: [
      'javascript:x',
      'data:text/html,x',
      '//a.example',
      'a',
      'ref:user:1',
      null,
      ' javascript:x',
    ],
  },
  product: { takes: [null, 'p1'], refuses: [1] },
  collection: { takes: ['c1'], refuses: [[]] },
  page: { takes: ['p'], refuses: [{}] },
  blog: { takes: ['b'], refuses: [1] },
  article: { takes: ['a'], refuses: [1] },
  product_list: {
    schema: { limit: 2 },
    takes: [[], ['a', 'b']],
    refuses: [['a', 'b', 'c'], 'a', [1]],
  },
  collection_list: { takes: [['a']], refuses: [null] },
  menu: { takes: ['main'], refuses: [1] },
  metaobject: { takes: ['m'], refuses: [1] },
  metaobject_list: { takes: [['m']], refuses: ['m'] },
  discount: { takes: [null, 'd'], refuses: [1] },
  date: { takes: ['', '2026-02-28'], refuses: ['2026-02-30', '28.2.2026', null] },
  datetime: {
    takes: ['2026-02-28T10:00:00Z', '2026-02-28T10:00+01:00'],
    refuses: ['2026-02-28', '2026-02-30T10:00:00Z', '2026-02-28T10:00:00'],
  },
};

test('every type that stores something is tried both ways', () => {
  const stored = Object.keys(SETTING_TYPES).filter((name) => SETTING_TYPES[name]!.problem);
  expect(Object.keys(VALUES).sort()).toEqual(stored.sort());
  for (const type of Object.values(SETTING_TYPES))
    expect([type.about.length, type.stored.length, type.seen.length]).not.toContain(0);
});

test.each(Object.entries(VALUES))('%s', (type, { schema = {}, takes, refuses }) => {
  const setting = { type, id: 'x', ...schema };
  for (const value of takes) expect([value, settingProblem(value, setting)]).toEqual([value, null]);
  for (const value of refuses)
    expect([value, typeof settingProblem(value, setting)]).toEqual([value, 'string']);
});

test('rich text that is taken holds no element and no attribute beyond the list', () => {
  const part = fc.constantFrom(
    '<b>',
    '</b>',
    '<p>',
    '</p>',
    '<a href="',
    '">',
    '</a>',
    '/x',
    'javascript:',
    '<script>',
    ' onclick="',
    '"',
    '<',
    '>',
    'x',
    '<!--',
    '<br>',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      if (richTextProblem(text, true) !== null) return;
      expect(
        text.replace(/<\/?(b|i|em|strong|br|span)>|<a( href="(\/[^"<>]*|)")?>|<\/a>/g, ''),
      ).not.toMatch(/</);
    }),
    { numRuns: 500 },
  );
});

describe('schemas', () => {
  test.each([
    [{ type: 'range', id: 'a', label: 'A', max: 3 }, 'J_SCHEMA', 'needs "min"'],
    [{ type: 'metaobject', id: 'a', label: 'A' }, 'J_SCHEMA', 'metaobject_type'],
    [{ type: 'text', id: 'a', label: 'A', options: [] }, 'J_VALUE', 'no "options"'],
    [{ type: 'text', id: 'then', label: 'A' }, 'J_SCHEMA', 'setting id'],
    [{ type: 'text', id: 'a', label: 'A', css_var: '--x' }, 'J_SCHEMA', 'css_var'],
    [{ type: 'color', id: 'a', label: 'A', css_var: 'x' }, 'J_SCHEMA', 'css_var'],
    [{ type: 'text', id: 'a', label: 'A', visible_if: 'b == ' }, 'J_SCHEMA', 'visible_if'],
    [{ type: 'text', id: 'a', label: 'A', visible_if: 'b and !a' }, 'C_UNKNOWN_SETTING', '"b"'],
    [{ type: 'product_list', id: 'a', label: 'A', limit: 51 }, 'J_SCHEMA', '1 to 50'],
    [
      { type: 'color_scheme_group', id: 'a', label: 'A', definition: [] },
      'J_SCHEMA',
      'settings_schema',
    ],
    [{ type: 'richtext', id: 'a', label: 'A', default: 'x' }, 'C_DEFAULT_INVALID', 'begin with'],
    [
      {
        type: 'select',
        id: 'a',
        label: 'A',
        options: [
          { value: 'x', label: 'X' },
          { value: 'x', label: 'Y' },
        ],
      },
      'C_DUP_ID',
      'same value',
    ],
  ])('%j', (setting, code, words) => {
    expect(found(setting)).toEqual(
      expect.arrayContaining([[code, expect.stringContaining(words)]]),
    );
  });

  test('what is right is not told', () => {
    expect(
      found(
        { type: 'header', content: 'A' },
        { type: 'checkbox', id: 'on', label: 'On', default: true },
        {
          type: 'range',
          id: 'n',
          label: 'N',
          min: 0,
          max: 10,
          step: 1,
          default: 5,
          unit: 'px',
          css_var: '--n',
          visible_if: 'on or n == 5 and !on',
        },
      ),
    ).toEqual([]);
  });
});

test.each([
  ['a', { a: true }, true],
  ['!a', { a: [] }, true],
  ["a == 'x' and b", { a: 'x', b: 0 }, false],
  ['a == 2 or b == true', { a: 1, b: true }, true],
])('visible_if %s beside %j is %s', (text, values, shown) => {
  expect(isVisible(parseVisibleIf(text)!, values as Record<string, Json>)).toBe(shown);
});

test('a video address becomes a video', () => {
  const files = aSection(
    '{{@section.settings.v.host}} {{@section.settings.v.id}} {{@section.settings.v.embed_url}}',
    {
      'templates/index.json':
        '{"sections":{"main":{"type":"main","settings":{"v":"https://youtu.be/dQw4w9WgXcQ?t=1"}}},"order":["main"]}',
    },
    schemaOf({ type: 'video_url', id: 'v', label: 'V' }),
  );
  expect(inner(renderTheme(files).html)).toBe(
    'youtube dQw4w9WgXcQ https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ',
  );
});

describe('presets', () => {
  const files = aTheme({
    'config/settings_data.json': JSON.stringify({
      current: 'Day',
      presets: { Day: {}, 'Kiln & Field': {} },
      custom: { css: 'a{}' },
    }),
    'templates/index.kiln-field.json': '{"sections":{},"order":[]}',
    'sections/header.kiln-field.json': '{"name":"H","type":"header","sections":{},"order":[]}',
    'templates/page.kiln-field.json': '{"sections":{},"order":[]}',
  });
  test('settings, templates and groups of a preset take the places of the plain ones', () => {
    const before = new Map(files);
    const { files: after, replaced } = applyPreset(files, 'Kiln & Field');
    expect(presetNames(files)).toEqual(['Day', 'Kiln & Field']);
    expect(files).toEqual(before);
    expect(replaced).toEqual([
      'config/settings_data.json',
      'templates/index.json',
      'sections/header.json',
    ]);
    expect(after.get('templates/index.json')).toBe('{"sections":{},"order":[]}');
    expect(after.get('templates/page.json')).toBe('{"sections":{},"order":[]}');
    expect(JSON.parse(after.get('config/settings_data.json') as string)).toEqual({
      current: 'Kiln & Field',
      presets: { Day: {}, 'Kiln & Field': {} },
      custom: { css: 'a{}' },
    });
    expect(applyPreset(after, 'Kiln & Field')).toEqual({ files: after, replaced: [] });
  });
  test('a name that is none is told with those that there are', () => {
    expect(() => applyPreset(files, 'Night')).toThrow('Day, Kiln & Field');
  });
});
