import * as fc from 'fast-check';
import { checkTheme, compileTheme } from '@libs/template-engine';
import { isVisible, parseVisibleIf } from '../src/schema/visible-if';
import { aSection, aTheme } from './theme.builder';

const HOSTILE = [
  'process.exit(1)',
  'constructor',
  '__proto__',
  '!prototype',
  'a == constructor',
  'a and toString',
  'a or b.c',
  'a[0]',
  '{{a}}',
  'a == `x`',
  'a;b',
  'a == "x" == "y"',
  '(a)',
  '!!a',
  '',
  'and',
  'a == 1e9',
  '{"toString":1}',
  'a\u2028b',
];

const setting = (visible: unknown) => ({ type: 'text', id: 'a', label: 'A', visible_if: visible });
const schema = (value: object) => JSON.stringify({ name: 'x', ...value });
const markup =
  '<p>{{json @section.settings}}</p>{{#each @section.blocks as |b|}}{{json b.settings}}{{/each}}';

/** A theme with a condition, in each place that takes one. */
const PLACES: Record<string, (visible: unknown) => Map<string, string>> = {
  'a section': (one) => aSection(markup, {}, schema({ settings: [setting(one)] })),
  'a heading of a section': (one) =>
    aSection(
      markup,
      {},
      schema({
        settings: [
          { type: 'text', id: 'a', label: 'A' },
          { type: 'header', content: 'A', visible_if: one },
        ],
      }),
    ),
  'a block of a section': (one) =>
    aSection(markup, {}, schema({ blocks: [{ type: 'b', name: 'B', settings: [setting(one)] }] })),
  'a block file': (one) =>
    aTheme({
      'blocks/b.hbs': `<p>{{json @block.settings}}</p>{{#schema}}${schema({ settings: [setting(one)] })}{{/schema}}`,
    }),
  'the settings of the theme': (one) =>
    aTheme({
      'config/settings_schema.json': JSON.stringify([{ name: 'x', settings: [setting(one)] }]),
    }),
  'a colour of a scheme': (one) =>
    aTheme({
      'config/settings_schema.json': JSON.stringify([
        {
          name: 'x',
          settings: [
            {
              type: 'color_scheme_group',
              id: 'schemes',
              label: 'S',
              definition: [{ type: 'color', id: 'a', label: 'A', visible_if: one }],
            },
          ],
        },
      ]),
    }),
};

const errors = (files: Map<string, string>) =>
  checkTheme(files).filter((one) => one.severity === 'error');

describe.each(Object.entries(PLACES))('visible_if in %s', (_, theme) => {
  test.each([...HOSTILE, 5, null, ['a'], { a: 1 }])('%j is refused where it stands', (visible) => {
    const found = errors(theme(visible)).filter((one) => one.pointer?.endsWith('/visible_if'));
    expect(found.map((one) => one.code)).toEqual([
      expect.stringMatching(/^(J_SCHEMA|C_UNKNOWN_SETTING)$/),
    ]);
    expect(compileTheme(theme(visible)).meta).toBeNull();
  });

  test.each(['a', '!a', 'a == "x" or a == true and !a', "a == 'it is'"])(
    '%s is taken',
    (visible) => {
      expect(errors(theme(visible))).toEqual([]);
    },
  );
});

test('whatever is written, it is a list of tests of settings that exist, or refused', () => {
  const words = [
    'a',
    'b',
    'constructor',
    '__proto__',
    'and',
    'or',
    '!',
    '==',
    '"',
    '1',
    '(',
    '.',
    ' ',
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 9 }).map((list) => list.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.string(), fc.string({ unit: 'binary' })), (visible) => {
      const sound = errors(PLACES['a section']!(visible)).length === 0;
      const parsed = parseVisibleIf(visible);
      expect(sound).toBe(parsed !== null && parsed.flat().every(({ id }) => id === 'a'));
      if (parsed) expect(typeof isVisible(parsed, { a: 'x' })).toBe('boolean');
    }),
    { numRuns: 300 },
  );
});
