import * as fc from 'fast-check';
import { completions } from './completions';
import { fold, lexemesOf, runsOf } from './fold';
import { searchQuery } from './search-query';
import { plainText, searchVector } from './search-vector';

describe('search text', () => {
  it.each([
    ['Größe', 'grosse'],
    ['Übergang', 'ubergang'],
    ['Đà Nẵng', 'da nang'],
    ['SØREN Ł', 'soren l'],
    ['ﬁne Ａ', 'fine a'],
  ])('folds %s', (text, folded) => expect(fold(text)).toBe(folded));

  it('cuts words and runs of scripts without spaces', () => {
    expect(runsOf('T恤 XL-42 红色')).toEqual([
      { text: 't', unspaced: false },
      { text: '恤', unspaced: true },
      { text: 'xl', unspaced: false },
      { text: '42', unspaced: false },
      { text: '红色', unspaced: true },
    ]);
    expect(lexemesOf({ text: '连衣裙', unspaced: true })).toEqual(['连衣', '衣裙', '裙']);
  });

  it('asks for all words, each perhaps the beginning of one', () => {
    expect(searchQuery('Linen  shi')).toBe(`'linen':* & 'shi':*`);
    expect(searchQuery('连衣裙')).toBe(`('连衣' <-> '衣裙')`);
    expect(searchQuery('裙')).toBe(`'裙':*`);
    expect(searchQuery(' !? ')).toBeNull();
  });

  it('writes text that PostgreSQL can read, whatever comes', () => {
    const lexeme = /^('[^'\\\s]+'(:\d+[ABCD](,\d+[ABCD])*)( |$))*$/u;
    const query = /^(\(?'[^'\\\s]+'(:\*)?\)?( & | <-> |$))*$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parts = { labels: [text, ''], codes: [text], bodyHtml: text };
        expect(searchVector({ title: text, ...parts })).toMatch(lexeme);
        expect(searchQuery(text) ?? '').toMatch(query);
      }),
    );
  });

  it('takes the words out of HTML', () => {
    expect(plainText('<p>Cool &amp; <b>dry</b></p><script>x</script>')).toBe('Cool dry');
    expect(plainText(`${'<'.repeat(500_000)}b>x`)).toMatch(/^<+ x$/);
  });

  it.each([
    ['lin', ['linen shirt', 'Linden']],
    ['blue li', ['blue linen', 'blue linden']],
    ['BLÜ', []],
    ['linen', []],
    ['裙', []],
    ['', []],
    ['! ', []],
  ])('completes %j', (typed, expected) => {
    const texts = ['Linen shirt', 'A linen', 'Linden tea', '连衣裙'];
    const words = expected.map((text) => text.toLowerCase().replace(' shirt', ''));
    expect(completions(typed, texts, 4)).toEqual(words);
  });

  it('completes what was typed and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), (typed, texts) => {
        const found = completions(typed, texts, 3);
        expect(new Set(found).size).toBe(found.length);
        expect(found.length).toBeLessThanOrEqual(3);
        for (const one of found) expect(fold(one).startsWith(fold(typed.trim()))).toBe(true);
      }),
    );
  });
});
