import * as fc from 'fast-check';
import { compileTheme, type PageInput } from '@libs/template-engine';
import { Metrics } from '@platform/telemetry';
import { fillPlan, planPage } from '@template-engine/plan';
import { loadArtefact, renderPage, renderParts } from '@template-engine/runtime';
import type { Rendered } from '../render-process';
import { FragmentCache } from './fragment-cache';
import { FragmentPages } from './fragment-pages';
import type { PageSource } from './page-text';

const section = (markup: string, blocks = '') =>
  `${markup}{{#schema}}{"name":"S"${blocks}}{{/schema}}`;

const TYPES = {
  plain: section('<p>{{@shop.name}}</p>'),
  priced: section(
    '<b>{{money @product.price currency=true}} {{t "sold" count=@product.price}}</b>',
  ),
  placed: section('<i>{{@request.path}}</i>'),
  sorted: section('<a href="{{url_with "sort_by" "x"}}">sort</a>'),
  basket: section('<em>{{@cart.note}}</em>'),
  person: section('<u>{{@customer.email}}</u>'),
  asking: section('{{#form "contact"}}<button>{{@settings.word}}</button>{{/form}}'),
  pictured: section('<img src="{{asset_url "a.svg"}}" alt="" width="1" height="1">'),
  holding: section('{{blocks}}', ',"blocks":[{"type":"@theme"}]'),
  // More steps than a section has.
  broken: section('{{#each (range 1 300)}}{{#each (range 1 300)}}{{@shop.name}}{{/each}}{{/each}}'),
};

const files = new Map(
  Object.entries({
    'theme.json': '{"format":"hbt/1","name":"Fragments","version":"1.0.0"}',
    'layout/theme.hbs':
      '<!doctype html><html lang="{{@request.locale}}" dir="{{@request.dir}}"><head><title>{{@page_meta.title}}</title>{{content_for_head}}</head><body>{{group "header"}}<main>{{content}}</main>{{group "footer"}}{{content_for_body_end}}</body></html>',
    'config/settings_schema.json':
      '[{"name":"Words","settings":[{"type":"text","id":"word","label":"Word","default":"Send"}]}]',
    'templates/index.json': JSON.stringify({
      wrapper: 'div.all',
      sections: {
        ...Object.fromEntries(Object.keys(TYPES).map((type) => [type, { type }])),
        holding: {
          type: 'holding',
          blocks: { one: { type: 'quiet' }, two: { type: 'private' } },
          block_order: ['one', 'two'],
        },
        calm: { type: 'holding', blocks: { one: { type: 'quiet' } }, block_order: ['one'] },
      },
      order: [...Object.keys(TYPES), 'calm'],
    }),
    'sections/header.json': JSON.stringify({
      name: 'header',
      type: 'header',
      // The same id as one of the template's.
      sections: { plain: { type: 'plain' }, basket: { type: 'basket' } },
      order: ['plain', 'basket'],
    }),
    'sections/footer.json': '{"name":"footer","type":"footer","sections":{},"order":[]}',
    'blocks/quiet.hbs': section('<q>{{@collection.title}}</q>'),
    'blocks/private.hbs': `${section('<s>{{@cart.note}}</s>')}{{#styles}}.s{color:red}{{/styles}}`,
    'assets/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'locales/en.default.json': '{"sold":{"one":"once","other":"{{ count }} times"}}',
    ...Object.fromEntries(
      Object.entries(TYPES).map(([type, text]) => [`sections/${type}.hbs`, text]),
    ),
  }),
);
const compiled = compileTheme(files);
const { meta, artefacts } = compiled;
if (!meta || !artefacts[0]) throw new Error(JSON.stringify(compiled.diagnostics));
const plan = planPage(meta, { template: meta.templates['index']!, groups: meta.groups });
const theme = loadArtefact(artefacts[0].js);
const shared = plan.sections.filter((one) => one.public);

