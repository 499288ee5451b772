import {
  city,
  levies,
  openTaxServer,
  state,
  type TaxServer,
} from '../../../libs/checkout/test/tax-server';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { type ShopLab, openShopLab } from './shop-lab';

describe('taxes of a service on the pages of the checkout, without scripts', () => {
  let server: TaxServer;
  let lab: ShopLab;
  let manual: string;
  let variant: number;

  beforeAll(async () => {
    server = await openTaxServer();
    lab = await openShopLab(aTheme({}));
    await lab.api.drain();
    const zone = {
      name: 'United States',
      countries: [{ country: 'US' }],
      rates: [{ name: 'Parcel', by: 'flat', steps: [{ from: 0, priceMinor: 500 }] }],
    };
    const product = {
      title: 'Vase',
      handle: 'vase',
      status: 'active',
      variants: [{ priceMinor: 5_000, grams: 900 }],
    };
    const rate = { country: 'US', category: 'standard', name: 'Sales tax', percent: 8 };
    const place = { scheme: 'local', country: 'US', number: 'NY-1', from: '2026-01-01' };
    for (const [path, body] of [
      ['/products', product],
      ['/shipping-zones', zone],
      ['/tax-rates', { ...rate, from: '2026-01-01' }],
      ['/tax-registrations', place],
      ['/tax-services', { name: 'Levy', address: server.url, countries: ['US'] }],
    ] as const)
      expect([path, (await lab.call(`POST ${path}`, body)).status]).toEqual([path, 201]);
    const patch = { pricesIncludeTax: false };
    expect((await lab.call('PATCH /tax-settings', patch)).status).toBe(200);
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
  const hidden = (html: string, name: string): string =>
    new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
  const manhattan = {
    email: 'ada@example.com',
    shipping_country: 'US',
    shipping_name: 'Ada Lovelace',
    shipping_address1: '350 Fifth Avenue',
    shipping_zip: '10118',
    shipping_city: 'New York',
    shipping_province: 'NY',
    intent: 'continue',
  };

  it('are shown by their names as text, and paid as they were shown; the cart asks nobody', async () => {
    server.answer = levies([{ ...state(), name: '<b>State</b>' }, city()], []);
    const added = await visit('/cart/add', { id: String(variant), quantity: '1' });
    const cart = /cart=[\w-]+/.exec(String(added.headers['set-cookie']))?.[0] ?? '';
    const rates = '/cart/shipping_rates.json?shipping_address[country]=US';
    expect((await visit(rates, undefined, cart)).html).toContain('Parcel');
    const base = (await visit('/checkout', undefined, cart)).to;
    await visit(`${base}/information`);
    expect(server.got).toHaveLength(0);
    expect((await visit(`${base}/information`, manhattan)).to).toBe(`${base}/delivery`);
    expect(server.got).toHaveLength(1);
    const { html: choice } = await visit(`${base}/delivery`);
    const delivery = /name="delivery"[^>]*value="([^"]+)"/.exec(choice)?.[1] ?? '';
    expect((await visit(`${base}/delivery`, { delivery })).to).toBe(`${base}/payment`);
    const page = await visit(`${base}/payment`);
    // 50.00 and 5.00 for the parcel; 2.00 and 2.25 of tax on the vase.
    expect(page.html).toContain('59.25');
    expect(page.html).toContain('&lt;b&gt;State&lt;/b&gt;');
    expect(page.html).not.toContain('<b>State');
    // What was shown is paid, whatever the service would say by now.
    server.answer = levies([state(90_000)]);
    await lab.api.db.write(lab.merchant.storeId, (store) =>
      store.execute('UPDATE tax_answers SET good_until = now() WHERE store_id = $1', [
        lab.merchant.storeId,
      ]),
    );
    const paid = await visit(`${base}/payment`, {
      payment: manual,
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    });
    expect(paid.to).toBe(base.replace('/checkouts/', '/orders/'));
    const { body: list } = await lab.call('GET /orders');
    expect([list.items[0].totalMinor, server.got.length]).toEqual([5_925, 1]);
  });
});
