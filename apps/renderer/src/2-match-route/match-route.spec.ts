import * as fc from 'fast-check';
import { matchRoute } from './match-route';

const pageOf = (path: string) => {
  const route = matchRoute(path);
  if (route.kind !== 'page') throw new Error(`${path} is ${route.kind}`);
  return route.page;
};

describe('routes of a shop', () => {
  it.each([
    ['/', 'index', null, '/'],
    ['/products/blue-mug', 'product', 'blue-mug', '/products/blue-mug'],
    ['/collections/sale/products/mug', 'product', 'mug', '/products/mug'],
    ['/collections/all?sort_by=price-ascending&page=2', 'collection', 'all', '/collections/all'],
    ['/collections', 'list-collections', null, '/collections'],
    ['/pages/about', 'page', 'about', '/pages/about'],
    ['/search?q=mug', 'search', null, '/search'],
    ['/cart', 'cart', null, '/cart'],
    ['/products/%E7%A2%97', 'product', '碗', '/products/%E7%A2%97'],
  ])('%s', (path, type, handle, canonicalPath) =>
    expect(pageOf(path)).toMatchObject({ type, handle, canonicalPath }),
  );

  it.each([
    ['/products/mug.js', 'mug', 'js'],
    ['/products/mug.json?variant=1', 'mug', 'json'],
    ['/collections/sale/products/mug.js', 'mug', 'js'],
    ['/products/mug.js.json', 'mug.js', 'json'],
  ])('%s is the data of %s as %s', (path, handle, format) =>
    expect(matchRoute(path)).toMatchObject({ kind: 'product-data', asked: { handle, format } }),
  );

  it.each(['/products/mug.jsx', '/products/mug-js', '/pages/mug.js', '/collections/mug.json'])(
    '%s is a page like any other',
    (path) => expect(matchRoute(path).kind).toBe('page'),
  );

  it('keeps known parameters only, in one order', () => {
    const { query, page } = pageOf('/collections/all?utm_source=x&page=3&sort_by=title&page=9');
    expect([...query]).toEqual([
      ['page', '3'],
      ['sort_by', 'title'],
    ]);
    expect(page).toBe(3);
    expect(pageOf('/collections/all?page=-1').page).toBe(1);
    expect(pageOf('/collections/all?page=1e99').page).toBe(1);
  });

  it('sends a closing slash away, never to another host', () => {
    expect(matchRoute('/products/mug/?variant=1')).toEqual({
      kind: 'redirect',
      to: '/products/mug?variant=1',
    });
    expect(matchRoute('//evil.example/')).toEqual({ kind: 'redirect', to: '/evil.example' });
  });

  it('knows assets, robots, sitemaps and the cart', () => {
    expect(matchRoute('/cdn/t/base.0123456789abcdef.css')).toEqual({
      kind: 'asset',
      name: 'base',
      hash: '0123456789abcdef',
      extension: 'css',
    });
    expect(matchRoute('/robots.txt').kind).toBe('robots');
    expect(matchRoute('/sitemap-products.xml')).toEqual({
      kind: 'sitemap',
      part: 'products',
      page: 1,
    });
    expect(matchRoute('/sitemap-products-12.xml')).toMatchObject({ page: 12 });
    expect(matchRoute('/cart/add.js')).toEqual({ kind: 'action', action: 'add', json: true });
    expect(matchRoute('/cart/change')).toEqual({ kind: 'action', action: 'change', json: false });
  });

  it.each([
    '/products',
    '/products/',
    '/nowhere',
    '/products/%zz',
    '/products/a%00b',
    '/cdn/t/x.css',
    '/products/..',
  ])('finds nothing at %s', (path) =>
    expect(['nothing', 'redirect']).toContain(matchRoute(path).kind),
  );

  it.each([
    ['%00', ''],
    ['a%00b%07%7f%9b%c2%9bc', 'ab\ufffdc'],
    ['linen%09%0d%0ashirt%20%00', 'linen shirt'],
    ['%e2%80%aeabc%e2%81%a6', 'abc'],
    ['%ef%bf%bf%ef%bb%bfa', 'a'],
    ['%e2%80%8f%d7%a9%d7%9c', '\u200fשל'],
    ['x'.repeat(199) + encodeURIComponent('😀'), 'x'.repeat(199)],
  ])('searches for q=%s as a shopper could have typed it', (sent, q) => {
    expect(matchRoute(`/search/suggest.json?q=${sent}`)).toMatchObject({ asked: { q } });
    expect(matchRoute(`/search/suggest?q=${sent}&section_id=a`)).toMatchObject({
      page: { suggest: { q } },
    });
  });

  it('lets no control character of a search through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const route = matchRoute(
          `/search/suggest.json?${new URLSearchParams({ q: text }).toString()}`,
        );
        const q = route.kind === 'suggest' ? route.asked.q : '\0';
        expect(q).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\p{Surrogate}]/u);
        expect(q.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('never throws and never redirects off the host', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const route = matchRoute(`/${text}`);
        if (route.kind === 'redirect') expect(route.to).toMatch(/^\/(?!\/)/);
      }),
    );
  });
});