/** What a page is about; few values, so that pages repeat each other in part. */
const world = fc.record({
  name: fc.constantFrom('A & B', '<C>'),
  price: fc.constantFrom(1, 250),
  path: fc.constantFrom('/', '/b'),
  query: fc.constantFrom({}, { page: '2' }),
  currency: fc.constantFrom('EUR', 'USD'),
  // Each value of its own would halve what is found again.
  locale: fc.constant<'en' | 'de'>('en'),
  contact: fc.constantFrom('/contact', '/write'),
  collection: fc.constantFrom('c', 'd'),
  word: fc.constantFrom('Send', 'Ask'),
  asset: fc.constantFrom('/cdn/1.svg', '/cdn/2.svg'),
  secret: fc.constantFrom('SECRET-1', 'SECRET-2'),
  store: fc.constantFrom('store-1', 'store-2'),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function pageOf(one: World): PageInput {
  const input = fillPlan(
    plan,
    {},
    {
      globals: {
        shop: { name: one.name, metafields: {} },
        product: { price: one.price },
        collection: { title: one.collection },
        page_meta: { title: one.name, description: '', image: null },
        request: {
          locale: one.locale,
          dir: 'ltr',
          currency: one.currency,
          path: one.path,
          query: one.query,
          page: 1,
        },
        routes: { contact: one.contact },
        cart: { note: one.secret },
        customer: { email: one.secret },
      } as never,
      assets: { 'a.svg': one.asset },
      head: '<!--head-->',
    },
  );
  // Whatever else the machine does: what ends a section here is its steps.
  const budgets = { deadline: 60_000 };
  return { ...input, budgets, globals: { ...input.globals, settings: { word: one.word } } };
}

/** A render process, but for the process. */
function renderText(text: Buffer): Promise<Rendered> {
  const { errors, ...made } = renderParts(theme, JSON.parse(text.toString()) as PageInput);
  return Promise.resolve({ ...made, errors: [...errors], cpu: 0 });
}

function open() {
  const cache = new FragmentCache(new Metrics());
  return {
    cache,
    pages: new FragmentPages(cache),
    find: jest.spyOn(cache, 'find'),
    keep: jest.spyOn(cache, 'keep'),
  };
}
const sourceOf = (one: World): PageSource => ({
  input: pageOf(one),
  plan,
  artefact: 'v1',
  versionId: 'version-1',
  templateName: 'index',
});
const hits = (find: ReturnType<typeof open>['find']) =>
  find.mock.results.filter(({ value }) => value !== null).length;

test('a page with fragments is the page without, whatever was made before, and nothing private is kept', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(world, { minLength: 2, maxLength: 12 }), async (worlds) => {
      const { pages, find, keep } = open();
      for (const one of worlds) {
        const whole = renderPage(theme, pageOf(one));
        const made = await pages.render(one.store, sourceOf(one), renderText);
        expect(made.body.toString()).toBe(whole.html);
        expect(made.errors.map(({ code }) => code)).toEqual(whole.errors.map(({ code }) => code));
      }
      for (const [, , bytes] of keep.mock.calls) expect(bytes.toString()).not.toContain('SECRET');
      found += hits(find);
    }),
    { seed: 20_261_121, numRuns: 40 },
  );
  expect(found).toBeGreaterThan(200);
});

const aWorld: World = {
  name: 'A & B',
  price: 1,
  path: '/',
  query: {},
  currency: 'EUR',
  locale: 'en',
  contact: '/contact',
  collection: 'c',
  word: 'Send',
  asset: '/cdn/1.svg',
  secret: 'SECRET-1',
  store: 'store-1',
};

test('sections that another store made of the same data are not used', async () => {
  const { pages, find } = open();
  await pages.render('store-1', sourceOf(aWorld), renderText);
  await pages.render('store-2', sourceOf(aWorld), renderText);
  expect([find.mock.calls.length, hits(find)]).toEqual([2 * shared.length, 0]);
  await pages.render('store-1', sourceOf(aWorld), renderText);
  expect(hits(find)).toBeGreaterThan(0);
});

test('another shopper gets all public sections as they were made, and what only those read is not sent', async () => {
  const { pages, find } = open();
  await pages.render('store-1', sourceOf(aWorld), renderText);
  const ask = jest.fn(renderText);
  await pages.render('store-1', sourceOf({ ...aWorld, secret: 'SECRET-2' }), ask);
  // All but the section that fails.
  expect(hits(find)).toBe(shared.length - 1);
  expect(ask.mock.calls[0]?.[0].toString()).not.toContain('"product"');
});

test.each<[keyof World, unknown, string[]]>([
  ['price', 250, ['priced']],
  ['currency', 'USD', shared.map(({ id }) => id)],
  ['path', '/b', ['placed']],
  ['query', { page: '2' }, ['placed']],
  ['collection', 'd', ['calm']],
  ['word', 'Ask', ['asking']],
  ['asset', '/cdn/2.svg', shared.map(({ id }) => id)],
])('when %s changes, only what depends on it is made again', async (field, value, ids) => {
  const { pages, keep } = open();
  await pages.render('store-1', sourceOf(aWorld), renderText);
  keep.mockClear();
  await pages.render('store-1', sourceOf({ ...aWorld, [field]: value }), renderText);
  const changed = ids.filter((id) => id !== 'broken');
  expect(keep.mock.calls.length).toBe(changed.length);
});

