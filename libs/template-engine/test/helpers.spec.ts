import * as fc from 'fast-check';
import { compileTheme } from '@libs/template-engine';
import { State } from '@template-engine/runtime';
import { GLOBALS } from '../src/context/globals';
import { EXAMPLE_ASSETS, EXAMPLE_FILES, EXAMPLE_GLOBALS } from '../src/helpers/examples';
import { HELPERS } from '../src/helpers/table';
import { helpers, library } from '../src/runtime/library';
import { aSection, aTheme, inner, renderSection, renderTheme } from './theme.builder';

const HOLES = ['group', 'content', 'content_for_head', 'content_for_body_end'];
const FONT = '{"name":"M","settings":[{"type":"font","id":"font","label":"F","default":"body"}]}';

test.each([...HELPERS.values()].filter((spec) => !HOLES.includes(spec.name)))(
  'the example of $name gives what its record says',
  ({ name, example, about }) => {
    expect([example.template.includes(name), about.endsWith('.')]).toEqual([true, true]);
    const files = aSection(example.template, { ...EXAMPLE_FILES }, FONT);
    const out = renderTheme(files, { ...EXAMPLE_GLOBALS }, { assets: EXAMPLE_ASSETS });
    expect(out.errors).toEqual([]);
    expect(inner(out.html)).toBe(example.result);
  },
);

test.each(HOLES)('the layout example of %s stands in the layout and gives its place', (name) => {
  const { template, result } = HELPERS.get(name)!.example;
  const files = aTheme();
  expect(files.get('layout/theme.hbs')).toContain(template);
  const out = renderTheme(
    files,
    { ...EXAMPLE_GLOBALS },
    {
      assets: EXAMPLE_ASSETS,
      head: '<meta name="robots" content="noindex">',
      bodyEnd: '<!-- end -->',
    },
  );
  expect(out.html).toContain(result);
});

test('the design’s list of helpers is there, and every helper has code', () => {
  const wanted =
    'if unless each with match form paginate money price_block image_url srcset image_tag asset_url asset inline_asset font_face t json link_to url_with date number weight percent plural default eq ne gt gte lt lte and or not contains add sub mul div mod round min max size first last at lookup join split slice upper lower capitalize truncate strip_html nl2br replace append prepend handleize escape url_encode where sort_by map uniq color_rgba color_contrast attrs range blocks block group content content_for_head content_for_body_end';
  expect([...HELPERS.keys()].sort()).toEqual(wanted.split(' ').sort());
});

test('the helpers with a printed form of their own are those that the table names', () => {
  const named = [...HELPERS.values()].filter((spec) => spec.printed).map((spec) => spec.name);
  expect(Object.keys(library.printed).sort()).toEqual(named.sort());
});

test('every helper that is pure gives the same whatever page it stands on', () => {
  const env = { locale: 'ar', currency: 'JPY', path: '/b', query: { a: '1' }, page: 3 };
  const elsewhere = () => {
    const state = new State();
    state.env = { ...state.env, ...env, routes: { cart: '/x' }, assets: { 'a.css': '/y.css' } };
    return state;
  };
  const inputs = [[], ['b', 'a'], 'Text & more', 12.5, '2026-01-02', { a: 1 }, null, true];
  for (const { name, pure, args } of HELPERS.values()) {
    const call = (helpers as Record<string, unknown>)[name];
    if (!pure || typeof call !== 'function') continue;
    for (const a of inputs)
      for (const b of inputs) {
        const [here, there] = [new State(), elsewhere()].map((state) => {
          state.enter();
          const make = call as (...args: unknown[]) => unknown;
          const given = args.map((_, at) => [a, b][at]);
          return JSON.stringify(make(state, ...given, {}) ?? null);
        });
        expect([name, there]).toEqual([name, here]);
      }
  }
});

const NOT_CALLED = new Set([
  ...HOLES,
  'if',
  'unless',
  'each',
  'with',
  'match',
  'form',
  'paginate',
  'inline_asset',
  't',
  'and',
  'or',
  'blocks',
  'block',
]);

test('helpers never throw and never print an object, whatever they are handed', () => {
  const any = fc.anything({ withNullPrototype: true, maxDepth: 2 });
  const called = [...HELPERS.values()].filter((spec) => !NOT_CALLED.has(spec.name));
  fc.assert(
    fc.property(
      fc.constantFrom(...called),
      fc.array(any, { minLength: 3, maxLength: 3 }),
      (spec, values) => {
        const state = new State();
        state.enter();
        const call = helpers[spec.name as keyof typeof helpers] as (...args: unknown[]) => unknown;
        const args = spec.args.map((_, i) => values[i]);
        const hash =
          Object.keys(spec.hash).length > 0 ? [{ width: values[2], class: values[1] }] : [];
        const result = call(state, ...args, ...hash);
        if (spec.returns !== 'any' && spec.returns !== 'list')
          expect(['string', 'number', 'boolean', 'object']).toContain(typeof result);
        if (
          typeof result === 'string' &&
          !values.some((value) => JSON.stringify(value)?.includes('object'))
        )
          expect(result).not.toContain('[object');
      },
    ),
    { numRuns: 1500 },
  );
});

describe('texts with computed keys', () => {
  const files = {
    'locales/en.default.json': JSON.stringify({
      status: {
        open: '{{ name }} is open',
        items: { one: 'one', other: '{{ count }} <all>' },
        note_html: '<b>{{ name }}</b>',
      },
      other: { secret: 'never in the artefact' },
    }),
  };
  const key = (name: string) => `(append "status." "${name}")`;
  test.each([
    [`{{t ${key('open')} name="A&B"}}`, 'A&amp;B is open'],
    [`{{t ${key('items')} count=1}} {{t ${key('items')} count=3}}`, 'one 3 &lt;all&gt;'],
    [`{{t ${key('note_html')} name="<i>"}}`, '<b>&lt;i&gt;</b>'],
    [`{{t ${key('gone')}}}`, ''],
  ])('%s', (markup, html) => expect(renderSection(markup, {}, files)).toBe(html));
  test('only texts that the key may mean are in the artefact', () => {
    const { artefacts } = compileTheme(aSection(`{{t ${key('open')}}}`, files));
    expect(artefacts[0]!.js).not.toContain('never in the artefact');
    expect(artefacts[0]!.js).toContain('is open');
  });
});

test('every object says what it is', () => {
  for (const [name, spec] of Object.entries(GLOBALS))
    expect([name, spec.about.endsWith('.')]).toEqual([name, true]);
});
