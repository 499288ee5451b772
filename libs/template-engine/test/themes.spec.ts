import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { checkTheme, compileTheme } from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { loadArtefact, renderPage, sealView } from '@template-engine/runtime';
import { aTheme, readFolder, renderTheme } from './theme.builder';

const fixture = readFolder(path.join(__dirname, 'fixture-theme'));
const image = {
  src: '/media/{width}/a.jpg',
  id: 'm1',
  width: 1000,
  height: 500,
  alt: 'A',
  aspect_ratio: 2,
  focal_point: null,
  placeholder: null,
};
const card = (n: number) => ({
  id: `p${n}`,
  title: `Product ${n}`,
  url: `/products/${n}`,
  price: n * 1000,
  compare_at_price: null,
  featured_image: image,
});
const globals = {
  shop: { name: 'Shop', currency: 'EUR' },
  request: { locale: 'en', dir: 'ltr', path: '/', query: {}, page: 1, design_mode: false },
  page_meta: { title: 'Home' },
  template: { name: 'index' },
  menus: {
    main: {
      handle: 'main',
      title: 'Main',
      links: [{ title: 'All', url: '/collections/all', links: [] }],
    },
  },
};
const loaded = { 'collection:c1': { title: 'Shoes', products: [card(1), card(2), card(3)] } };
const assets = { 'base.css': { url: '/cdn/t/base.0123.css', integrity: 'sha256-x' } };

test('the fixture theme passes all checks, in both languages', () => {
  expect(checkTheme(fixture).filter((one) => one.severity !== 'info')).toEqual([]);
  const { artefacts, meta } = compileTheme(fixture);
  expect(artefacts.map((one) => one.locale)).toEqual(['en', 'de']);
  expect(meta?.sections['featured']?.deps).toEqual({
    public: true,
    globals: ['section'],
    paths: expect.arrayContaining([
      'section.settings.collection.products[].title',
      'section.settings.collection.products[].featured_image',
    ]),
    menus: [],
  });
  expect(meta?.layouts['theme']?.groups).toEqual(['header', 'footer']);
});

test('the plan names what to load, with the limit of the setting and the fields of the markup', () => {
  const meta = compileTheme(fixture).meta!;
  const plan = planPage(meta, { template: meta.templates['index']!, groups: meta.groups });
  expect(plan.sources).toEqual([
    { key: 'collection:c1', kind: 'collection', ref: 'c1', limit: 2, fields: 'card' },
  ]);
  expect(plan.menus).toEqual(['main']);
  expect(plan.globals).toEqual(
    expect.arrayContaining(['request', 'page_meta', 'section', 'menus']),
  );
  expect(plan.sections.map((one) => [one.location, one.id, one.index, one.public])).toEqual([
    ['header', 'nav', 0, true],
    ['template', 'hero', 0, true],
    ['template', 'shoes', 1, true],
  ]);
  expect(planPage(meta, { template: meta.templates['collection']! }).pagination).toEqual({
    target: 'collection.products',
    size: 12,
  });
});

test.each(['en', 'de'])('the home page in %s', (locale) => {
  const out = renderTheme(
    fixture,
    { ...globals, request: { ...globals.request, locale } },
    { assets, locale, loaded: loaded as never },
  );
  expect(out.errors).toEqual([]);
  const file = path.join(__dirname, `golden/home.${locale}.html`);
  expect(out.html).toBe(fs.readFileSync(file, 'utf8'));
});

test('a collection page knows its pages', () => {
  const collection = { title: 'All', url: '/c', products: [card(1)], products_count: 30 };
  const request = {
    ...globals.request,
    path: '/collections/all',
    query: { sort_by: 'price' },
    page: 2,
  };
  const { html } = renderTheme(
    fixture,
    { ...globals, request, collection },
    { template: 'collection' },
  );
  expect(html).toContain('href="/collections/all?sort_by=price"');
  expect(html).toContain('href="/collections/all?sort_by=price&amp;page=3"');
  expect(html).toContain('<b>2/3</b>');
});

test('what was not loaded is null; a list leaves it out; a broken value falls back to its default', () => {
  const meta = compileTheme(fixture).meta!;
  const template = {
    sections: {
      shoes: { type: 'featured', settings: { count: 'many', collection: 'gone', nothing: 1 } },
    },
    order: ['shoes'],
  };
  const plan = planPage(meta, { template });
  expect(plan.sections[0]?.settings).toEqual({ title: 'New in', collection: 'gone', count: 4 });
  const page = fillPlan(plan, {}, { globals, assets });
  expect(page.sections[0]?.settings['collection']).toBeNull();
  expect(plan.sections[0]?.settings['collection']).toBe('gone');
});

test('one artefact renders many stores and keeps nothing of any', () => {
  const { artefacts, meta } = compileTheme(fixture);
  const theme = loadArtefact(artefacts[0]!.js);
  const plan = planPage(meta!, { template: meta!.templates['index']! });
  const render = (currency: string) =>
    renderPage(
      theme,
      fillPlan(plan, loaded, {
        globals: { ...globals, shop: { name: currency, currency } },
        assets,
      }),
    ).html;
  const euro = render('EUR');
  expect(render('USD')).toContain('$10.00');
  expect(render('EUR')).toBe(euro);
});

