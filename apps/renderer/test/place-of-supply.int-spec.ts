import { aTheme } from '../../../libs/themes/test/theme.builder';
import { ShopServer } from '../src/shop-server';
import { type OpenRenderer, type ShopLab, browse, openRenderer, openShopLab } from './shop-lab';

const address = {
  email: 'ada@example.com',
  shipping_country: 'DE',
  shipping_name: 'Ada Lovelace',
  shipping_address1: 'Torstraße 1',
  shipping_zip: '10119',
  shipping_city: 'Berlin',
};
/** What the shopper's address is said to be: from the documentation's range (RFC 5737). */
const forwarded = '203.0.113.7';

describe('the evidence of where a sale is taxed', () => {
  let lab: ShopLab;
  let manual: string;
  let variant: number;
  const opened: OpenRenderer[] = [];

  beforeAll(async () => {
    lab = await openShopLab(aTheme({}));
    await lab.call('POST /tax-registrations', {
      scheme: 'local',
      country: 'DE',
      number: 'DE136695976',
      from: '2026-01-01',
    });
    await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1900, tracked: true, quantity: 50 }],
    });
    const account = await lab.call('POST /payment-accounts', {
      provider: 'manual',
      title: 'Bank transfer',
      enabled: true,
      instructions: 'Pay to DE02 1203 0000 0000 2020 51.',
    });
    manual = account.body.id;
    await lab.api.drain();
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    variant = rows[0]?.id ?? 0;
  }, 120_000);
  afterAll(async () => {
    for (const { module, close } of opened) {
      await module.get(ShopServer).close();
      await close();
    }
    await lab.close();
  });

  /** A server with these settings, by the way in that browsers and proxies have. */
  const serve = async (env: Record<string, string>) => {
    const renderer = await openRenderer(lab.api, {
      CARAVEL_SHOP_PORT: '0',
      CARAVEL_TLS_PORT: '0',
      ...env,
    });
    opened.push(renderer);
    const { port } = await renderer.module.get(ShopServer).listen();
    const host = `${lab.merchant.handle}.localhost:${port}`;
    return (path: string, request: RequestInit) =>
      browse(`http://127.0.0.1:${port}`, host, path, request);
  };
  type Served = Awaited<ReturnType<typeof serve>>;

  /** Buys a cup; answers the order as the merchant sees it. @param said headers of the payment alone */
  const buy = async (served: Served, said: Record<string, string | string[]>) => {
    const cookies = new Map<string, string>();
    const ask = async (path: string, form?: object, more: object = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await served(path, {
        method: form ? 'POST' : 'GET',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...more },
        body: form && new URLSearchParams({ ...form }).toString(),
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return { to: answer.headers.get('location') ?? '', html: await answer.text() };
    };
    await ask('/cart/add', { id: variant, quantity: 1 });
    const { to: base } = await ask('/checkout');
    await ask(`${base}/information`, { ...address, intent: 'continue' });
    const { html } = await ask(`${base}/payment`);
    const hidden = (name: string) =>
      new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
    const form = {
      payment: manual,
      billing: 'same',
      intent: 'pay',
      pay_key: hidden('pay_key'),
      quote_hash: hidden('quote_hash'),
    };
    const paid = await ask(`${base}/payment`, form, { 'x-forwarded-for': forwarded, ...said });
    expect(paid.to).toBe(base.replace('/checkouts/', '/orders/'));
    const [found] = (await lab.call('GET /orders?limit=1')).body.items;
    return (await lab.call(`GET /orders/${found.id}`)).body;
  };

  describe('behind a proxy that is trusted to tell it', () => {
    let served: Served;
    beforeAll(async () => {
      served = await serve({
        CARAVEL_TRUSTED_PROXIES: '127.0.0.1',
        CARAVEL_COUNTRY_HEADER: 'CF-IPCountry',
      });
    });

    it('has the country of the shopper’s address, which changes no tax', async () => {
      const same = await buy(served, { 'cf-ipcountry': 'DE' });
      expect(same.reasons.placeOfSupply).toEqual({
        shippingCountry: 'DE',
        billingCountry: 'DE',
        ipCountry: 'DE',
        conflicting: false,
      });
      const other = await buy(served, { 'cf-ipcountry': 'FR' });
      expect(other.reasons.placeOfSupply).toMatchObject({ ipCountry: 'FR', conflicting: true });
      expect(other.taxLines.length).toBeGreaterThan(0);
      expect(other.taxLines).toEqual(same.taxLines);
      expect(other.totals).toEqual(same.totals);
    });

    it.each([['XX'], ['T1'], ['DEU'], ['<b>'], [['DE', 'FR']]])(
      'says nothing where the proxy tells %j',
      async (told) => {
        const order = await buy(served, { 'cf-ipcountry': told });
        expect(order.reasons.placeOfSupply).toMatchObject({ ipCountry: null, conflicting: false });
      },
    );

    it('keeps the address itself nowhere', async () => {
      await buy(served, { 'cf-ipcountry': 'DE' });
      const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
        store.query<{ text: string }>(
          `SELECT to_jsonb(c)::text AS text FROM checkouts c
           UNION ALL SELECT to_jsonb(o)::text FROM orders o`,
        ),
      );
      expect(rows.some(({ text }) => text.includes('"ip_country": "DE"'))).toBe(true);
      expect(rows.filter(({ text }) => text.includes(forwarded))).toEqual([]);
    });
  });

  it('believes nobody who is no trusted proxy', async () => {
    const served = await serve({
      CARAVEL_TRUSTED_PROXIES: '192.0.2.1',
      CARAVEL_COUNTRY_HEADER: 'cf-ipcountry',
    });
    const order = await buy(served, { 'cf-ipcountry': 'FR' });
    expect(order.reasons.placeOfSupply).toMatchObject({ ipCountry: null, conflicting: false });
  });

  it('reads no header that the operator has not named', async () => {
    const served = await serve({ CARAVEL_TRUSTED_PROXIES: '127.0.0.1' });
    const order = await buy(served, { 'cf-ipcountry': 'FR' });
    expect(order.reasons.placeOfSupply).toMatchObject({ shippingCountry: 'DE', ipCountry: null });
  });
});
