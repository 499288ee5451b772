import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const theme = aTheme({
  'sections/main.hbs': `{{#if @predictive_search.performed}}<ul>{{#each @predictive_search.products as |one|}}<li>{{one.title}}</li>{{/each}}</ul><p>{{#each @predictive_search.terms as |one|}}{{one}} {{/each}}</p>{{/if}}{{#schema}}{"name":"Main","settings":[]}{{/schema}}`,
});

interface Product {
  handle: string;
  url: string;
  variants: { title: string }[];
}

describe('what is suggested to scripts', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab(theme);
    const gone = { tracked: true, quantity: 0, priceMinor: 500 };
    for (const more of [
      {
        title: 'Glaze blue',
        handle: 'glaze',
        bodyHtml: '<p>For <b>porcelain</b>.</p>',
        vendor: 'Ofen',
        tags: ['matt'],
        options: [{ name: 'Tone' }],
        variants: [
          { options: ['Sky'], priceMinor: 1_000, sku: 'GL-1' },
          { options: ['Light sky'], priceMinor: 1_200 },
        ],
      },
      { title: 'Glaze glaze gone', handle: 'gone', variants: [gone] },
      { title: 'Glaze tool', handle: 'tool', variants: [{ priceMinor: 2_500 }] },
      { title: 'Glaze hidden', handle: 'hidden', published: false },
    ])
      expect((await lab.call('POST /products', more)).status).toBe(201);
    await lab.call('POST /collections', { title: 'Glazes', handle: 'glazes', published: true });
    for (const title of ['Glaze one', 'Glaze two', 'Glaze three'])
      await lab.call('POST /pages', { title, bodyHtml: '<p>How to.</p>' });
    await lab.call('PATCH ', { otherLocales: ['de'] });
    await lab.api.drain();
    lab.renderer.get(Stamps).forget();
  }, 120_000);
  afterAll(() => lab.close());

  const ask = async (query: string, path = '/search/suggest.json') => {
    const answer = await lab.visit(`${path}?${query}`);
    const text = answer.body.toString();
    return { ...answer, text, json: text.startsWith('{') ? JSON.parse(text) : null };
  };
  const found = async (query: string, path?: string) =>
    (await ask(query, path)).json.resources.results;
  const handles = async (query: string) =>
    (await found(`${query}&resources[type]=product`)).products.map(({ handle }: Product) => handle);

  it('tells a product as Shopify does, with its text and money as decimals', async () => {
    const [glaze] = (await found('q=porcelain')).products;
    expect(glaze).toEqual({
      id: expect.any(Number),
      title: 'Glaze blue',
      handle: 'glaze',
      body: '<p>For <b>porcelain</b>.</p>',
      url: '/products/glaze',
      vendor: 'Ofen',
      type: '',
      tags: ['matt'],
      available: true,
      price: '10.00',
      price_min: '10.00',
      price_max: '12.00',
      compare_at_price_min: '0.00',
      compare_at_price_max: '0.00',
      image: null,
      featured_image: { alt: null, aspect_ratio: null, height: null, url: null, width: null },
      variants: [],
    });
  });

  it.each([
    ['glaze light sky', 'Light sky'],
    ['glaze sky', 'Sky'],
    ['LIGHT', 'Light sky'],
    ['glaze blue', null],
  ])('names the variant that is meant by “%s”: %s', async (q, title) => {
    const [glaze] = (await found(`q=${encodeURIComponent(q)}`)).products;
    expect(glaze.variants.map((one: { title: string }) => one.title)).toEqual(
      title === null ? [] : [title],
    );
    expect(glaze.url).toMatch(title === null ? /^\/products\/glaze$/ : /glaze\?variant=\d+$/);
    if (title === 'Light sky') expect(glaze.variants).toMatchObject([{ price: '12.00' }]);
  });

  it('puts what is sold out last, among the rest, or nowhere', async () => {
    const place = 'resources[options][unavailable_products]';
    expect(await handles('q=glaze')).toEqual([expect.any(String), expect.any(String), 'gone']);
    expect(await handles(`q=glaze&${place}=last&resources[limit]=2`)).not.toContain('gone');
    expect(await handles(`q=glaze&${place}=hide`)).toEqual(
      expect.not.arrayContaining(['gone', 'hidden']),
    );
    // By the words alone it is the best.
    expect((await handles(`q=glaze&${place}=show`))[0]).toBe('gone');
    const html = await ask(`q=glaze&section_id=main&${place}=hide`, '/search/suggest');
    expect(html.text).toContain('Glaze tool');
    expect(html.text).not.toContain('gone');
  });

  it('takes the limit for all together, or for each kind', async () => {
    const sizes = async (query: string) =>
      Object.entries(await found(query)).map(([name, list]) => [name, (list as []).length]);
    expect(await sizes('q=glaze&resources[limit]=4')).toEqual([
      ['queries', 1],
      ['products', 1],
      ['collections', 1],
      ['pages', 1],
      ['articles', 0],
    ]);
    expect(await sizes('q=glaze&resources[limit]=2&resources[limit_scope]=each')).toEqual([
      ['queries', 1],
      ['products', 2],
      ['collections', 1],
      ['pages', 2],
      ['articles', 0],
    ]);
    expect(await sizes('q=glaz&resources[type]=query&resources[limit]=1')).toEqual([
      ['queries', 1],
    ]);
  });

  it.each([
    ['porcelain', 'title', []],
    ['porcelain', 'body', ['glaze']],
    ['ofen', 'title,body', []],
    ['ofen', 'vendor', ['glaze']],
    ['sky', 'title,vendor,product_type', []],
    ['sky', 'variants.title', ['glaze']],
    ['gl-1', 'variants.sku', ['glaze']],
    ['gl-1', 'title', []],
  ])('looks for “%s” in %s only', async (q, fields, expected) => {
    expect(await handles(`q=${q}&resources[options][fields]=${fields}`)).toEqual(expected);
  });

  it('marks what was typed in words to go on with, as harmless HTML', async () => {
    const queries = async (q: string) => (await found(`q=${encodeURIComponent(q)}`)).queries;
    expect(await queries('gl')).toContainEqual({
      text: 'glaze',
      styled_text: '<mark>gl</mark><span>aze</span>',
      url: '/search?q=glaze',
    });
    expect((await queries('<b>"&\' gl'))[0].styled_text).toBe(
      "<mark>&lt;b&gt;&quot;&amp;' gl</mark><span>aze</span>",
    );
    expect(await queries('glaze & <img src=x onerror=1> to')).toEqual([]);
    const [told] = await queries('<glaze> & to');
    expect(told).toEqual({
      text: '<glaze> & tool',
      styled_text: '<mark>&lt;glaze&gt; &amp; to</mark><span>ol</span>',
      url: '/search?q=%3Cglaze%3E%20%26%20tool',
    });
  });

  it('leads to pages of the language', async () => {
    const results = await found('q=glaz', '/de/search/suggest.json');
    expect(results.products[0].url).toMatch(/^\/de\/products\//);
    expect(results.collections[0].url).toBe('/de/collections/glazes');
    expect(results.queries[0].url).toBe('/de/search?q=glaze');
  });

  it.each([
    ['', 'A q value is missing'],
    ['q=a&resources[limit]=99', 'Invalid option for `limit` parameter'],
    ['q=a&resources[type]=order', 'Invalid option for `type` parameter'],
  ])('says what is wrong with “%s”', async (query, description) => {
    for (const answer of [
      await ask(query),
      await ask(`section_id=main&${query}`, '/search/suggest'),
    ]) {
      expect([answer.status, answer.headers['cache-control']]).toEqual([422, 'private, no-cache']);
      expect(answer.json).toEqual({ status: 422, message: 'Invalid parameter error', description });
    }
  });

  it.each([
    "' OR 1=1 --",
    "glaze':*A & !'x",
    '& | ! ( ) <-> :*',
    '\u0000\u0007gl',
    '%00',
    '\\',
    '釉',
    '釉药颜色',
    'é'.repeat(500),
    'a '.repeat(400),
    '\u202eezalg',
    '😀',
  ])('answers whatever is typed: %j', async (q) => {
    const fields = 'resources[options][fields]=title,body';
    for (const more of ['', `&${fields}`, '&resources[options][unavailable_products]=hide']) {
      const answer = await ask(`q=${encodeURIComponent(q)}${more}`);
      expect([answer.status, Object.keys(answer.json.resources.results)]).toEqual([
        200,
        ['queries', 'products', 'collections', 'pages', 'articles'],
      ]);
    }
  });
});
