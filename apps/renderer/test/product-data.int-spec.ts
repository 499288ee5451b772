import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const theme = aTheme({
  'sections/main.hbs': `<h1>{{@product.title}}</h1><b>{{#if @product}}{{money @product.price}}{{/if}}</b>{{#schema}}{"name":"Main","settings":[]}{{/schema}}`,
});

/** Takes out what differs from run to run. */
function steady(text: string): string {
  const ids = new Map<string, string>();
  const known = (id: string): string => {
    if (!ids.has(id)) ids.set(id, String(ids.size + 1));
    return ids.get(id) as string;
  };
  return `${JSON.stringify(JSON.parse(text), null, 1)}\n`
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
    .replace(/\/cdn\/i\/[0-9a-f]{64}\//g, '/cdn/i/HASH/')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => `UUID-${known(id)}`)
    .replace(
      /("(?:product_)?id": |\n {5,})(\d+)/g,
      (_, name: string, id: string) => name + known(id),
    );
}

function golden(file: string, content: string): void {
  const path = join(__dirname, 'golden', file);
  if (process.env.CARAVEL_GOLDEN === 'write' || !existsSync(path)) {
    if (process.env.CI === 'true') throw new Error(`${file} is missing.`);
    writeFileSync(path, content);
  }
  expect(content).toBe(readFileSync(path, 'utf8'));
}

describe('a product for scripts', () => {
  let lab: ShopLab;
  let bowl: { id: string; publicId: number; variants: { id: string }[] };

  beforeAll(async () => {
    lab = await openShopLab(theme);
    const shot = { create: { width: 60, height: 40, channels: 3, background: '#345' } } as const;
    const picture = await lab.api.call(`POST /stores/${lab.merchant.storeId}/images`, {
      token: lab.merchant.token,
      file: { name: 'bowl.png', content: await sharp(shot).png().toBuffer() },
    });
    await lab.api.drain();
    const made = await lab.call('POST /products', {
      title: 'Bowl <b>deep</b>',
      handle: 'bowl',
      bodyHtml: '<p>Thrown by hand.</p>',
      vendor: 'Kiln',
      productType: 'Bowls',
      tags: ['stoneware', 'blue'],
      options: [{ name: 'Size' }],
      images: [{ mediaId: picture.body.id, alt: 'From above' }],
      variants: [
        {
          options: ['Small'],
          priceMinor: 5_900,
          sku: 'S-1',
          grams: 250,
          weightUnit: 'kg',
          image: picture.body.id,
        },
        { options: ['Large'], priceMinor: 8_900, tracked: true, quantity: 7, taxable: false },
        { options: ['Giant'], priceMinor: 12_900, tracked: true, quantity: 0 },
      ],
    });
    expect([made.status, made.text]).toEqual([201, expect.any(String)]);
    bowl = made.body;
    for (const more of [
      { title: 'Cup', handle: 'cup', variants: [{ priceMinor: 900 }] },
      { title: 'Lamp for scripts', handle: 'lamp.js' },
      { title: 'Draft', handle: 'draft', status: 'draft' },
      { title: 'Hidden', handle: 'hidden', published: false },
    ])
      expect((await lab.call('POST /products', more)).status).toBe(201);
    // Reduced after a month at the full price: only then may something be struck through.
    await lab.api.db.acrossStores('let a month go by in a test', (tx) =>
      tx.execute("UPDATE price_intervals SET starts_at = starts_at - interval '31 days'"),
    );
    await lab.call(`PATCH /products/${bowl.id}/variants/${bowl.variants[0]?.id}`, {
      priceMinor: 4_900,
      compareAtMinor: 6_900,
    });
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

  it.each(['js', 'json'])('has the fields of the contract as .%s', async (format) => {
    const answer = await ask(`/products/bowl.${format}`);
    expect([answer.status, answer.headers]).toEqual([
      200,
      {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=0, s-maxage=60',
        'x-robots-tag': 'noindex',
        vary: 'Cookie',
      },
    ]);
    golden(`product-data.${format}.json`, steady(answer.text));
    // How many there are is a merchant's secret.
    expect(answer.text).not.toMatch(/"(inventory_)?quantity":/);
  });

  it('knows a product without options by the words that borrowed scripts look for', async () => {
    expect((await ask('/products/cup.js')).json).toMatchObject({
      compare_at_price: null,
      compare_at_price_max: 0,
      options: [{ name: 'Title', position: 1, values: ['Default Title'] }],
      variants: [
        { title: 'Default Title', option1: 'Default Title', name: 'Cup', public_title: null },
      ],
      images: [],
      featured_image: null,
    });
  });

  it.each([
    ['', '€49.00', 4_900, '49.00'],
    ['country=JP', '¥7,350', 735_000, '7350'],
  ])('with the cookie “%s” costs what its page says: %s', async (cookie, words, price, decimal) => {
    expect((await ask('/products/bowl', cookie)).text).toContain(`<b>${words}</b>`);
    // The second answer is a kept one.
    for (let time = 0; time < 2; time += 1) {
      const { json } = await ask('/products/bowl.js', cookie);
      expect([json.price, json.variants[0].price]).toEqual([price, price]);
    }
    const { product } = (await ask('/products/bowl.json', cookie)).json;
    expect(product.variants[0].price).toBe(decimal);
  });

  it('strikes through what the page strikes through, and not what the merchant says', async () => {
    const { json } = await ask('/products/bowl.js');
    expect(json).toMatchObject({
      compare_at_price: 5_900,
      compare_at_price_min: 5_900,
      compare_at_price_max: 5_900,
      compare_at_price_varies: false,
      price_reduction: { active: true, price: 4_900, prior: 5_900, percent: 16, kind: 'sale' },
    });
    expect(json.variants.map((one: { compare_at_price: number }) => one.compare_at_price)).toEqual([
      5_900,
      null,
      null,
    ]);
  });

  it('is found under a collection’s address and in a language, with addresses of that language', async () => {
    expect((await ask('/collections/all/products/bowl.js')).json.url).toBe('/products/bowl');
    expect((await ask('/de/products/bowl.js')).json).toMatchObject({ url: '/de/products/bowl' });
    expect((await ask('/products/bowl.js')).json.url).toBe('/products/bowl');
  });

  it('is as new as its page', async () => {
    const titleOf = async () => (await ask('/products/cup.js')).json.title;
    expect(await titleOf()).toBe('Cup');
    const { body } = await lab.call('GET /products?limit=50');
    const cup = body.items.find(({ handle }: { handle: string }) => handle === 'cup');
    await lab.call(`PATCH /products/${cup.id}`, { title: 'Mug' });
    lab.renderer.get(Stamps).forget();
    expect(await titleOf()).toBe('Mug');
    await lab.call(`PATCH /products/${cup.id}`, { status: 'archived' });
    lab.renderer.get(Stamps).forget();
    expect((await ask('/products/cup.js')).status).toBe(404);
  });

  it.each(['draft', 'hidden', 'nothing', '1', "x'--", '9'.repeat(200)])(
    'says in JSON that there is no %s',
    async (handle) => {
      for (const format of ['js', 'json']) {
        const { status, headers, json } = await ask(
          `/products/${encodeURIComponent(handle)}.${format}`,
        );
        const wrong = handle === "x'--";
        expect(status).toBe(404);
        // What no handle can look like is an address like any other that leads nowhere.
        if (wrong) continue;
        expect(headers['cache-control']).toBe('private, no-cache');
        expect(json).toEqual({
          status: 404,
          message: 'Product not found',
          description: `No product with handle ${handle} is published in the online store`,
        });
      }
    },
  );

  it('leaves a page to a product whose handle ends like that', async () => {
    const page = await ask('/products/lamp.js');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<h1>Lamp for scripts</h1>');
    expect((await ask('/de/products/lamp.js')).text).toContain('lang="de"');
    expect((await ask('/products/lamp.js.js')).json).toMatchObject({ handle: 'lamp.js' });
    expect((await ask('/products/lamp.js.json')).json.product.handle).toBe('lamp.js');
  });

  it('answers conditions, HEAD and nothing but reading', async () => {
    const shop = await lab.serve();
    const whole = await shop('/products/bowl.js');
    const etag = whole.headers.get('etag') ?? '';
    expect([whole.status, etag]).toEqual([200, expect.stringMatching(/^"/)]);
    const again = await shop('/products/bowl.js', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const head = await shop('/products/bowl.js', { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
    const posted = await shop('/products/bowl.js', { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('is nobody’s who does not know the store’s password', async () => {
    await lab.call('PATCH ', { storefrontPassword: 'open sesame' });
    lab.renderer.get(Stamps).forget();
    try {
      const { status, headers, json } = await ask('/products/bowl.js');
      expect([status, headers['cache-control'], json.status]).toEqual([403, 'no-store', 403]);
    } finally {
      await lab.call('PATCH ', { storefrontPassword: null });
      lab.renderer.get(Stamps).forget();
    }
    expect((await ask('/products/bowl.js')).status).toBe(200);
  });
});
