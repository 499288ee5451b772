import type { SectionMeta } from '@libs/template-engine';
import { withFrontPage } from './gallery-theme';

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
          types,
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