test('generated code cannot make code from text', () => {
  const make =
    '(function(L){return {format:"hbt/1",locale:String(typeof Function),files:[],positions:[],sections:{x:{render:()=>(()=>{}).constructor("return 1")(),file:"x",tag:"div",class:"",parts:[]}},blocks:{},layouts:{},styles:{},scripts:{}}})';
  const out = renderPage(loadArtefact(make), {
    layout: false,
    globals: {},
    assets: {},
    sections: [{ id: 'a', type: 'x', location: 'template', index: 0, settings: {}, blocks: [] }],
  });
  expect(out.errors).toEqual([
    expect.objectContaining({
      code: 'R_FAILED',
      message: expect.stringContaining('Code generation from strings'),
    }),
  ]);
});

test('a sealed view has no prototype, no functions, no reserved names and no endless texts', () => {
  const view = sealView({
    a: new Date(),
    f: () => 1,
    constructor: 'x',
    long: 'x'.repeat(300_000),
    list: [1, NaN],
  }) as Record<string, unknown>;
  expect(Object.keys(view)).toEqual(['a', 'f', 'long', 'list']);
  expect(view).toEqual(expect.objectContaining({ f: null, long: '', list: [1, null] }));
  expect(view['toString']).toBeUndefined();
  expect(Object.isFrozen(view)).toBe(true);
});

test('artefacts are the same for the same theme, and valid script', () => {
  const [first, second] = [compileTheme(fixture), compileTheme(fixture)];
  expect(first.artefacts.map((one) => one.hash)).toEqual(second.artefacts.map((one) => one.hash));
  for (const { js } of first.artefacts) expect(() => new vm.Script(js)).not.toThrow();
});

test.each([
  [{ 'theme.json': undefined }, 'F_MISSING_FILE'],
  [
    { 'templates/index.json': '{"sections":{"a":{"type":"hreo"}},"order":["a"]}' },
    'F_MISSING_SECTION',
  ],
  [{ 'templates/index.json': '{"sections":{},"order":["a"]}' }, 'J_ORDER'],
  [{ 'templates/index.json': '{"sections":' }, 'J_SYNTAX'],
  [
    {
      'layout/theme.hbs':
        '<!doctype html><html lang="{{@request.locale}}" dir="{{@request.dir}}"><body>{{content}}</body></html>',
    },
    'X_LAYOUT_HOLES',
  ],
  [{ 'layout/theme.hbs': '<html lang="en"><body></body></html>' }, 'A_LANG_DIR'],
  [{ 'snippets/a.hbs': '{{> b}}', 'snippets/b.hbs': '{{> a}}' }, 'X_RECURSION'],
  [
    { 'config/settings_schema.json': '[{"name":"x","settings":[{"type":"rnage","id":"a"}]}]' },
    'J_SCHEMA',
  ],
  [
    {
      'config/settings_schema.json':
        '[{"name":"x","settings":[{"type":"range","id":"a","min":0,"max":10,"step":3,"default":4}]}]',
    },
    'C_DEFAULT_INVALID',
  ],
  [
    {
      'sections/main.hbs':
        '{{#schema}}{"name":"x","settings":[{"type":"text","id":"a"},{"type":"text","id":"a"}]}{{/schema}}',
    },
    'C_DUP_ID',
  ],
  [
    {
      'sections/main.hbs':
        '{{#schema}}{"name":"x","settings":[{"type":"collection","id":"c"}],"data":{"p":{"source":"settings.c","limit":51}}}{{/schema}}',
    },
    'D_CAP',
  ],
  [
    { 'sections/main.hbs': 'x{{#styles}}a{}</style>{{/styles}}{{#schema}}{"name":"x"}{{/schema}}' },
    'E_SYNTAX',
  ],
  [{ 'assets/x.php': 'x' }, 'F_PATH'],
  // What the upload does not take is said before it.
  [{ 'assets/x.gif': 'x' }, 'F_PATH'],
  [{ 'sections/Hero.hbs': 'x' }, 'F_PATH'],
  [{ 'sections/README.md': 'x' }, 'F_PATH'],
  [{ 'assets/x.css': new Uint8Array([0xff, 0xfe, 0x61, 0x00]) }, 'F_PATH'],
  [
    { 'locales/de.json': '{"a":"{{ other }}"}', 'locales/en.default.json': '{"a":"x"}' },
    'L_PLACEHOLDER_MISMATCH',
  ],
])('a theme with %j is refused: %s', (files, code) => {
  const theme = aTheme();
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) theme.delete(name);
    else theme.set(name, text);
  }
  expect(
    checkTheme(theme)
      .filter((one) => one.severity === 'error')
      .map((one) => one.code),
  ).toContain(code);
});

test('a name that Windows keeps for a device is told, and taken', () => {
  const theme = aTheme().set('assets/aux.css', 'a { color: red }').set('assets/auxiliary.css', '');
  const found = checkTheme(theme).filter(({ code }) => code === 'F_PATH');
  expect(found).toMatchObject([{ file: 'assets/aux.css', severity: 'warning' }]);
});
