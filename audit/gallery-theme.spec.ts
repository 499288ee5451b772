import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SectionMeta } from '@libs/template-engine';
import { brands } from './gallery-brands';
import { galleryContent } from './gallery-content';
import { galleryPage, galleryThemes as themes, pictureOf } from './gallery-page';
import { homesOf, inEnglish, withFrontPage, withProducts } from './gallery-theme';
import { presetsOf, themeFiles } from './theme-files';

const meta = (blocks: unknown[] = [], settings: unknown[] = []) =>
  ({
    schema: { name: 'S', settings, presets: [{ name: 'S', blocks }] },
  }) as unknown as SectionMeta;

const contents = galleryContent({ discount: 'd1', reviews: ['r1', 'r2', 'r3', 'r4'] });
const json = (content: unknown) => JSON.parse(String(content));

describe('the front page of the gallery', () => {
  const page = (types: string[]) =>
    json(
      withFrontPage(
        new Map(),
        { press: meta(), plain: meta([{ type: 'one' }]) },
        { types, contents },
      ).get('templates/index.json'),
    );

  it('gives words to a section, or else leaves it to its preset', () => {
    const { press, plain } = page(['press', 'plain']).sections;
    expect(press.block_order).toEqual(['b1', 'b2', 'b3']);
    expect(press.blocks.b1.settings.quote).toEqual(expect.any(String));
    expect(plain.blocks).toEqual({ b1: { type: 'one' } });
  });
});

describe('where the gallery shows a section', () => {
  const front = (sections: object) => JSON.stringify({ sections, order: Object.keys(sections) });
  const files = new Map([
    ['config/settings_data.json', JSON.stringify({ presets: { Pulse: {}, Roast: {} } })],
    ['templates/index.json', front({ a: { type: 'versus' }, b: { type: 'faq' } })],
    [
      'templates/index.roast.json',
      front({ v: { type: 'versus', settings: { us: 'Us' } }, b: { type: 'faq' } }),
    ],
  ]);

  it('is the preset that lets it say most, and of equals the first', () => {
    expect(Object.fromEntries(homesOf(files))).toMatchObject({ versus: 'Roast', faq: 'Pulse' });
  });

  test.each(themes)('is a shop of its own for every preset of %s', (theme) => {
    for (const preset of presetsOf(theme)) expect(Object.keys(brands)).toContain(preset);
  });

  it('has pictures for everything that its shops sell', () => {
    const shots = Object.values(brands).flatMap(({ products, collections = [], articles = [] }) => [
      ...products.flatMap(({ pictures }) => pictures),
      ...[...collections, ...articles].map(({ picture }) => picture),
    ]);
    for (const shot of shots) {
      const path = typeof shot === 'string' ? shot : shot[0];
      expect([path, existsSync(resolve(__dirname, '..', path))]).toEqual([path, true]);
    }
  });

  it('has the products of its shop chosen, as a merchant would choose them', () => {
    const asking = meta([], [{ type: 'product', id: 'product' }]);
    const blocks = {
      b1: { type: 'spot', settings: { product: 'old' } },
      b2: { type: 'spot', settings: { product: 'older' } },
      b3: { type: 'text', settings: { text: 'Words' } },
    };
    const bare = new Map([
      ['templates/index.json', front({ hero: { type: 'hero' }, trio: { type: 'trio', blocks } })],
    ]);
    const chosen = withProducts(bare, { hero: asking, trio: meta() }, ['bag', 'cup']);
    const { hero, trio } = json(chosen.get('templates/index.json')).sections;
    expect(hero.settings).toEqual({ product: 'bag' });
    expect(Object.values(trio.blocks)).toMatchObject([
      { settings: { product: 'bag' } },
      { settings: { product: 'cup' } },
      { settings: { text: 'Words' } },
    ]);
  });
});

describe('what the gallery lets sections say', () => {
  const files = new Map([
    ['sections/header.json', JSON.stringify({ sections: { b: { type: 'bar' } }, order: ['b'] })],
    ['locales/en.default.json', '{}'],
    ['locales/de.json', '{}'],
  ]);

  it('names a running discount to every section that is bound to one', () => {
    const header = json(inEnglish(files, contents).get('sections/header.json'));
    expect(header.sections.b.settings).toEqual({ discount: 'd1' });
    for (const theme of themes) {
      for (const [path, text] of themeFiles(theme)) {
        const type = /^sections\/(.+)\.hbs$/.exec(path)?.[1];
        const settings = /"settings": \[.*?\n {2}\]/s.exec(String(text))?.[0] ?? '';
        if (type && settings.includes('"type": "discount"'))
          expect([type, contents[type]?.settings]).toEqual([type, { discount: 'd1' }]);
      }
    }
  });

  it('keeps one language', () => {
    expect([...inEnglish(files, {}).keys()]).toEqual([
      'sections/header.json',
      'locales/en.default.json',
    ]);
  });
});

describe('docs/gallery', () => {
  const folder = resolve(__dirname, '../docs/gallery');
  const wanted = (theme: string): string[] => [
    ...presetsOf(theme).flatMap((preset) => [
      pictureOf.preset(preset, 'desktop'),
      pictureOf.preset(preset, 'phone'),
    ]),
    ...[...themeFiles(theme).keys()].flatMap((path) => {
      const type = /^sections\/(.+)\.hbs$/.exec(path)?.[1];
      return type === undefined ? [] : [pictureOf.section(type)];
    }),
  ];

  test.each(themes)(
    'has a picture of every preset and every section of %s, and no other',
    (theme) => {
      const there = readdirSync(join(folder, theme)).map((file) => file.replace(/\.webp$/, ''));
      expect(there.sort()).toEqual(wanted(theme).sort());
    },
  );

  it('shows every one of them on its page', () => {
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(galleryPage(folder));
    for (const [, picture] of galleryPage(folder).matchAll(/\((\S+\.webp)\)/g))
      expect([picture, existsSync(join(folder, String(picture)))]).toEqual([picture, true]);
  });
});
