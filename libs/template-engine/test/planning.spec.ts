import * as fc from 'fast-check';
import { compileTheme, type ThemeMeta } from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { LIMITS } from '../src/limits';
import type { JsonTemplate } from '../src/model/templates';
import { aSection, aTheme } from './theme.builder';

const compiled = (files: Map<string, string>): ThemeMeta => {
  const { meta, diagnostics } = compileTheme(files);
  if (!meta) throw new Error(JSON.stringify(diagnostics, null, 1));
  return meta;
};
const template = (sections: JsonTemplate['sections']): JsonTemplate => ({
  sections,
  order: Object.keys(sections),
});
const section = (name: string, schema: object, markup = '<p>{{json @section.settings}}</p>') => ({
  [`sections/${name}.hbs`]: `${markup}{{#schema}}${JSON.stringify({ name, ...schema })}{{/schema}}`,
});

test('what may not stand somewhere is left out with a note, and the page goes on', () => {
  const meta = compiled(
    aTheme({
      ...section('hero', { limit: 1, enabled_on: { templates: ['index'] } }),
      ...section('note', { disabled_on: { groups: ['footer'], templates: ['product'] } }),
    }),
  );
  const page = template({ a: { type: 'hero' }, b: { type: 'hero' }, c: { type: 'note' } });
  const groups = {
    footer: { ...template({ n: { type: 'note' } }), name: 'F', type: 'footer' as const },
  };
  const ids = (type: string) => planPage(meta, { template: page, groups, type });
  expect(ids('index').sections.map((one) => one.id)).toEqual(['a', 'c']);
  expect(ids('index').notes).toEqual([
    'n: a section "note" may not stand here',
    'b: at most 1 "hero" stand here',
  ]);
  expect(ids('product.gift').sections).toEqual([]);
});

test('blocks beyond the limits of their section are left out with a note', () => {
  const meta = compiled(
    aTheme({
      ...section(
        'list',
        {
          max_blocks: 3,
          blocks: [
            { type: 'item', name: 'Item', limit: 2 },
            { type: 'line', name: 'Line' },
          ],
        },
        '{{#each @section.blocks as |block|}}{{block.type}}{{/each}}',
      ),
      'blocks/badge.hbs': '<b>x</b>{{#schema}}{"name":"Badge"}{{/schema}}',
    }),
  );
  const blocks = Object.fromEntries(
    ['item', 'item', 'item', 'badge', 'line', 'line', 'gone'].map((type, i) => [`b${i}`, { type }]),
  );
  const plan = planPage(meta, {
    template: template({ a: { type: 'list', blocks, block_order: Object.keys(blocks) } }),
  });
  expect(plan.sections[0]!.blocks.map((block) => block.id)).toEqual(['b0', 'b1', 'b4']);
  expect(plan.notes).toHaveLength(4);
});

describe('dynamic sources', () => {
  const settings = ['text', 'richtext', 'url', 'image', 'color'].map((type) => ({
    type,
    id: `s_${type}`,
    label: type,
  }));
  const meta = compiled(aTheme(section('main', { settings })));
  const globals = {
    product: {
      title: 'A <b>',
      url: '/products/a',
      description: '<p>html</p>',
      featured_image: { src: '/a.jpg' },
      metafields: {
        custom: { note: '<p>rich</p>', evil: '<p><script>x</script></p>', link: 'javascript:x' },
      },
    },
  };
  const resolve = (given: Record<string, string>) => {
    const from = Object.fromEntries(
      Object.entries(given).map(([id, path]) => [id, { $from: path }]),
    );
    const plan = planPage(meta, { template: template({ main: { type: 'main', settings: from } }) });
    return { plan, settings: fillPlan(plan, {}, { globals, assets: {} }).sections[0]!.settings };
  };
  test.each([
    ['s_text', 'product.title', 'A <b>'],
    ['s_text', 'product.metafields.custom.gone', ''],
    ['s_text', 'product.featured_image', ''],
    ['s_richtext', 'product.description', '<p>html</p>'],
    ['s_richtext', 'product.title', 'A &#60;b&#62;'],
    ['s_richtext', 'product.metafields.custom.note', '<p>rich</p>'],
    [
      's_richtext',
      'product.metafields.custom.evil',
      '&#60;p&#62;&#60;script&#62;x&#60;/script&#62;&#60;/p&#62;',
    ],
    ['s_url', 'product', '/products/a'],
    ['s_url', 'product.metafields.custom.link', ''],
    ['s_image', 'product.featured_image', { src: '/a.jpg' }],
    ['s_image', 'product.title', null],
    ['s_text', 'customer.email', ''],
    ['s_color', 'product.title', ''],
  ])('%s from %s', (id, path, value) => {
    expect(resolve({ [id]: path }).settings[id]).toEqual(value);
  });
  test('what they read is told to the loader', () => {
    const { plan } = resolve({ s_text: 'product.metafields.custom.note' });
    expect(plan.globals).toContain('product');
    expect(plan.paths).toContain('product.metafields.custom.note');
  });
});

