import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { applyPreset, compileTheme, presetNames } from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { loadArtefact, renderPage } from '@template-engine/runtime';

const KB = 1024;
const themes = path.join(__dirname, '../../../themes');

/** The files of a first-party theme as an upload would bring them. */
function themeFiles(name: string): Map<string, string | Uint8Array> {
  const folder = path.join(themes, name);
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const content = fs.readFileSync(file);
        const text = /\.(hbs|json|css|js|svg)$/.test(file) ? content.toString() : content;
        return [path.relative(folder, file), text];
      }),
  );
}

const image = {
  src: '/media/{width}/a.jpg',
  id: 'm1',
  width: 1200,
  height: 1200,
  alt: 'A',
  aspect_ratio: 1,
};
const variants = ['Chalk', 'Slate', 'Coral'].map((title, i) => ({
  id: `v${i}`,
  title,
  url: `/products/one?variant=v${i}`,
  price: 14_900,
  compare_at_price: 17_900,
  available: i < 2,
  inventory_quantity: 3,
  inventory_policy: 'deny',
}));
const product = {
  id: 'p1',
  title: 'Speaker',
  url: '/products/one',
  price: 14_900,
  available: true,
  featured_image: image,
  rating: { value: 4.7, count: 212 },
  options_with_values: [{ name: 'Colour', position: 1, values: [] }],
  variants_count: 3,
  first_variant_id: 'v0',
  variants,
  selected_or_first_available_variant: variants[0]!,
};
const globals = {
  shop: { name: 'Shop', currency: 'EUR', email: 'a@example.com', policies: {} },
  request: {
    locale: 'en',
    dir: 'ltr',
    path: '/',
    query: {},
    page: 1,
    design_mode: false,
    page_type: 'index',
  },
  page_meta: { title: 'Home' },
  template: { name: 'index' },
  menus: {},
  cart: { item_count: 0 },
  localization: { languages: [] },
};

/** What a merchant may have chosen for sections of a type. */
type Chosen = Record<string, Record<string, unknown>>;

function choose(files: Map<string, string | Uint8Array>, chosen: Chosen): typeof files {
  const template = JSON.parse(String(files.get('templates/index.json'))) as {
    sections: Record<string, { type: string; settings?: object }>;
  };
  for (const section of Object.values(template.sections))
    section.settings = { ...section.settings, ...chosen[section.type] };
  return new Map(files).set('templates/index.json', JSON.stringify(template));
}

/**
 * The front page of Flash in one preset.
 * @param chosen settings by section type
 * @param data what their addresses stand for, beside the one product of the store
 */
function frontPage(
  preset: string,
  chosen: Chosen = {},
  data: Record<string, unknown> = {},
): string {
  const files = choose(new Map(applyPreset(themeFiles('flash'), preset).files), chosen);
  const { artefacts, meta } = compileTheme(files, { locales: ['en'] });
  const plan = planPage(meta!, { template: meta!.templates['index']!, groups: meta!.groups });
  const assets = Object.fromEntries(
    [...files.keys()]
      .filter((file) => file.startsWith('assets/'))
      .map((file) => [path.basename(file), `/cdn/t/${path.basename(file)}`]),
  );
  const loaded = { 'collection:all': { title: 'All', products: [product] }, ...data };
  const theme = loadArtefact(artefacts[0]!.js);
  const page = renderPage(theme, fillPlan(plan, loaded, { globals, assets }));
  expect(page.errors).toEqual([]);
  return page.html;
}

const stylesOf = (html: string) =>
  [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => css).join('');
const sizeOf = (file: string) => fs.statSync(path.join(themes, 'flash', file)).size;
const gzipped = (text: string | Uint8Array) => gzipSync(text).length;
const named = (html: string, ending: string) => [
  ...new Set(
    [...html.matchAll(new RegExp(`/cdn/t/([\\w-]+\\.${ending})`, 'g'))].map(([, file]) => file!),
  ),
];

const LANGUAGES = ['ar', 'de', 'en', 'zh-CN'];

