import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const theme = aTheme({
  'sections/main.hbs': `<h1>{{t "general.hello"}}</h1>
{{#each @localization.languages as |one|}}<a href="{{one.url}}" lang="{{one.code}}" dir="{{one.dir}}"{{#if one.active}} aria-current="true"{{/if}}>{{one.name}}</a>{{/each}}
{{#each @menus.main-menu.links as |link|}}<a class="menu" href="{{link.url}}">{{link.title}}</a>{{/each}}
<a class="cart" href="{{@routes.cart}}">{{@request.path}}</a><p>{{@product.url}}</p><h2>{{@collection.title}}</h2>
{{#form "contact"}}<button>Send</button>{{/form}}{{#schema}}{"name":"Main","settings":[]}{{/schema}}`,
  'templates/password.json': '{"sections":{"main":{"type":"main"}},"order":["main"]}',
  'locales/ar.json': '{"general":{"hello":"مرحبا","skip":"تخطي"}}',
});

describe('languages of a store', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab(theme);
    await lab.call('POST /products', { title: 'Cup', handle: 'cup', status: 'active' });
    await lab.api.drain();
    const { body } = await lab.call('PATCH ', { otherLocales: ['ar', 'zh-cn', 'en'] });
    expect(body.otherLocales).toEqual(['ar', 'zh-CN']);
    lab.renderer.get(Stamps).forget();
  }, 120_000);
  afterAll(() => lab.close());

  const visit = async (path: string, request = {}) => {
    const answer = await lab.visit(path, request);
    return { ...answer, html: answer.body.toString() };
  };

  it('have addresses of their own, with the theme’s words and direction', async () => {
    const first = await visit('/products/cup');
    expect(first.html).toContain('<html lang="en" dir="ltr">');
    expect(first.html).toContain('<h1>Hello</h1>');
    const arabic = await visit('/ar/products/cup');
    expect(arabic.status).toBe(200);
    expect(arabic.html).toContain('<html lang="ar" dir="rtl">');
    expect(arabic.html).toMatch(/<h1>(مرحبا|&#\d)/);
    const chinese = await visit('/zh-CN');
    expect(chinese.html).toContain('<html lang="zh-CN" dir="ltr">');
    // From the cache now, each its own.
    expect((await visit('/products/cup')).html).toBe(first.html);
    expect((await visit('/ar/products/cup')).html).toBe(arabic.html);
  });

  it('name the list of everything in the shopper’s language', async () => {
    expect((await visit('/collections/all')).html).toContain('<h2>Products</h2>');
    expect((await visit('/ar/collections/all')).html).toMatch(/<h2>(المنتجات|&#\d)/);
    expect((await visit('/zh-CN/collections/all')).html).toMatch(/<h2>(全部商品|&#\d)/);
  });

  it('stay in the links of a page, and name each other', async () => {
    const { html } = await visit('/ar/products/cup');
    for (const part of [
      '<p>/ar/products/cup</p>',
      '<a class="cart" href="/ar/cart">/ar/products/cup</a>',
      '<a class="menu" href="/ar/collections/all">',
      '<a class="menu" href="/ar">',
      '<form action="/ar/contact"',
      '<a href="/products/cup" lang="en" dir="ltr">',
      '<a href="/ar/products/cup" lang="ar" dir="rtl" aria-current="true">',
      '<a href="/zh-CN/products/cup" lang="zh-CN"',
    ])
      expect(html).toContain(part);
    const links = [
      ...html.matchAll(
        /rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="[^/]+\/\/[^/]+([^"]*)"/g,
      ),
    ];
    expect(links.map(([, , tag = 'canonical', path]) => [tag, path])).toEqual([
      ['canonical', '/ar/products/cup'],
      ['en', '/products/cup'],
      ['ar', '/ar/products/cup'],
      ['zh-CN', '/zh-CN/products/cup'],
      ['x-default', '/products/cup'],
    ]);
  });

  it('are published or not there', async () => {
    expect((await visit('/fr/products/cup')).status).toBe(404);
    const own = await visit('/en/products/cup?variant=1');
    expect([own.status, own.headers.location]).toEqual([301, '/products/cup?variant=1']);
    expect((await visit('/ar/products/cup/')).headers.location).toBe('/ar/products/cup');
    // Two slashes would lead to another host.
    expect((await visit('/en//evil.example')).headers.location).toBe('/evil.example');
  });

  it('are kept by what is sent, and chosen by a form', async () => {
    const post = (path: string, fields: Record<string, string>, from: string) =>
      visit(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          referer: `http://${lab.merchant.handle}.localhost:4080${from}`,
        },
        body: Buffer.from(new URLSearchParams(fields).toString()),
      });
    const choose = async (path: string, locale_code: string) =>
      (await post(path, { locale_code }, `${path.replace('/localization', '')}/products/cup`))
        .headers.location;
    expect(await choose('/localization', 'ar')).toBe('/ar/products/cup');
    expect(await choose('/ar/localization', 'zh-CN')).toBe('/zh-CN/products/cup');
    expect(await choose('/ar/localization', 'en')).toBe('/products/cup');
    expect(await choose('/ar/localization', 'fr')).toBe('/ar/products/cup');
    const cart = await post('/ar/cart/clear', {}, '/ar/cart');
    expect(cart.headers.location).toBe('/ar/cart');
  });

  it('are spoken by the page that asks for a closed store’s password', async () => {
    const close = async (storefrontPassword: string | null) => {
      await lab.call('PATCH ', { storefrontPassword });
      lab.renderer.get(Stamps).forget();
    };
    await close('open sesame');
    const shut = await visit('/ar/products/cup');
    expect([shut.status, shut.html.includes('<html lang="ar" dir="rtl">')]).toEqual([403, true]);
    expect((await visit('/products/cup')).html).toContain('<html lang="en" dir="ltr">');
    await close(null);
    expect((await visit('/ar/products/cup')).status).toBe(200);
  });
});
