import { checkTheme } from '@libs/template-engine';
import { aTheme } from './theme.builder';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What may stand where something else should. */
const odd: readonly Json[] = [
  null,
  true,
  0,
  'x',
  [],
  {},
  [null],
  [1],
  ['x'],
  [[]],
  [{}],
  { a: null },
  { a: { type: 'x' } },
  [{ type: {}, id: [], settings: {}, blocks: 1 }],
];

const schema: Json = {
  name: 'A',
  tag: 'div',
  limit: 1,
  settings: [
    { type: 'text', id: 'a', label: 'A', default: 'x' },
    {
      type: 'select',
      id: 's',
      label: 'S',
      default: 'o',
      options: [
        { value: 'o', label: 'O' },
        { value: 'p', label: 'P' },
      ],
    },
    { type: 'image', id: 'i', label: 'I', visible_if: 'a' },
  ],
  max_blocks: 3,
  blocks: [
    {
      type: 'x',
      name: 'X',
      limit: 1,
      settings: [
        { type: 'range', id: 'b', label: 'B', min: 0, max: 3, step: 1, unit: 'px', default: 1 },
      ],
    },
  ],
  presets: [
    {
      name: 'P',
      settings: { a: 'x' },
      blocks: { i: { type: 'x', settings: { b: 2 } } },
      block_order: ['i'],
    },
  ],
  default: { settings: { a: 'x' }, blocks: { i: { type: 'x' } } },
  data: { a: { source: 'settings.a', limit: 4, fields: 'card' } },
  enabled_on: { templates: ['page'], groups: ['header'] },
};

const template: Json = {
  sections: {
    one: {
      type: 'odd',
      settings: { a: 'x' },
      blocks: { i: { type: 'x', settings: { b: 1 } } },
      block_order: ['i'],
    },
  },
  order: ['one'],
};

const groups: Json = [
  { name: 'theme_info', theme_name: 'T' },
  { name: 'Look', settings: [{ type: 'text', id: 't', label: 'T', default: 'x' }] },
];

const data: Json = { current: 'One', presets: { One: { t: 'y' } } };

function placesIn(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]));
  return [path, ...inner];
}

function put(value: Json, [key, ...rest]: string[], instead: Json): Json {
  if (key === undefined) return instead;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const record = copy as Record<string, Json>;
  record[key] = put(record[key]!, rest, instead);
  return copy;
}

const section = (json: Json): string =>
  `<p>{{@section.settings.a}}</p>{{#schema}}${JSON.stringify(json)}{{/schema}}`;

/** The theme with one of its pieces of JSON replaced. */
function checked(file: string, json: Json) {
  const write = file.endsWith('.hbs') ? section : (value: Json) => JSON.stringify(value);
  const sound = {
    'sections/odd.hbs': section(schema),
    'templates/page.odd.json': JSON.stringify(template),
    'config/settings_schema.json': JSON.stringify(groups),
    'config/settings_data.json': JSON.stringify(data),
  };
  return checkTheme(aTheme({ ...sound, [file]: write(json) }));
}

test.each<[string, Json]>([
  ['sections/odd.hbs', schema],
  ['templates/page.odd.json', template],
  ['config/settings_schema.json', groups],
  ['config/settings_data.json', data],
])('whatever stands at any place of %s, the check says so and does not fail', (file, sound) => {
  expect(checked(file, sound).filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const path of placesIn(sound))
    for (const one of odd) {
      const json = put(sound, path, one);
      const where = `${path.join('/')} ${JSON.stringify(one)}`;
      expect({ where, failed: failure(() => checked(file, json)) }).toEqual({
        where,
        failed: null,
      });
    }
});

test('a list in a schema that is none is told of, with its place', () => {
  for (const key of ['settings', 'blocks']) {
    const found = checked('sections/odd.hbs', put(schema, [key], {}));
    expect(found.filter(({ code }) => code === 'J_SCHEMA').map((one) => one.file)).toContain(
      'sections/odd.hbs',
    );
  }
});

function failure(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return String(error);
  }
}
