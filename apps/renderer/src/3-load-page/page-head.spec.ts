import { plainText } from './page-head';

describe('a description out of HTML', () => {
  it('has its words', () => {
    expect(plainText('<p>Cool &amp; <b>dry</b></p>')).toBe('Cool & dry');
  });

  it.each(['<', '<script '])('takes no longer for a text of %s than for any', (open) => {
    expect(plainText(open.repeat(500_000)).startsWith(open)).toBe(true);
  });
});