test.each([
  ['atelier', LANGUAGES],
  ['flash', LANGUAGES],
  ['starter', ['en']],
])(
  '%s passes every check, also with the worst of data, without an error or a warning',
  (name, languages) => {
    const { diagnostics, artefacts, dryRun } = compileTheme(themeFiles(name), { dryRun: {} });
    expect(dryRun?.pages).toBeGreaterThan(40);
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(artefacts.map(({ locale }) => locale).sort()).toEqual(languages);
  },
);

test('Flash has five presets, each with a front page and a product page of its own', () => {
  const files = themeFiles('flash');
  expect(presetNames(files)).toEqual(['Pulse', 'Roast', 'Nuvo', 'Dew', 'Stride']);
  for (const name of presetNames(files).slice(1))
    expect(applyPreset(files, name).replaced).toEqual(
      expect.arrayContaining(['templates/index.json', 'templates/product.json']),
    );
});

test('Flash keeps its scripts, pictures and fonts small', () => {
  const assets = fs.readdirSync(path.join(themes, 'flash/assets'));
  const scripts = assets.filter((file) => file.endsWith('.js'));
  const total = scripts.map((file) =>
    gzipped(fs.readFileSync(path.join(themes, 'flash/assets', file))),
  );
  expect(scripts.length).toBeGreaterThan(0);
  expect(total.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(10 * KB);
  expect(assets.reduce((sum, file) => sum + sizeOf(`assets/${file}`), 0)).toBeLessThan(4 * KB * KB);
});

test.each(['Pulse', 'Roast', 'Nuvo', 'Dew', 'Stride'])(
  'the front page of Flash as %s keeps its budgets and asks nobody else for anything',
  (preset) => {
    const html = frontPage(preset);
    expect(html).toContain('name="id" value="v0"');
    expect(Buffer.byteLength(stylesOf(html))).toBeLessThanOrEqual(20 * KB);
    expect(html).not.toMatch(/<link rel="stylesheet"/);
    const fonts = named(html, 'woff2').reduce((sum, file) => sum + sizeOf(`assets/${file}`), 0);
    expect(fonts).toBeGreaterThan(0);
    expect(fonts).toBeLessThanOrEqual(25 * KB);
    const scripts = named(html, 'js').map((file) =>
      gzipped(fs.readFileSync(path.join(themes, 'flash/assets', file))),
    );
    const weight = gzipped(html) + fonts + scripts.reduce((sum, size) => sum + size, 0);
    expect(weight).toBeLessThanOrEqual(60 * KB);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  },
);

test('without a discount, reviews or a product Flash claims nothing', () => {
  const html = frontPage('Pulse', {}, { 'collection:all': { title: 'All', products: [] } });
  expect(html).not.toMatch(/data-offer|data-ends|class="review"|class="stick"/);
  expect(html).toContain('Something good is on its way');
});

test('Flash shows reviews by their stars, in one kind of rating or the other', () => {
  const review = (rating: unknown) => ({ fields: { text: 'Good.', author: 'Ada', rating } });
  const html = frontPage(
    'Pulse',
    { reviews: { reviews: ['a', 'b', 'c', 'gone'], min: 3 } },
    {
      'metaobject:review/a': review(5),
      'metaobject:review/b': review({ value: 4, scale_max: 5 }),
      'metaobject:review/c': review(2),
    },
  );
  expect([...html.matchAll(/class="review" data-stars="(\d)"/g)].map(([, stars]) => stars)).toEqual(
    ['5', '4'],
  );
  expect(html).toContain('Only reviews with at least 3 stars are shown.');
});

test('Flash counts down to the end of a discount, and not without one', () => {
  const discount = { title: 'Two for less', code: 'DUO10', ends_at: '2030-01-01T00:00:00Z' };
  const shown = (of: object) =>
    frontPage('Pulse', { offer: { discount: 'd' } }, { 'discount:d': of });
  expect(shown(discount)).toMatch(/DUO10[^]*data-ends="2030-01-01T00:00:00Z"/);
  expect(shown({ ...discount, ends_at: null })).not.toContain('data-ends');
});
