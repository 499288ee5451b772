import { afterWordsIn } from '../../after-sales/words';
import { say, wordsIn } from '.';

describe('what is filled into sentences from right to left', () => {
  it('stands apart from them, and nowhere else', () => {
    const title = 'Cup (small)!';
    expect(say(wordsIn('ar').words.goneLine, { title })).toContain(`\u2068${title}\u2069`);
    expect(say(afterWordsIn('ar-EG').returnIntro, { shop: title })).toContain(
      `\u2068${title}\u2069`,
    );
    for (const lang of ['en', 'de', 'zh-CN'])
      expect(say(wordsIn(lang).words.goneLine, { title })).not.toMatch(/[\u2068\u2069]/);
  });
});
