import { type Browser, openBrowser } from './test/browser';
import { Deployment } from './test/deployment';
import { Merchant, atelierOn } from './test/merchant';
import { type PageAnswer, ask } from './test/shopper';
import { describeWith } from './test/tools';

jest.setTimeout(120_000);

const handles = ['cup', 'bowl', 'vase', 'jug'];
const rounds = 60;

/** Two shops that are alike in every address and unlike in everything that is shown. */
interface Shop {
  merchant: Merchant;
  host: string;
  /** In every name that this shop shows, and in none of the other's. */
  mark: string;
  other: string;
  price: string;
  products: Map<string, { id: string; variant: number }>;
}

describe('two stores never meet', () => {
  let deployment: Deployment;
  let shops: Shop[];
  const paths = [
    '/',
    '/collections/all',
    '/collections/pieces',
    '/pages/about',
    '/search?q=piece',
    '/cart',
    '/nothing/here',
    ...handles.map((handle) => `/products/${handle}`),
  ];
  const get = (shop: Shop, path: string, headers: Record<string, string> = {}, method = 'GET') =>
    ask(deployment.ports, shop.host, path, { method, headers });

  beforeAll(async () => {
    deployment = await (await Deployment.prepare()).start();
    shops = await Promise.all([
      openShop(deployment, { mark: 'Almond', other: 'Basalt', price: 1111, paper: '#fdf6e3' }),
      openShop(deployment, { mark: 'Basalt', other: 'Almond', price: 2222, paper: '#e6eef5' }),
    ]);
  });
  afterAll(() => deployment?.close());

  test('each shows its own names, prices and settings on every page', async () => {
    for (const path of paths) {
      for (const shop of shops) {
        const page = await get(shop, path);
        expect([path, page.status]).toEqual([path, path === '/nothing/here' ? 404 : 200]);
        expectOwn(shop, path, page);
      }
    }
    const [one, two] = await Promise.all(shops.map((shop) => get(shop, '/products/cup')));
    expect(one?.text).toContain('€11.11');
    expect(two?.text).toContain('€22.22');
    expect(one?.text).toContain('#fdf6e3');
    expect(two?.text).toContain('#e6eef5');
  });

  test('caches that are warm and asked in turns never mix them', async () => {
    const tags = await Promise.all(
      shops.map(async (shop) => String((await get(shop, '/products/cup')).headers.etag)),
    );
    expect(tags[0]).not.toBe(tags[1]);
    const encodings = ['br', 'gzip', 'identity'];
    await Promise.all(
      Array.from({ length: rounds }, async (_, round) => {
        for (const [at, shop] of shops.entries()) {
          const path = paths[round % paths.length] ?? '/';
          const page = await get(shop, path, {
            'accept-encoding': encodings[round % 3] ?? 'br',
            // The validator of the other store's page: it must never make ours "not modified".
            'if-none-match': String(tags[1 - at]),
          });
          expect([path, page.status]).toEqual([path, path === '/nothing/here' ? 404 : 200]);
          expectOwn(shop, path, page);
          const head = await get(shop, path, {}, 'HEAD');
          expect(head.bytes).toHaveLength(0);
        }
      }),
    );
  });

  test('a host in capitals, with a dot or a port, is the same store; forged ones reach none', async () => {
    const [shop] = shops as [Shop];
    const { ports } = deployment;
    for (const host of [shop.host.toUpperCase(), `${shop.host}.`]) {
      expectOwn(shop, host, await ask(ports, host, '/products/cup'));
    }
    const other = shops[1]?.host ?? '';
    const forged = {
      'x-forwarded-host': other,
      forwarded: `host=${other}`,
      'x-original-host': other,
    };
    for (const [name, value] of Object.entries(forged)) {
      expectOwn(shop, name, await get(shop, '/products/cup', { [name]: value }));
    }
    const absolute = await ask(ports, shop.host, `http://${other}:${ports.shop}/products/cup`);
    expect(absolute.status).toBe(400);
    const doubled = await ask(ports, `${shop.host}@${other}`, '/products/cup');
    expect(doubled.status).toBe(400);
  });

  test('the cart of one is no cart of the other, and its variants cannot be bought there', async () => {
    const [one, two] = shops as [Shop, Shop];
    const added = await add(one, one.products.get('cup')?.variant);
    expect(added.status).toBe(200);
    const cookie = cookieOf(added);
    expect((await get(one, '/cart', { cookie })).text).toContain('Almond cup');
    const foreign = await get(two, '/cart', { cookie });
    expectOwn(two, '/cart with a foreign cookie', foreign);
    expect(JSON.parse((await get(two, '/cart.js', { cookie })).text)).toMatchObject({
      item_count: 0,
    });
    const smuggled = await add(two, one.products.get('cup')?.variant, cookie);
    expect(smuggled.status).toBeGreaterThanOrEqual(400);
    expect(smuggled.text).not.toContain('Almond');
    expect(JSON.parse((await get(one, '/cart.js', { cookie })).text)).toMatchObject({
      item_count: 1,
    });
  });

  test('pages with a cart are made for one shopper and kept for nobody', async () => {
    const [one] = shops as [Shop];
    const cookie = cookieOf(await add(one, one.products.get('bowl')?.variant));
    const mine = await get(one, '/products/cup', { cookie });
    expect(mine.headers['cache-control']).toMatch(/private|no-store/);
    const theirs = await get(one, '/products/cup');
    expect(theirs.text).not.toMatch(/data-bag[^>]*>\(1\)/);
  });

  test('the API answers for its own store only', async () => {
    const [one, two] = shops as [Shop, Shop];
    for (const [handle, { id }] of two.products) {
      expect([handle, (await one.merchant.call(`GET /products/${id}`)).status]).toEqual([
        handle,
        404,
      ]);
      const patched = await one.merchant.call(`PATCH /products/${id}`, { body: { title: 'Mine' } });
      expect(patched.status).toBe(404);
    }
    expect(JSON.stringify(await one.merchant.all('/products'))).not.toContain('Basalt');
    const found = await one.merchant.done('GET /products?q=Basalt');
    expect(found.items).toEqual([]);
    const headers = { authorization: `Bearer ${one.merchant.token}` };
    const url = `${deployment.apiUrl}/api/v1/stores/${two.merchant.storeId}/products`;
    expect((await fetch(url, { headers })).status).toBe(404);
  });

  test('a change in one is seen there at once and leaves the other as it was', async () => {
    const [one, two] = shops as [Shop, Shop];
    const before = await get(two, '/products/jug');
    const id = one.products.get('jug')?.id;
    await one.merchant.done(`PATCH /products/${id}`, { body: { title: 'Almond jug, new' } });
    const deadline = Date.now() + 5_000;
    let page = await get(one, '/products/jug');
    while (!page.text.includes('Almond jug, new') && Date.now() < deadline) {
      page = await get(one, '/products/jug');
    }
    expect(page.text).toContain('Almond jug, new');
    const after = await get(two, '/products/jug');
    expect(after.bytes.equals(before.bytes)).toBe(true);
  });

  describeWith(['chromium'], 'by browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser(null);
    });
    afterAll(() => browser?.close());

    test('one browser in both shops keeps two carts', async () => {
      const page = await browser.context.newPage();
      const { shop: port } = deployment.ports;
      for (const shop of shops) {
        await page.goto(`http://${shop.host}:${port}/products/cup`);
        expect(await page.locator('h1').innerText()).toBe(`${shop.mark} cup`);
        await page.getByRole('button', { name: 'Add to bag' }).first().click();
        await page.locator('header [data-bag]', { hasText: '1' }).waitFor();
      }
      for (const shop of shops) {
        await page.goto(`http://${shop.host}:${port}/cart`);
        const cart = await page.locator('main').innerText();
        expect(cart).toContain(`${shop.mark} cup`);
        expect(cart).toContain(shop.price);
        expect(cart).not.toContain(shop.other);
      }
    });
  });

  function add(shop: Shop, variant: number | undefined, cookie = ''): Promise<PageAnswer> {
    return ask(deployment.ports, shop.host, '/cart/add.js', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: `http://${shop.host}:${deployment.ports.shop}`,
        cookie,
      },
      body: `id=${variant}&quantity=1`,
    });
  }
});

