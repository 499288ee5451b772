import { type ShopLab, openShopLab } from './shop-lab';

describe('a shopper of a market in another currency', () => {
  let lab: ShopLab;
  let variant: number;
  const markets: Record<string, { id: string }> = {};
  const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const read = (path: string, cookie: string) => lab.visit(path, { headers: { cookie } });
  const send = (path: string, body: object, cookie: string) =>
    lab.visit(path, {
      method: 'POST',
      headers: { ...own, cookie, accept: 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    });
  const cartOf = async (cookie: string) => {
    const { body } = await read('/cart.js', cookie);
    return JSON.parse(body.toString()) as { currency: string; total_price: number };
  };

  beforeAll(async () => {
    lab = await openShopLab();
    const made = await lab.call('POST /products', {
      title: 'Bowl',
      variants: [{ options: [], priceMinor: 1_999 }],
    });
    variant = made.body.variants[0].publicId;
    const open = async (name: string, code: string, currency: string, more: object) => {
      const answer = await lab.call('POST /markets', {
        name,
        countries: [code],
        currency,
        ...more,
      });
      expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
      markets[code] = answer.body as { id: string };
    };
    const ending = { direction: 'nearest', on: 10 };
    await open('Japan', 'JP', 'JPY', { rate: '151.37', markupPpm: 20_000, ending });
    await open('Kuwait', 'KW', 'KWD', { rate: '0.307' });
    await lab.api.drain();
  }, 120_000);
  afterAll(() => lab.close());

  it.each([
    ['', '€19.99', 'EUR'],
    ['country=JP', '¥3,090', 'JPY'],
    ['country=KW', 'KWD\u00a06.140', 'KWD'],
    ['country=US', '€19.99', 'EUR'],
  ])('with the cookie “%s” sees %s', async (cookie, price, currency) => {
    for (let visit = 0; visit < 2; visit += 1) {
      const page = await read('/products/bowl', cookie);
      expect(page.headers['vary']).toContain('Cookie');
      expect(page.body.toString()).toContain(price);
      expect(page.body.toString()).toContain(`"priceCurrency":"${currency}"`);
    }
  });

  it.each([
    ['', '19.99'],
    ['country=JP', '3090'],
    ['country=KW', '6.140'],
    ['country=US', '19.99'],
  ])('with the cookie “%s” is suggested what costs %s', async (cookie, price) => {
    const { body } = await read('/search/suggest.json?q=bow', cookie);
    const { resources } = JSON.parse(body.toString()) as {
      resources: { results: { products: object[] } };
    };
    expect(resources.results.products).toMatchObject([{ price, price_min: price }]);
  });

  it('fills a cart by a link, and keeps a code of one, at the prices of where they buy', async () => {
    const cartFrom = async (path: string) => {
      const { headers } = await read(path, 'country=JP');
      const cookie = /cart=[\w-]+/.exec(String(headers['set-cookie']))?.[0] ?? '';
      return cartOf(`${cookie}; country=JP`);
    };
    expect(await cartFrom(`/cart/${variant}:2?storefront=true`)).toMatchObject({
      currency: 'JPY',
      total_price: 618_000,
    });
    expect(await cartFrom('/discount/LATER')).toMatchObject({ currency: 'JPY', item_count: 0 });
  });

  it('says where they buy by a form, and the cart comes along into the checkout, where the rate stays', async () => {
    const added = await send('/cart/add.js', { items: [{ id: variant, quantity: 2 }] }, '');
    const cart = /cart=[\w-]+/.exec(String(added.headers['set-cookie']))?.[0] ?? '';
    expect(await cartOf(cart)).toMatchObject({ currency: 'EUR', total_price: 3_998 });
    const chosen = await lab.visit('/localization', {
      method: 'POST',
      headers: {
        'sec-fetch-site': 'same-origin',
        cookie: cart,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: Buffer.from('country_code=JP&return_to=%2Fcart'),
    });
    expect([chosen.status, String(chosen.headers['set-cookie'])]).toEqual([
      303,
      expect.stringMatching(/^country=JP; /),
    ]);
    const cookie = `${cart}; country=JP`;
    // Hundredths of every currency, as borrowed scripts expect.
    expect(await cartOf(cookie)).toMatchObject({ currency: 'JPY', total_price: 618_000 });
    const started = await lab.visit('/checkout', { headers: { cookie } });
    const address = String(started.headers['location']);
    const browser = String(started.headers['set-cookie']).split(';')[0];
    await lab.call(`PATCH /markets/${markets['JP']?.id}`, { rate: '160' });
    expect(await cartOf(cookie)).toMatchObject({ total_price: 652_000 });
    const [checkout] = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ currency: string; quote: { totals: object; base: object }; exchange: object }>(
        'SELECT currency, quote, exchange FROM checkouts WHERE store_id = $1',
        [lab.merchant.storeId],
      ),
    );
    expect(checkout).toMatchObject({
      currency: 'JPY',
      quote: { totals: { totalMinor: 6_180 }, base: { currency: 'EUR', totalMinor: 4_083 } },
      exchange: { base: 'EUR', rate1e10: 1_513_700_000_000, markupPpm: 20_000, source: 'manual' },
    });
    const page = await lab.visit(`${address}/information`, {
      headers: { cookie: `${cookie}; ${browser}` },
    });
    expect(page.body.toString()).toContain('¥6,180');
  });
});
