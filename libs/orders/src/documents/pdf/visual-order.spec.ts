import * as fc from 'fast-check';
import { visualOrder } from './visual-order';
import { wrap } from './wrap';

describe('the visual order of a line', () => {
  const drawn = (text: string, rightToLeft = true) =>
    visualOrder(text, rightToLeft).map(({ family, text: own }) => [family, own]);

  it('puts Arabic words to the right of the number that follows them', () => {
    expect(drawn('فاتورة INV-17')).toEqual([
      ['latin', 'INV-17'],
      ['arabic', 'فاتورة '],
    ]);
  });

  it('leaves a foreign address and a telephone number as they are', () => {
    expect(drawn('10119 Berlin')).toEqual([['latin', '10119 Berlin']]);
    expect(drawn('+49 30 901820')).toEqual([['latin', '+49 30 901820']]);
  });

  it('turns brackets round where words read from the right', () => {
    expect(drawn('كبير (أزرق)').map(([, text]) => text)).toEqual(['كبير )أزرق(']);
  });

  it('sets Chinese in its own family and numbers among it in the other', () => {
    expect(drawn('第 1 页，共 2 页', false)).toEqual([
      ['chinese', '第'],
      ['latin', ' 1 '],
      ['chinese', '页，共'],
      ['latin', ' 2 '],
      ['chinese', '页'],
    ]);
  });

  it('draws every character once, whatever stands in it', () => {
    const letters = fc.constantFrom(...'ab 12-·€()مرحبا发票，.', '\u2068', '\u2069');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 40 }), fc.boolean(), (chosen, rightToLeft) => {
        const plain = (text: string) =>
          [...text.replaceAll(/[\u2068\u2069]/g, '').replaceAll(/[()]/g, '|')].sort().join('');
        const runs = visualOrder(chosen.join(''), rightToLeft);
        expect(plain(runs.map(({ text }) => text).join(''))).toBe(plain(chosen.join('')));
      }),
    );
  });
});

describe('lines that fit', () => {
  it('lose no letter and are never too wide', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '-', '发', '票', '，', 'م'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 20 }), (text, width) => {
        const lines = wrap(text, width, (part) => [...part].length);
        for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