test('another version of the theme begins anew', async () => {
  const { pages, find } = open();
  await pages.render('store-1', sourceOf(aWorld), renderText);
  await pages.render('store-1', { ...sourceOf(aWorld), artefact: 'v2' }, renderText);
  expect(hits(find)).toBe(0);
});

/** The page with sections that are left out. */
function without(one: World, ids: readonly string[]): PageSource {
  const source = sourceOf(one);
  const sections = source.input.sections.map((section) => {
    const { id, location, type } = section;
    if (!ids.includes(id)) return section;
    const where = { file: `sections/${type}.hbs`, line: 1, column: 1 };
    const failure = { section: id, location, ...where, code: 'R_STEPS', message: 'too many' };
    return { ...section, failure };
  });
  return { ...source, input: { ...source.input, sections } };
}
const comment = (id: string) => `<!-- section ${id} could not be shown -->`;
const htmlOf = async (pages: FragmentPages, store: string, page: PageSource) =>
  (await pages.render(store, page, renderText)).body.toString();

test('a public section that is left out stands there as it was last, made or found', async () => {
  const { pages } = open();
  const left = (one: World) => htmlOf(pages, 'store-1', without(one, ['priced']));
  expect(await left(aWorld)).toContain(comment('priced'));
  const shown = (await htmlOf(pages, 'store-1', sourceOf(aWorld))).match(/<b>.*<\/b>/)?.[0] ?? '?';
  const dearer: World = { ...aWorld, price: 250 };
  expect(await left(dearer)).toContain(shown);
  const now = (await htmlOf(pages, 'store-1', sourceOf(dearer))).match(/<b>.*<\/b>/)?.[0] ?? '?';
  expect(now).not.toBe(shown);
  expect(await left(aWorld)).toContain(now);
  // What it was is found among those made before; that is the last one again.
  await htmlOf(pages, 'store-1', sourceOf(aWorld));
  const html = await left(dearer);
  expect(html).toContain(shown);
  expect(html).not.toContain(comment('priced'));
});

test('what was not shared does not come back: private, failed, or with something missing', async () => {
  const { pages } = open();
  await htmlOf(pages, 'store-1', sourceOf(aWorld));
  const ids = ['basket', 'person', 'holding', 'sorted', 'broken'];
  const html = await htmlOf(pages, 'store-1', without(aWorld, ids));
  for (const id of ids) expect(html).toContain(comment(id));
  expect(html).not.toContain('SECRET');
  const lacking = (page: PageSource): PageSource => {
    const sections = page.input.sections.map((one) => ({ ...one, incomplete: true }));
    return { ...page, input: { ...page.input, sections } };
  };
  expect(await htmlOf(pages, 'store-1', lacking(without(aWorld, ['plain'])))).toContain(
    comment('plain'),
  );
  const fresh = open().pages;
  await htmlOf(fresh, 'store-1', lacking(sourceOf(aWorld)));
  expect(await htmlOf(fresh, 'store-1', without(aWorld, ['plain']))).toContain(comment('plain'));
});

test.each<[string, Partial<World>, Partial<PageSource>]>([
  ['another store', { store: 'store-2' }, {}],
  ['another currency', { currency: 'USD' }, {}],
  ['another locale', { locale: 'de' }, {}],
  ['another address', { path: '/b' }, {}],
  ['another version', {}, { versionId: 'version-2' }],
  ['another template', {}, { templateName: 'index.other' }],
])('%s does not get what was last', async (_, change, source) => {
  const { pages } = open();
  await htmlOf(pages, 'store-1', sourceOf(aWorld));
  const other = { ...aWorld, ...change };
  const page = { ...without(other, ['plain']), ...source };
  expect(await htmlOf(pages, other.store, page)).toContain(comment('plain'));
});

test('sections with one id in two places are told apart', async () => {
  const { pages } = open();
  const source = sourceOf(aWorld);
  await htmlOf(pages, 'store-1', source);
  const page = without({ ...aWorld, name: '<C>' }, ['plain']);
  const sections = page.input.sections.map((one) =>
    one.location === 'header' ? { ...one, failure: undefined } : one,
  );
  const html = await htmlOf(pages, 'store-1', { ...page, input: { ...page.input, sections } });
  expect(html.match(/<p>.*?<\/p>/g)).toEqual(['<p>&lt;C&gt;</p>', '<p>A &amp; B</p>']);
});
