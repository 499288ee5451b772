import { pageTitle } from './page-titles';

describe('the title of a page that the store does not name', () => {
  it.each([
    ['404', 'en', 'Page not found'],
    ['404', 'de-AT', 'Seite nicht gefunden'],
    ['404', 'zh-CN', '未找到页面'],
    ['cart', 'ar', 'السلة'],
    ['customers/order', 'de', 'Konto'],
    ['search', 'fr', 'Search'],
    ['product', 'en', null],
    ['index', 'de', null],
  ])('%s in %s is %s', (type, locale, expected) => expect(pageTitle(type, locale)).toBe(expected));
});
