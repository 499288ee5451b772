import { Db } from '@platform/database';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import type { ShopRequest } from '../src/shop-request';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const asScript = { ...sameOrigin, 'content-type': 'application/json' };
const asForm = { ...sameOrigin, 'content-type': 'application/x-www-form-urlencoded' };
const english =
  'That was too often in a short time. Please try again in a moment; your cart stays as it is.';

describe('shoppers who do the same very often', () => {
  let lab: ShopLab;
  let variant = 0;
  let address = 0;

  beforeAll(async () => {
    lab = await openShopLab(aTheme(), { CARAVEL_RATE_LIMITS: 'true' });
    await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1_000 }],
    });
    await lab.api.drain();
    await lab.call('PATCH ', { otherLocales: ['de'] });
    lab.renderer.get(Stamps).forget();
    const [row] = await lab.renderer
      .get(Db)
      .read(lab.merchant.storeId, (store) =>
        store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
      );
    variant = Number(row?.id);
  }, 120_000);
  afterAll(() => lab.close());
  beforeEach(() => {
    address += 1;
  });

  const visit = async (path: string, request: Partial<ShopRequest> = {}) => {
    const answer = await lab.visit(path, { ip: `10.1.0.${address}`, ...request });
    const text = answer.body.toString();
    return { ...answer, text, json: text.startsWith('{') ? JSON.parse(text) : null };
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    visit(path, {
      method: 'POST',
      headers: { ...asScript, ...headers },
      body: Buffer.from(JSON.stringify(body)),
    });
  const add = (headers = {}) => post('/cart/add.js', { id: variant, quantity: 1 }, headers);
  /** Empties the buckets whose names begin so, as very many tries would. */
  const empty = (name: string) =>
    lab.renderer
      .get(Db)
      .outsideStores((tx) =>
        tx.execute(
          `UPDATE rate_limits SET tokens = -1, updated_at = now() + interval '1 minute' WHERE bucket LIKE $1`,
          [`${name}:${lab.merchant.storeId}:%`],
        ),
      );
  const cookieOf = ({ headers }: { headers: Record<string, unknown> }) =>
    String(headers['set-cookie']).split(';')[0] ?? '';

  it('wait with their cart as it was: scripts in the shape of the contract, forms by a page in their language', async () => {
    const cookie = cookieOf(await add());
    await empty('shop-cart');
    const refused = await add({ cookie });
    expect([refused.status, refused.headers['cache-control']]).toEqual([429, 'no-store']);
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(refused.json).toEqual({
      status: 429,
      message: 'Too Many Requests',
      description: english,
      errors: english,
    });
    const page = { method: 'POST', headers: { ...asForm, cookie }, body: Buffer.from('note=x') };
    for (const [path, sentence] of [
      ['/cart', english],
      ['/cart/add', english],
      ['/de/cart', 'Das war zu oft in kurzer Zeit.'],
    ] as const) {
      const answer = await visit(path, page);
      expect([answer.status, answer.headers['content-type']]).toEqual([
        429,
        'text/html; charset=utf-8',
      ]);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.text).toContain(sentence);
    }
    const cart = await visit('/cart.js', { headers: { cookie } });
    expect(cart.json).toMatchObject({ item_count: 1, note: null });
  });

  it('are counted by network and by cart, each for itself', async () => {
    const cookie = cookieOf(await add());
    await empty('shop-cart');
    expect((await add()).status).toBe(429);
    address += 1;
    // The cart's own bucket had not been counted before: its cookie came with the answer.
    expect((await add({ cookie })).status).toBe(200);
    await empty('shop-cart');
    address += 1;
    expect((await add({ cookie })).status).toBe(429);
    expect((await add()).status).toBe(200);
    const names = await lab.renderer
      .get(Db)
      .outsideStores((tx) => tx.query<{ bucket: string }>('SELECT bucket FROM rate_limits'));
    expect(names.length).toBeGreaterThan(3);
    const token = cookie.split('=')[1] as string;
    expect(names.filter(({ bucket }) => bucket.includes(token))).toEqual([]);
  });

  it('may try codes so often, whichever way they try them', async () => {
    const followed = await visit('/discount/GUESS?redirect=/pages/x');
    expect([followed.status, followed.headers.location]).toEqual([302, '/pages/x']);
    const cookie = cookieOf(await add());
    expect((await post('/cart/update.js', { discount: 'GUESS1' }, { cookie })).status).toBe(200);
    await empty('shop-code');
    expect((await post('/cart/update.js', { discount: 'GUESS2' }, { cookie })).status).toBe(429);
    const link = await visit('/discount/GUESS3');
    expect([link.status, link.headers.location]).toEqual([429, undefined]);
    expect(link.text).toContain(english);
    // Codes that are taken away are no tries, and neither is a look at where a link leads.
    expect((await post('/cart/update.js', { discount: '' }, { cookie })).status).toBe(200);
    expect((await visit('/discount/GUESS4', { method: 'HEAD' })).status).toBe(302);
  });

  it.each([
    ['share links', 'shop-link', () => `/cart/${variant}:1?storefront=true`, 302],
    ['what sending costs', 'shop-rates', () => '/cart/shipping_rates.json', 422],
    ['suggestions', 'shop-suggest', () => '/search/suggest.json?q=cup', 200],
    ['sections with suggestions', 'shop-suggest', () => '/search/suggest?q=c&section_id=main', 200],
  ])('are limited in %s', async (_, bucket, path, status) => {
    expect((await visit(path())).status).toBe(status);
    await empty(bucket);
    const refused = await visit(path());
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect((await visit('/products/cup')).status).toBe(200);
    expect((await visit('/cart.js')).status).toBe(200);
    address += 1;
    expect((await visit(path())).status).toBe(status);
  });
});
