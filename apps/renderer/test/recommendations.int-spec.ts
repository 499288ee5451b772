import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const theme = aTheme({
  'sections/recs.hbs': `<i>{{@routes.product_recommendations}} {{@routes.predictive_search}} {{@request.path}}</i>
{{#if @recommendations.performed}}<h2>{{@recommendations.intent}} {{@recommendations.products_count}} for {{@product.title}}</h2>
{{#each @recommendations.products as |one|}}<a href="{{one.url}}">{{one.title}} {{money one.price}}</a>{{/each}}
{{else}}<h2>to be fetched</h2><em>{{join (map @product.complementary_products "title") ","}}</em>{{/if}}{{#schema}}{"name":"Recommendations","settings":[]}{{/schema}}`,
  'templates/product.json': JSON.stringify({
    sections: { recs: { type: 'recs' } },
    order: ['recs'],
  }),
});

describe('what goes with a product', () => {
  let lab: ShopLab;
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    lab = await openShopLab(theme);
    for (const [title, productType, more] of [
      ['Bowl', 'Bowls', {}],
      ['Bowl deep', 'Bowls', { vendor: 'Kiln' }],
      ['Bowl flat', 'Bowls', {}],
      ['Bowl hidden', 'Bowls', { published: false }],
      ['Lamp', 'Lamps', {}],
    ] as const) {
      const handle = title.toLowerCase().replace(' ', '-');
      const made = await lab.call('POST /products', {
        title,
        handle,
        productType,
        variants: [{ priceMinor: 1_000 }],
        ...more,
      });
      expect(made.status).toBe(201);
      ids[handle] = made.body.publicId;
    }
    await lab.call('PATCH ', { otherLocales: ['de'] });
    await lab.call('POST /markets', {
      name: 'Japan',
      countries: ['JP'],
      currency: 'JPY',
      rate: '150',
    });
    await lab.api.drain();
    lab.renderer.get(Stamps).forget();
  }, 120_000);
  afterAll(() => lab.close());

  const ask = async (path: string, cookie = '') => {
    const answer = await lab.visit(path, { headers: { cookie } });
    const text = answer.body.toString();
    return { ...answer, text, json: text.startsWith('{') ? JSON.parse(text) : null };
  };
  const json = (query: string, cookie?: string) =>
    ask(`/recommendations/products.json?${query}`, cookie);
  const section = (query: string, cookie?: string) =>
    ask(`/recommendations/products?section_id=recs&${query}`, cookie);
  const handlesOf = (answer: { json: { products: { handle: string }[] } }) =>
    answer.json.products.map(({ handle }) => handle);

  it('is a list of products as they are by themselves, the best first', async () => {
    const all = await json(`product_id=${ids['bowl']}`);
    expect([all.status, all.headers['cache-control'], all.json.intent]).toEqual([
      200,
      'public, max-age=0, s-maxage=60',
      'related',
    ]);
    expect(handlesOf(all)).toEqual(['bowl-flat', 'bowl-deep']);
    for (const product of all.json.products)
      expect(product).toEqual((await ask(`/products/${product.handle}.js`)).json);
    expect(handlesOf(await json(`product_id=${ids['bowl']}&limit=1&intent=related`))).toEqual([
      'bowl-flat',
    ]);
    expect((await json(`product_id=${ids['lamp']}`)).json).toEqual({
      intent: 'related',
      products: [],
    });
  });

  it('knows nothing that complements another until the merchant says it', async () => {
    const query = `product_id=${ids['bowl']}&intent=complementary`;
    expect((await json(query)).json).toEqual({ intent: 'complementary', products: [] });
    expect((await section(query)).text).toContain('<h2>complementary 0 for Bowl</h2>');
  });

  it('is what the merchant chose, in that order, before what is alike', async () => {
    const { body: list } = await lab.call('GET /products?limit=50');
    const uuid = (handle: string): string =>
      list.items.find((one: { handle: string }) => one.handle === handle).id;
    const path = `/products/${uuid('bowl')}/recommendations`;
    const complementary = `product_id=${ids['bowl']}&intent=complementary`;
    const related = `product_id=${ids['bowl']}`;
    const set = async (body: object) => {
      const answer = await lab.call(`PUT ${path}`, body);
      lab.renderer.get(Stamps).forget();
      return answer;
    };
    const seen = (await lab.call(`GET ${path}`)).body;
    expect(seen).toMatchObject({ complementary: [], related: [] });
    const put = await set({
      complementaryProductIds: [uuid('lamp'), uuid('bowl-hidden'), uuid('bowl-deep')],
      relatedProductIds: [uuid('lamp')],
      version: seen.version,
    });
    expect([put.status, put.body.version]).toEqual([200, seen.version + 1]);
    expect(put.body.complementary.map(({ handle }: { handle: string }) => handle)).toEqual([
      'lamp',
      'bowl-hidden',
      'bowl-deep',
    ]);
    expect(handlesOf(await json(complementary))).toEqual(['lamp', 'bowl-deep']);
    expect((await section(complementary)).text).toMatch(/complementary 2[^]*Lamp[^]*Bowl deep/);
    expect(handlesOf(await json(related))).toEqual(['lamp', 'bowl-flat', 'bowl-deep']);
    expect((await ask('/products/bowl')).text).toContain('<em>Lamp,Bowl deep</em>');
    expect((await set({ relatedProductIds: [], version: seen.version })).status).toBe(409);
    // The list that is left out stays.
    expect((await set({ relatedProductIds: [] })).status).toBe(200);
    expect(handlesOf(await json(related))).toEqual(['bowl-flat', 'bowl-deep']);
    expect(handlesOf(await json(complementary))).toEqual(['lamp', 'bowl-deep']);
    expect((await set({ complementaryProductIds: [] })).status).toBe(200);
    expect(handlesOf(await json(complementary))).toEqual([]);
  });

  it('takes no product of another store, none twice, and not the product itself', async () => {
    const other = await lab.api.aMerchant();
    const theirs = await lab.api.call(`POST /stores/${other.storeId}/products`, {
      token: other.token,
      body: { title: 'Vase' },
    });
    const { body: list } = await lab.call('GET /products?limit=50');
    const [own, second] = list.items.map(({ id }: { id: string }) => id);
    const path = `PUT /products/${own}/recommendations`;
    const foreign = await lab.call(path, { complementaryProductIds: [theirs.body.id] });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'catalog.product-not-found']);
    const itself = await lab.call(path, { relatedProductIds: [own] });
    expect([itself.status, itself.body.code]).toEqual([422, 'catalog.recommends-itself']);
    const twice = await lab.call(path, { relatedProductIds: [second, second] });
    expect(twice.body.related.map(({ id }: { id: string }) => id)).toEqual([second]);
    const gone = await lab.call(`PUT /products/${theirs.body.id}/recommendations`, {});
    expect(gone.status).toBe(404);
    expect((await lab.call(path, { relatedProductIds: [] })).body.related).toEqual([]);
  });

  it('has the prices of the market and the addresses of the language', async () => {
    const found = await json(`product_id=${ids['bowl']}&limit=1`, 'country=JP');
    expect(found.json.products[0].price).toBe(150_000);
    expect(found.headers['vary']).toBe('Cookie');
    const path = `/de/recommendations/products`;
    const german = await ask(`${path}.json?product_id=${ids['bowl']}&limit=1`);
    expect(german.json.products[0].url).toBe('/de/products/bowl-flat');
    const html = await ask(`${path}?product_id=${ids['bowl']}&section_id=recs&limit=1`);
    expect(html.text).toContain('<a href="/de/products/bowl-flat">Bowl flat €10.00</a>');
    expect(html.text).toContain(
      '<i>/de/recommendations/products /de/search/suggest /de/products/bowl</i>',
    );
  });

  it('is a section of the product’s page, and not on the page itself', async () => {
    const query = `product_id=${ids['bowl']}`;
    // The second one is a kept one; a shopper with a cart sees the same.
    for (const cookie of ['', '', `cart=${'0'.repeat(32)}`]) {
      const found = await section(query, cookie);
      expect([found.status, found.headers['content-type'], found.headers['cache-control']]).toEqual(
        [200, 'text/html; charset=utf-8', 'public, max-age=0, s-maxage=60'],
      );
      expect(found.text).toContain('<h2>related 2 for Bowl</h2>');
      expect(found.text).toMatch(/bowl-flat[^]*bowl-deep/);
    }
    expect((await section(`${query}&limit=1`)).text).toContain('<h2>related 1 for Bowl</h2>');
    expect((await section(`product_id=${ids['lamp']}`)).text).toContain('<h2>related 0 for Lamp');
    expect((await ask('/products/bowl')).text).toContain('<h2>to be fetched</h2>');
    const several = await ask(`/recommendations/products?sections=recs,none&${query}`);
    expect(several.json).toEqual({ recs: expect.stringContaining('related 2'), none: null });
  });

  it.each([
    ['', 'A product_id value is missing'],
    ['product_id=', 'A product_id value is missing'],
    ['product_id=1&intent=best', 'The intent parameter must be one of related, complementary'],
    ['product_id=1&limit=0', 'The limit parameter must be between 1 and 10'],
    ['product_id=1&limit=11', 'The limit parameter must be between 1 and 10'],
    ['product_id=1&limit=1e1', 'The limit parameter must be between 1 and 10'],
    ['product_id=1&limit=', 'The limit parameter must be between 1 and 10'],
  ])('says what is wrong with “%s”', async (query, description) => {
    for (const answer of [await json(query), await section(query)]) {
      expect(answer.status).toBe(422);
      expect(answer.json).toEqual({ status: 422, message: 'Invalid parameter error', description });
    }
  });

  it('finds no product that is hidden, of another store, or no product at all', async () => {
    const other = await lab.api.aMerchant();
    const theirs = await lab.api.call(`POST /stores/${other.storeId}/products`, {
      token: other.token,
      body: { title: 'Theirs', productType: 'Bowls' },
    });
    expect(theirs.status).toBe(201);
    const strange = [
      String(theirs.body.publicId),
      String(ids['bowl-hidden']),
      '0',
      '-1',
      '9'.repeat(15),
      '9'.repeat(16),
      '9'.repeat(90),
      'bowl',
      "1' OR 1=1 --",
      '<script>',
    ];
    for (const id of strange) {
      const found = await json(`product_id=${encodeURIComponent(id)}`);
      expect([id, found.status, found.headers['cache-control'], found.json]).toEqual([
        id,
        404,
        'private, no-cache',
        {
          status: 404,
          message: 'Product not found',
          description: `No product with id ${id} is published in the online store`,
        },
      ]);
      const html = await section(`product_id=${encodeURIComponent(id)}`);
      expect([id, html.status, html.text]).toEqual([id, 404, '']);
    }
    const text = (await json(`product_id=${ids['bowl']}`)).text;
    expect(text).not.toMatch(/Theirs|hidden/);
  });

  it('is asked for by section, which has to be one of the page', async () => {
    const query = `product_id=${ids['bowl']}`;
    expect((await ask(`/recommendations/products?${query}`)).status).toBe(400);
    expect((await ask(`/recommendations/products?${query}&section_id=nothing`)).status).toBe(404);
    expect((await ask('/recommendations')).status).toBe(404);
  });

  it('is as new as the products are', async () => {
    const query = `product_id=${ids['bowl']}`;
    expect(handlesOf(await json(query))).toContain('bowl-deep');
    const { body } = await lab.call('GET /products?limit=50');
    const deep = body.items.find(({ handle }: { handle: string }) => handle === 'bowl-deep');
    await lab.call(`PATCH /products/${deep.id}`, { status: 'archived' });
    lab.renderer.get(Stamps).forget();
    expect(handlesOf(await json(query))).toEqual(['bowl-flat']);
    expect((await section(query)).text).toContain('<h2>related 1 for Bowl</h2>');
  });

  it('is nobody’s who does not know the store’s password', async () => {
    await lab.call('PATCH ', { storefrontPassword: 'open sesame' });
    lab.renderer.get(Stamps).forget();
    for (const answer of [
      await json(`product_id=${ids['bowl']}`),
      await json('product_id='),
      await section(`product_id=${ids['bowl']}`),
    ])
      expect([answer.status, answer.json.status]).toEqual([403, 403]);
  });
});
