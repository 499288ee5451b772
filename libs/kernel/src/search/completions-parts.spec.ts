import * as fc from 'fast-check';
import { completions, matchedWords, searchQuery, splitCompletion } from '.';

describe('what was typed, in a completion of it', () => {
  it.each([
    ['lin', 'linen', ['lin', 'en']],
    ['Blue Li', 'blue linen', ['blue li', 'nen']],
    ['gross', 'größe', ['größ', 'e']],
    ['gros', 'größe', ['größ', 'e']],
    ['cafe', 'cafés', ['café', 's']],
  ])('“%s” in “%s”', (typed, completion, parts) =>
    expect(splitCompletion(typed, completion)).toEqual(parts),
  );

  it('and the rest are the completion, and neither is lost', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), words, (typed, texts) => {
        for (const completion of completions(typed, [...texts, `${typed}er`], 4))
          expect(splitCompletion(typed, completion).join('')).toBe(completion);
      }),
    );
  });
});

describe('words that a text has', () => {
  it.each([
    ['light sky', 'Light sky', ['light', 'sky']],
    ['glaze sk', 'Sky', ['sk']],
    ['ky', 'Sky', []],
    ['浅蓝', '天空浅蓝色', ['浅蓝']],
    ['', 'Sky', []],
  ])('“%s” in “%s”', (typed, text, words) => expect(matchedWords(typed, text)).toEqual(words));
});

it.each([
  ['lin', 'A', "'lin':*A"],
  ['blue lin', 'AB', "'blue':*AB & 'lin':*AB"],
  ['釉药色', 'D', "('釉药':D <-> '药色':D)"],
  ['釉', 'D', "'釉':*D"],
  ['lin', '', "'lin':*"],
])('looks for “%s” under the weights %s: %s', (typed, weights, wanted) =>
  expect(searchQuery(typed, weights)).toBe(wanted),
);
