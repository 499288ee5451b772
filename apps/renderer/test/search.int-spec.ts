import { type ShopLab, openShopLab } from './shop-lab';

describe('search', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab();
    for (const [title, priceMinor] of [
      ['Linen shirt', 4900],
      ['Linen towel', 1950],
      ['Clay cup', 900],
    ] as const) {
      const made = await lab.call('POST /products', {
        title,
        status: 'active',
        published: true,
        variants: [{ priceMinor }],
      });
      expect(made.status).toBe(201);
    }
    await lab.call('POST /collections', { title: 'All linen', published: true });
    await lab.call('POST /collections', { title: 'Hidden linen', published: false });
    await lab.call('POST /pages', { title: 'Care', bodyHtml: '<p>Wash <b>linen</b> cold.</p>' });
    await lab.call('POST /pages', { title: 'Draft about linen', published: false });
    const blog = await lab.call('POST /blogs', { title: 'Journal' });
    await lab.call(`POST /blogs/${blog.body.id}/articles`, {
      title: 'Größe & flax',
      tags: ['linen'],
    });
  }, 120_000);
  afterAll(() => lab.close());

  const html = async (path: string) => (await lab.visit(path)).body.toString();

  it('lists products, collections, pages and articles that have all the words', async () => {
    const all = await html('/search?q=linen');
    for (const path of [
      '/products/linen-shirt',
      '/products/linen-towel',
      '/collections/all-linen',
      '/pages/care',
      '/blogs/journal/groesse-and-flax',
    ])
      expect(all).toContain(`href="${path}"`);
    expect(all).not.toMatch(/Clay cup<|Hidden linen|Draft about/);
    expect(await html('/search?q=grosse')).toContain('/blogs/journal/groesse-and-flax');
    const pages = await html('/search?q=linen&type=page');
    expect(pages).toContain('/pages/care');
    expect(pages).not.toContain('href="/products/linen-shirt"');
  });

  it('shows what was typed without its control characters', async () => {
    const page = await html('/search?q=lin%00en%e2%80%ae%07');
    expect(page).toContain('/products/linen-shirt');
    expect(page).toContain('value="linen"');
    expect(page).not.toMatch(/\p{Cc}(?<!\s)|\u202e|\ufffd|%00/u);
    const suggested = await html('/search/suggest.json?q=lin%00en');
    expect(suggested).toContain('/products/linen-shirt');
  });

  it('finds what a page says once it says it', async () => {
    const made = await lab.call('POST /pages', { title: 'Later' });
    expect(await html('/search?q=kiln')).not.toContain('href="/pages/later"');
    await lab.call(`PATCH /pages/${made.body.id}`, { bodyHtml: '<p>The kiln</p>', version: 1 });
    expect(await html('/search?q=kiln')).toContain('href="/pages/later"');
  });

  it('shows products by their ids, in that order', async () => {
    const found = await lab.visit('/search/suggest.json?q=linen');
    const { products } = JSON.parse(found.body.toString()).resources.results;
    const ids = products.map(({ id }: { id: number }) => id);
    const page = await html(`/search?ids=${ids.toReversed().join()}`);
    const places = [...page.matchAll(/data-id="(\d+)"/g)].map(([, id]) => Number(id));
    expect(places).toEqual(ids.toReversed());
  });

  it('suggests while somebody types, in a section of the theme', async () => {
    const answer = await lab.visit('/search/suggest?q=lin&section_id=search-overlay');
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'private, no-cache']);
    const text = answer.body.toString();
    for (const part of ['Linen shirt', 'All linen', '/pages/care', '/blogs/journal/'])
      expect(text).toContain(part);
    expect((await lab.visit('/search/suggest?q=lin')).status).toBe(400);
    expect((await lab.visit('/search/suggest?q=lin&section_id=nothing')).status).toBe(404);
  });

  it('suggests to scripts in the form that they know', async () => {
    const ask = async (query: string) =>
      JSON.parse((await lab.visit(`/search/suggest.json?${query}`)).body.toString()).resources
        .results;
    const found = await ask('q=lin');
    expect(found.queries).toContainEqual({
      text: 'linen',
      styled_text: '<mark>lin</mark><span>en</span>',
      url: '/search?q=linen',
    });
    expect(found.products).toHaveLength(2);
    expect(
      found.products.find(({ handle }: { handle: string }) => handle === 'linen-towel'),
    ).toMatchObject({
      title: 'Linen towel',
      url: '/products/linen-towel',
      price: '19.50',
      available: true,
      image: null,
    });
    expect(found.collections).toMatchObject([
      { handle: 'all-linen', url: '/collections/all-linen' },
    ]);
    expect(found.pages).toMatchObject([{ handle: 'care', body: '<p>Wash <b>linen</b> cold.</p>' }]);
    expect(found.articles).toMatchObject([{ title: 'Größe & flax', tags: ['linen'] }]);
    const few = await ask('q=lin&resources[type]=product&resources[limit]=1');
    expect([Object.keys(few), few.products.length]).toEqual([['products'], 1]);
    expect(await ask('q=')).toEqual({
      queries: [],
      products: [],
      collections: [],
      pages: [],
      articles: [],
    });
  });
});