test('a section is marked when something that it points to was not found', () => {
  const meta = compiled(
    aTheme(section('main', { settings: [{ type: 'product', id: 'p', label: 'P' }] })),
  );
  const plan = planPage(meta, {
    template: template({ main: { type: 'main', settings: { p: '1' } } }),
  });
  const frame = { globals: {}, assets: {} };
  expect(fillPlan(plan, {}, frame).sections[0]).toMatchObject({
    incomplete: true,
    settings: { p: null },
  });
  const found = fillPlan(plan, { 'product:1': { title: 'x' } }, frame).sections[0]!;
  expect(Object.hasOwn(found, 'incomplete')).toBe(false);
});

describe('caps', () => {
  const settings = [
    ...Array.from({ length: 15 }, (_, i) => ({ type: 'collection', id: `c${i}`, label: 'C' })),
    ...Array.from({ length: 4 }, (_, i) => ({ type: 'product_list', id: `l${i}`, label: 'L' })),
    { type: 'url', id: 'u', label: 'U' },
  ];
  const markup = settings
    .slice(0, 15)
    .map(
      ({ id }) => `{{#each @section.settings.${id}.products limit=30 as |p|}}{{p.title}}{{/each}}`,
    )
    .join('');
  const meta = compiled(aSection(markup, {}, JSON.stringify({ name: 'M', settings })));
  const values = fc.record({
    ...Object.fromEntries(
      settings
        .filter((one) => one.type === 'collection')
        .map(({ id }) => [id, fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f', id)]),
    ),
    ...Object.fromEntries(
      [0, 1, 2, 3].map((i) => [`l${i}`, fc.array(fc.nat(300).map(String), { maxLength: 50 })]),
    ),
    u: fc.constantFrom('', '/a', 'ref:product:1', 'ref:page:2'),
  });

  test('no page asks for more than the caps, whatever its sections point to', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 8 }), (all) => {
        const sections = Object.fromEntries(
          all.map((one, i) => [`s${i}`, { type: 'main', settings: one }]),
        );
        const plan = planPage(meta, { template: template(sections) });
        const sources = new Map(plan.sources.map((source) => [source.key, source]));
        expect(sources.size).toBe(plan.sources.length);
        const asked = plan.sections.flatMap((one) =>
          one.needs.filter((need) => need.keys.length > 0),
        );
        expect(new Set(asked.map((need) => need.keys.join())).size).toBeLessThanOrEqual(
          LIMITS.sourcesPerPage,
        );
        const products = plan.sources.reduce(
          (sum, one) => sum + (one.kind === 'product' ? 1 : one.limit),
          0,
        );
        expect(products).toBeLessThanOrEqual(LIMITS.productsPerPage);
        for (const source of plan.sources) {
          expect(source.limit).toBeLessThanOrEqual(LIMITS.productsPerSource);
          // One wave by id, one for the products of collections: nothing is asked for by what an answer holds.
          expect(source.key).toBe(`${source.kind}:${source.ref}`);
          expect(source.limit === 0 || source.kind === 'collection').toBe(true);
        }
        for (const section of plan.sections) {
          const keys = new Set(section.needs.flatMap((need) => need.keys));
          expect(section.needs.filter((need) => need.keys.length > 0).length).toBeLessThanOrEqual(
            LIMITS.sourcesPerSection,
          );
          for (const key of keys) expect(sources.has(key)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('what is left out is noted; a list of fifty products is one source', () => {
    const all = Object.fromEntries(settings.slice(0, 15).map(({ id }) => [id, `x-${id}`]));
    const notes = (values: object) =>
      planPage(meta, { template: template({ main: { type: 'main', settings: values } } as never) })
        .notes;
    expect(notes(all).join()).toMatch(/more than 250 products on a page/);
    const list = Array.from({ length: 50 }, (_, i) => `p${i}`);
    expect(notes({ l0: list, l1: list })).toEqual([]);
  });

  test('a section names twenty sources at most', () => {
    const many = Array.from({ length: 22 }, (_, i) => ({ type: 'page', id: `p${i}`, label: 'P' }));
    const wide = compiled(aTheme(section('main', { settings: many })));
    const values = Object.fromEntries(many.map(({ id }) => [id, id]));
    const plan = planPage(wide, {
      template: template({ main: { type: 'main', settings: values } }),
    });
    expect(plan.sources).toHaveLength(LIMITS.sourcesPerSection);
    expect(plan.notes).toHaveLength(2);
  });
});

test('two readers of one collection get the fields that serve both', () => {
  const settings = [{ type: 'collection', id: 'c', label: 'C' }];
  const list = (field: string) =>
    `{{#each @section.settings.c.products limit=2 as |p|}}{{p.${field}}}{{/each}}`;
  const meta = compiled(
    aTheme({
      ...section('plain', { settings }, list('title')),
      ...section('whole', { settings }, `<p>${list('description')}</p>`),
    }),
  );
  const plan = planPage(meta, {
    template: template({
      a: { type: 'plain', settings: { c: '1' } },
      b: { type: 'whole', settings: { c: '1' } },
    }),
  });
  expect(plan.sources).toEqual([
    { key: 'collection:1', kind: 'collection', ref: '1', limit: 2, fields: 'full' },
  ]);
});
