import * as fc from 'fast-check';
import { inLocale, keepLocale, localeOf, withLocale, withoutLocale } from './locale-prefix';

describe('the language of a path', () => {
  it.each([
    ['/', '/de'],
    ['/?page=2', '/de?page=2'],
    ['/#news', '/de#news'],
    ['/cart', '/de/cart'],
    ['/products/cup?variant=1', '/de/products/cup?variant=1'],
    ['/de/cart', '/de/cart'],
  ])('%s becomes %s', (path, expected) => expect(withLocale(path, 'de')).toBe(expected));

  it.each([
    ['/de', 'de'],
    ['/zh-CN/cart', 'zh-CN'],
    ['/de?x', 'de'],
    ['/products/de', null],
    ['/depot', null],
    ['/', null],
  ])('of %s is %s', (path, expected) => expect(localeOf(path)).toBe(expected));

  it('comes off as it went on', () => {
    const path = fc.webPath().map((text) => `/products${text}`);
    fc.assert(
      fc.property(path, fc.constantFrom('de', 'ar', 'zh-CN'), (text, locale) => {
        expect(withoutLocale(withLocale(text, locale), locale)).toBe(text);
        expect(withLocale(withLocale(text, locale), locale)).toBe(withLocale(text, locale));
      }),
    );
  });

  it('is put before addresses of pages alone', () => {
    const data = {
      url: '/products/a',
      src: '/x',
      links: [{ url: '/cdn/t/a.css' }, { url: 'https://b.test/' }, { clear_url: '/search?q=a' }],
    };
    expect(inLocale(data, 'ar')).toEqual({
      url: '/ar/products/a',
      src: '/x',
      links: [{ url: '/cdn/t/a.css' }, { url: 'https://b.test/' }, { clear_url: '/ar/search?q=a' }],
    });
    const sent = { status: 303, headers: { location: '//x.test' }, body: Buffer.alloc(0) };
    expect(keepLocale(sent, 'de')).toEqual(sent);
  });
});
