import {
  openRateServer,
  type RateServer,
  express,
  rates,
} from '../../../libs/checkout/test/rate-server';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { type ShopLab, openShopLab } from './shop-lab';

describe('rates of a service on the pages of the checkout, without scripts', () => {
  let server: RateServer;
  let lab: ShopLab;
  let manual: string;
  let variant: number;

  beforeAll(async () => {
    server = await openRateServer();
    lab = await openShopLab(aTheme({}));
    await lab.api.drain();
    const service = {
      name: 'Courier',
      address: server.url,
      origin: { country: 'DE', zip: '10119', city: 'Berlin' },
      fallbackRates: [{ code: 'standard', name: 'Standard', priceMinor: 590 }],
    };
    const product = {
      title: 'Vase',
      handle: 'vase',
      status: 'active',
      variants: [{ priceMinor: 5_000, grams: 900 }],
    };
    const zone = { name: 'Germany', countries: [{ country: 'DE' }], rates: [] };
    const { body: zones } = await lab.call('GET /shipping-zones');
    for (const { id } of zones.items) await lab.call(`DELETE /shipping-zones/${id}`);
    for (const [path, body] of [
      ['/products', product],
      ['/shipping-zones', zone],
      ['/rate-services', service],
    ] as const)
      expect([path, (await lab.call(`POST ${path}`, body)).status]).toEqual([path, 201]);
    const account = { provider: 'manual', title: 'Bank transfer', enabled: true };
    manual = (await lab.call('POST /payment-accounts', account)).body.id;
    await lab.api.drain();
    const [row] = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    variant = row?.id ?? 0;
  }, 180_000);
  afterAll(async () => {
    await server.close();
    await lab.close();
  });

  const visit = async (path: string, form?: Record<string, string>, cookie = '') => {
    const answer = await lab.visit(path, {
      method: form ? 'POST' : 'GET',
      headers: { cookie, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      body: Buffer.from(new URLSearchParams(form ?? {}).toString()),
    });
    const html = answer.body.toString().replaceAll('\u00a0', ' ');
    return { ...answer, html, to: String(answer.headers.location ?? '') };
  };
  const aCart = async (): Promise<string> => {
    const added = await visit('/cart/add', { id: String(variant), quantity: '1' });
    return /cart=[\w-]+/.exec(String(added.headers['set-cookie']))?.[0] ?? '';
  };
  const hidden = (html: string, name: string): string =>
    new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
  const berlin = {
    email: 'ada@example.com',
    shipping_country: 'DE',
    shipping_name: 'Ada Lovelace',
    shipping_address1: 'Torstraße 1',
    shipping_zip: '10119',
    shipping_city: 'Berlin',
    intent: 'continue',
  };

  it('are chosen, shown with their name as text, and paid only as they were shown', async () => {
    server.answer = rates({ ...express(), name: '<b>Express</b>' });
    const base = (await visit('/checkout', undefined, await aCart())).to;
    expect((await visit(`${base}/information`, berlin)).to).toBe(`${base}/delivery`);
    const { html } = await visit(`${base}/delivery`);
    expect(html).toContain('&lt;b&gt;Express&lt;/b&gt;');
    const delivery = /value="(live:[^"]+:express)"/.exec(html)?.[1] ?? '';
    expect((await visit(`${base}/delivery`, { delivery })).to).toBe(`${base}/payment`);
    const page = await visit(`${base}/payment`);
    expect(page.html).toContain('57.20');
    const form = (html_: string) => ({
      payment: manual,
      pay_key: hidden(html_, 'pay_key'),
      quote_hash: hidden(html_, 'quote_hash'),
    });
    server.answer = rates(express(990));
    await lab.api.db.write(lab.merchant.storeId, (store) =>
      store.execute('UPDATE rate_answers SET good_until = now() WHERE store_id = $1', [
        lab.merchant.storeId,
      ]),
    );
    const told = await visit(`${base}/payment`, form(page.html));
    expect([told.status, told.html.includes('59.90')]).toEqual([422, true]);
    const paid = await visit(`${base}/payment`, form(told.html));
    expect(paid.to).toBe(base.replace('/checkouts/', '/orders/'));
    const { body: list } = await lab.call('GET /orders');
    expect(list.items[0].totalMinor).toBe(5_990);
  });

  it('answer the question of the cart page, and fall back where the service is silent', async () => {
    const cart = await aCart();
    const path =
      '/cart/shipping_rates.json?shipping_address[country]=DE&shipping_address[zip]=20095';
    const answer = await visit(path, undefined, cart);
    expect(JSON.parse(answer.html)).toMatchObject({
      shipping_rates: [{ name: 'Express', price: '9.90', source: 'Courier' }],
    });
    expect(server.got.at(-1)?.question.destination).toMatchObject({ country: 'DE', zip: '20095' });
    server.answer = (response) => response.writeHead(503).end();
    const other = await visit(path.replace('20095', '80331'), undefined, cart);
    expect(JSON.parse(other.html)).toMatchObject({
      shipping_rates: [{ name: 'Standard', price: '5.90' }],
    });
  });
});
