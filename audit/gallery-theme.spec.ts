import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SectionMeta } from '@libs/template-engine';
import { galleryContent } from './gallery-content';
import { galleryPage, galleryThemes as themes, pictureOf } from './gallery-page';
import { inEnglish, withFrontPage } from './gallery-theme';
import { presetsOf, themeFiles } from './theme-files';

const meta = (blocks: unknown[] = []) =>
  ({
    schema: { name: 'S', settings: [], presets: [{ name: 'S', blocks }] },
  }) as unknown as SectionMeta;

describe('the front page of the gallery', () => {
  const rows = { r1: { type: 'row', settings: { label: 'A' } } };
  const files = new Map([
    ['templates/index.json', JSON.stringify({ sections: { a: { type: 'versus' } }, order: ['a'] })],
    [
      'templates/index.roast.json',
      JSON.stringify({
        sections: {
          v: { type: 'versus', settings: { us: 'Us' }, blocks: rows, block_order: ['r1'] },
        },
        order: ['v'],
      }),
    ],
  ]);
  const page = (types: string[]) =>
    JSON.parse(
      String(
        withFrontPage(
          files,
          { versus: meta(), press: meta(), plain: meta([{ type: 'one' }]) },
          { types, contents: galleryContent('d1') },
        ).get('templates/index.json'),
      ),
    );

  it('lets a section say the most that a page of the theme lets it say', () => {
    expect(page(['versus']).sections.versus).toEqual({
      type: 'versus',
      settings: { us: 'Us' },
      blocks: rows,
      block_order: ['r1'],
    });
  });

  it('gives words to what no page uses, and leaves the rest to its preset', () => {
    const { press, plain } = page(['press', 'plain']).sections;
    expect(press.block_order).toEqual(['b1', 'b2', 'b3']);
    expect(press.blocks.b1.settings.quote).toEqual(expect.any(String));
    expect(plain.blocks).toEqual({ b1: { type: 'one' } });
  });
});

describe('what the gallery lets sections say', () => {
  const files = new Map([
    ['sections/header.json', JSON.stringify({ sections: { b: { type: 'bar' } }, order: ['b'] })],
    ['locales/en.default.json', '{}'],
    ['locales/de.json', '{}'],
  ]);

  it('names a running discount to every section that is bound to one', () => {
    const contents = galleryContent('d1');
    const header = JSON.parse(String(inEnglish(files, contents).get('sections/header.json')));
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