function expectOwn({ mark, other }: Shop, what: string, { text }: PageAnswer): void {
  expect([what, text.includes(mark), text.includes(other)]).toEqual([what, true, false]);
}

function cookieOf({ headers }: PageAnswer): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}

async function openShop(
  deployment: Deployment,
  look: { mark: string; other: string; price: number; paper: string },
): Promise<Shop> {
  const { mark, other, price } = look;
  const handle = mark.toLowerCase();
  const merchant = await Merchant.signUp(deployment.apiUrl, {
    handle,
    name: mark,
    currency: 'EUR',
  });
  const products = new Map<string, { id: string; variant: number }>();
  for (const name of handles) {
    const made = await merchant.done('POST /products', {
      body: {
        title: `${mark} ${name}`,
        handle: name,
        bodyHtml: `<p>A piece by ${mark}.</p>`,
        vendor: mark,
        tags: ['piece'],
        status: 'active',
        published: true,
        variants: [{ priceMinor: price }],
      },
    });
    products.set(name, { id: made.id, variant: made.variants[0].publicId });
  }
  const rules = { field: 'tag', operator: 'equals', value: 'piece' };
  await merchant.done('POST /collections', {
    body: { title: `${mark} pieces`, handle: 'pieces', rules, published: true },
  });
  await merchant.done('POST /pages', {
    body: { title: `About ${mark}`, handle: 'about', bodyHtml: `<p>${mark}</p>`, published: true },
  });
  await merchant.publishTheme(await atelierOn(look.paper));
  const amount = `€${(price / 100).toFixed(2)}`;
  return { merchant, host: `${handle}.localhost`, mark, other, price: amount, products };
}
