import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { CheckoutRendererModule } from '@renderer/checkout';
import { CustomersRendererModule } from '@renderer/customers';
import { OrdersRendererModule } from '@renderer/orders';
import { StoresRendererModule } from '@renderer/stores';
import { type Lab, openLab } from '@testing';
import { sell } from '../../../libs/checkout/test/cart-lab.builder';
import { makeDiscount, makeZone } from '../../../libs/checkout/test/rules-lab.builder';
import { matchRoute } from '../src/2-match-route/match-route';
import { SettingsOfStores } from '../src/2-match-route/store-settings';
import { AccountData } from '../src/account/account-data';
import { CartActions } from '../src/actions/cart-actions';
import { CartExtras } from '../src/actions/cart-extras';
import { ShopperLimits } from '../src/actions/shopper-limits';
import { Stamps } from '../src/page-cache/stamps';
import type { ShopRequest } from '../src/shop-request';

describe('discounts and shipping rates of a cart', () => {
  let lab: Lab;
  let storeId: string;
  let small: number;
  let medium: number;

  beforeAll(async () => {
    const renderer = {
      module: class Renderer {},
      imports: [
        CheckoutRendererModule,
        CustomersRendererModule,
        OrdersRendererModule,
        StoresRendererModule,
      ],
      providers: [CartActions, CartExtras, AccountData, ShopperLimits, SettingsOfStores, Stamps],
    };
    lab = await openLab({ modules: [CatalogModule, CheckoutModule, renderer] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
    ({ 'LS-S': small = 0, 'LS-M': medium = 0 } = await sell(lab, storeId));
  });
  afterAll(() => lab.close());

  const ask = async (
    target: string,
    { body, ...more }: Partial<Omit<ShopRequest, 'body'>> & { body?: unknown } = {},
  ) => {
    const host = 'kiln.localhost';
    const site = { kind: 'store', storeId, host, isSecure: false } as const;
    const whole = { ...site, primaryHost: host, primaryIsSecure: false };
    const request: ShopRequest = {
      id: 'test',
      method: body === undefined ? 'GET' : 'POST',
      target,
      hosts: [host],
      secure: false,
      servername: null,
      ip: '127.0.0.1',
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      ...more,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more.headers,
      },
    };
    const route = matchRoute(target);
    const extras = lab.get(CartExtras);
    const response =
      route.kind === 'discount'
        ? await extras.discount(whole, route.code, request)
        : route.kind === 'shipping-rates'
          ? await extras.shippingRates(whole, route.verb, request)
          : await lab
              .get(CartActions)
              .answer(whole, route as Parameters<CartActions['answer']>[1], request, () =>
                Promise.resolve({}),
              );
    const text = response.body.toString();
    return {
      ...response,
      json: text.startsWith('{') ? JSON.parse(text) : null,
      shopper: {
        headers: { cookie: String(response.headers['set-cookie'] ?? '').split(';')[0] ?? '' },
      },
    };
  };
  const fill = async () => {
    const items = [
      { id: small, quantity: 2 },
      { id: medium, quantity: 1 },
    ];
    return (await ask('/cart/add.js', { body: { items } })).shopper;
  };

  it('takes automatic discounts off at once, in the order of new lines and of the whole cart', async () => {
    await makeDiscount(lab, storeId, { title: 'Spring' });
    const { headers } = await fill();
    const { json } = await ask('/cart.js', { headers });
    expect(json).toMatchObject({
      original_total_price: 15_000,
      total_price: 13_500,
      total_discount: 1_500,
      cart_level_discount_applications: [
        { type: 'automatic', title: 'Spring', value: '10.0', total_allocated_amount: 1_500 },
      ],
    });
    const lines = json.items as { line_price: number }[];
    expect(lines.reduce((sum, { line_price }) => sum + line_price, 0)).toBe(13_500);
  });

  it('sets, lists and clears the codes that `discount` names', async () => {
    await makeDiscount(lab, storeId, { code: 'TEN' });
    const shopper = await fill();
    const set = await ask('/cart/update.js', { ...shopper, body: { discount: 'ten,nothing' } });
    expect(set.json).toMatchObject({
      total_price: 13_500,
      discount_codes: [
        { code: 'ten', applicable: true },
        { code: 'nothing', applicable: false },
      ],
    });
    const kept = await ask('/cart/change.js', { ...shopper, body: { id: medium, quantity: 0 } });
    expect(kept.json).toMatchObject({ original_total_price: 9_800, total_price: 8_820 });
    const cleared = await ask('/cart/update.js', { ...shopper, body: { discount: '' } });
    expect(cleared.json).toMatchObject({ total_price: 9_800, discount_codes: [] });
  });

  it('remembers the code of a link before there is anything in the cart', async () => {
    await makeDiscount(lab, storeId, { code: 'LINK' });
    const link = await ask('/discount/LINK?redirect=/collections/all');
    expect([link.status, link.headers['location']]).toEqual([302, '/collections/all']);
    const { json } = await ask('/cart/add.js', {
      ...link.shopper,
      body: { items: [{ id: small }] },
    });
    expect(json.items[0].original_line_price).toBe(4_900);
    const cart = await ask('/cart.js', link.shopper);
    expect(cart.json).toMatchObject({ total_price: 4_410, discount_codes: [{ code: 'LINK' }] });
  });

  it.each(['//evil.example/x', 'https://evil.example/', 'javascript:alert(1)'])(
    'leads a discount link to no other host: %s',
    async (redirect) => {
      const link = await ask(`/discount/A?redirect=${encodeURIComponent(redirect)}`);
      expect(String(link.headers['location'])).toMatch(/^\/(?!\/)/);
    },
  );

  it.each(['A'.repeat(2_000), '%F0%9F%8E%81', '%E2%80%8B'])(
    'bears whatever stands in a discount link: %s',
    async (code) => {
      const link = await ask(`/discount/${code}`);
      expect(link.status).toBe(302);
    },
  );

  it('changes nothing for a browser that fetches ahead', async () => {
    const headers = { 'sec-purpose': 'prefetch' };
    expect((await ask('/discount/A', { headers })).headers['set-cookie']).toBeUndefined();
  });

  it('tells what sending the cart costs, by the store’s zones', async () => {
    await makeZone(lab, storeId, {
      rates: [
        {
          name: 'Parcel',
          by: 'price',
          steps: [
            { from: 0, priceMinor: 590 },
            { from: 10_000, priceMinor: 390 },
          ],
          transit: { minDays: 1, maxDays: 3 },
        },
      ],
    });
    const shopper = await fill();
    const rates = (country: string) =>
      ask(`/cart/shipping_rates.json?shipping_address[country]=${country}`, shopper);
    expect((await rates('Germany')).json).toEqual({
      shipping_rates: [
        {
          name: 'Parcel',
          price: '3.90',
          currency: 'EUR',
          delivery_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          delivery_range: [expect.any(String), expect.any(String)],
          source: 'store',
          code: 'Parcel',
        },
      ],
    });
    expect((await rates('FR')).json).toEqual({ shipping_rates: [] });
    const nowhere = await rates('Atlantis');
    expect([nowhere.status, nowhere.json]).toEqual([422, { error: ['country is not supported'] }]);
    const prepared = await ask('/cart/prepare_shipping_rates.json', { ...shopper, body: {} });
    expect(prepared.status).toBe(202);
  });
});
