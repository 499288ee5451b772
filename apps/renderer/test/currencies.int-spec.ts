import { newId } from '@libs/kernel';
import { TestPaymentsServer } from '../../test-payments/src/server';
import { type ShopLab, openShopLab } from './shop-lab';

type Visit = Awaited<ReturnType<ShopLab['serve']>>;

/** Of three bowls at 151.95 kr., 10 % off by a code, and delivery for 37.29 kr. */
const bought = {
  currency: 'DKK',
  subtotalMinor: 45_585,
  discountMinor: 4_559,
  shippingMinor: 3_729,
  feesMinor: 0,
  taxMinor: 7_146,
  totalMinor: 44_755,
};

const sum = (rows: readonly Record<string, number>[], field: string) =>
  rows.reduce((all, row) => all + (row[field] ?? NaN), 0);

describe('an order in another currency', () => {
  let lab: ShopLab;
  let provider: TestPaymentsServer;
  let visit: Visit;
  let variant: number;
  let marketId: string;
  let transfer: string;
  let card: string;

  beforeAll(async () => {
    provider = new TestPaymentsServer({ port: 0, bind: '127.0.0.1', file: null });
    await provider.listen();
    const env = { CARAVEL_TEST_PAYMENTS_URL: provider.url };
    const ports = { CARAVEL_SHOP_PORT: '0', CARAVEL_TLS_PORT: '0' };
    lab = await openShopLab(undefined, { ...env, ...ports }, env);
    const made = await lab.call('POST /products', {
      title: 'Bowl',
      variants: [{ options: [], priceMinor: 1_999, tracked: true, quantity: 50 }],
    });
    variant = made.body.variants[0].publicId;
    const market = await lab.call('POST /markets', {
      name: 'Denmark',
      countries: ['DK'],
      currency: 'DKK',
      rate: '7.46',
      markupPpm: 20_000,
      ending: { direction: 'nearest', on: '.95' },
    });
    marketId = market.body.id;
    const tax = { scheme: 'local', country: 'DE', number: 'DE123456789', from: '2026-01-01' };
    const zone = {
      name: 'Denmark',
      countries: [{ country: 'DK' }],
      rates: [{ name: 'Parcel', by: 'flat', steps: [{ from: 0, priceMinor: 490 }] }],
    };
    const discount = {
      title: 'Ten percent',
      method: 'code',
      code: 'TEN',
      rule: { kind: 'amount_off', on: 'order', benefit: { percent: 10 } },
    };
    for (const [route, body] of [
      ['POST /tax-registrations', tax],
      ['POST /shipping-zones', zone],
      ['POST /discounts', discount],
    ] as const)
      expect((await lab.call(route, body)).status).toBe(201);
    const account = async (body: object) => {
      const answer = await lab.call('POST /payment-accounts', { enabled: true, ...body });
      expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
      return answer.body.id as string;
    };
    card = await account({ provider: 'test', title: 'Card' });
    const limits = { feeMinor: 100, minMinor: 5_000 };
    transfer = await account({ provider: 'manual', title: 'Bank transfer', ...limits });
    await lab.api.drain();
    visit = await lab.serve();
  }, 120_000);
  afterAll(async () => {
    await lab.close();
    await provider.close();
  });

  /** A browser of somebody in Denmark, over HTTP. */
  const browser = () => {
    const cookies = new Map([['country', 'DK']]);
    const ask = async (path: string, form?: Record<string, string>) => {
      const answer = await visit(path, {
        method: form ? 'POST' : 'GET',
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'sec-fetch-site': 'same-origin',
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
        body: form ? new URLSearchParams(form).toString() : undefined,
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const to = answer.headers.get('location') ?? '';
      return { status: answer.status, html: await answer.text(), to };
    };
    return ask;
  };
  const hidden = (html: string, field: string): string =>
    new RegExp(`name="${field}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';

  /** Buys three bowls; answers the order. */
  const buy = async (payment: string) => {
    await rate('7.46');
    const ask = browser();
    const page = await ask('/products/bowl');
    expect([page.status, page.html.includes('"priceCurrency":"DKK"')]).toEqual([200, true]);
    await ask('/cart/add', { id: String(variant), quantity: '3' });
    const cart = JSON.parse((await ask('/cart.js')).html) as object;
    expect(cart).toMatchObject({ currency: 'DKK', total_price: bought.subtotalMinor });
    const { to: base } = await ask('/checkout');
    await ask(`${base}/codes`, { code: 'TEN' });
    const told = await ask(`${base}/information`, {
      email: 'ada@example.com',
      shipping_country: 'DK',
      shipping_name: 'Ada Lovelace',
      shipping_address1: 'Nyhavn 1',
      shipping_zip: '1051',
      shipping_city: 'København',
      intent: 'continue',
    });
    expect(told.to).toBe(`${base}/delivery`);
    const { html } = await ask(`${base}/payment`);
    const pay = (page: string) => {
      const keys = { pay_key: hidden(page, 'pay_key'), quote_hash: hidden(page, 'quote_hash') };
      return ask(`${base}/payment`, { payment, intent: 'pay', ...keys });
    };
    let paid = await pay(html);
    // What the way to pay costs is another price, which is shown before it is paid.
    if (paid.html.includes('name="pay_key"')) paid = await pay(paid.html);
    const away = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(paid.html)?.[1];
    if (away !== undefined) {
      const done = await fetch(away, {
        method: 'POST',
        body: new URLSearchParams({ choice: 'pay' }),
        redirect: 'manual',
      });
      const back = new URL(done.headers.get('location') ?? '');
      await ask(back.pathname + back.search);
    }
    await lab.api.drain();
    const [latest] = (await lab.call('GET /orders')).body.items;
    const order = (await lab.call(`GET /orders/${latest.id}`)).body;
    const { html: status } = await ask(base.replace('/checkouts/', '/orders/'));
    return { html, order, status };
  };
  const read = async (id: string) => (await lab.call(`GET /orders/${id}`)).body;
  /** What moves money or goods, under a name of its own. */
  const act = (path: string, body: object) =>
    lab.api.call(`POST /stores/${lab.merchant.storeId}${path}`, {
      token: lab.merchant.token,
      body,
      headers: { 'idempotency-key': newId() },
    });
  const rate = (value: string) => lab.call(`PATCH /markets/${marketId}`, { rate: value });
  /** Both amounts of an order add up, row by row. */
  const expectBalanced = (order: Awaited<ReturnType<typeof read>>) => {
    const rows = [...order.lines, ...order.charges];
    expect(sum(rows, 'totalMinor')).toBe(order.totalMinor);
    expect(sum(rows, 'taxMinor')).toBe(order.taxMinor);
    expect(sum(rows, 'baseMinor')).toBe(order.base.totalMinor);
    expect(sum(order.taxLines, 'taxMinor')).toBe(order.taxMinor);
    expect(sum(order.taxLines, 'baseTaxMinor')).toBe(order.base.taxMinor);
    expect(sum(order.discounts, 'amountMinor')).toBe(order.discountMinor);
  };

  it('says plainly which orders are tests: before they are paid, after, and to the merchant', async () => {
    const banner = /<p class="test" role="status">Test mode: no money moves\.<\/p>/;
    const some = /<p class="test" role="status">Payment methods marked “Test” move no money\.<\/p>/;
    const { html, status, order } = await buy(card);
    // As long as it is not chosen, the transfer beside it is no test.
    expect([html, status]).toEqual([expect.stringMatching(some), expect.stringMatching(banner)]);
    const badges = html.matchAll(/<bdi>([^<]+)<\/bdi>\s*<span class="badge">([^<]+)</g);
    expect([...badges].map(([, title, badge]) => [title, badge])).toEqual([['Card', 'Test']]);
    expect(order).toMatchObject({ test: true, payments: [{ testMode: true }] });
    expect(order.name).toMatch(/^#T\d+$/);
    expect(status).toContain(order.name);
    // A test beside it makes no test of what is paid in earnest.
    const real = await buy(transfer);
    expect(real.html).toMatch(some);
    expect(real.status).not.toMatch(banner);
    expect(real.order).toMatchObject({ test: false, payments: [{ testMode: false }] });
    expect(real.order.name).toMatch(/^#\d+$/);
  });

  it('keeps both amounts, the rate and where it is from; part refund and return cost what they do that day', async () => {
    const { order } = await buy(card);
    expect(order).toMatchObject({
      ...bought,
      financialStatus: 'paid',
      base: {
        currency: 'EUR',
        totalMinor: 5_999,
        taxMinor: 958,
        rate: '7.46',
        markupPpm: 20_000,
        source: 'manual',
        at: expect.stringMatching(/^20\d\d-/),
        marketId,
      },
    });
    expectBalanced(order);
    expect(sum(order.tenders, 'paidMinor')).toBe(order.totalMinor);
    const payment = provider.books
      .list()
      .find(({ paymentId }) => paymentId === order.payments[0].id);
    expect(payment).toMatchObject({ currency: 'DKK', amountMinor: bought.totalMinor });

    await rate('7.0');
    const [line] = order.lines;
    const lines = [{ lineId: line.id, quantity: 1, restock: 'cancel' }];
    const refund = await act(`/orders/${order.id}/refunds`, { lines });
    const exchange = {
      rate: '7.46',
      bookedMinor: 1_833,
      dayRate: '7',
      daySource: 'manual',
      dayAt: expect.stringMatching(/^20\d\d-/),
      costsMinor: 1_954,
      resultMinor: -121,
    };
    expect(refund.body).toMatchObject({ amountMinor: 13_675, exchange });
    await lab.api.drain();

    await act(`/orders/${order.id}/parcels`, {});
    const asked = await act(`/orders/${order.id}/returns`, {
      lines: [{ lineId: line.id, quantity: 2 }],
    });
    const back = `/orders/${order.id}/returns/${asked.body.id}`;
    await lab.call(`PATCH ${back}`, { state: 'approved' });
    await act(`${back}/receive`, {});
    await rate('8');
    const returned = await act(`${back}/refund`, {
      charges: order.charges.map((each: { id: string; totalMinor: number }) => ({
        chargeId: each.id,
        amountMinor: each.totalMinor,
      })),
    });
    expect([returned.status, returned.text]).toEqual([200, expect.any(String)]);
    await lab.api.drain();
    const after = await read(order.id);
    expect(after).toMatchObject({ financialStatus: 'refunded', base: order.base, ...bought });
    const [first, second] = after.refunds;
    expect([first, second]).toMatchObject([
      { state: 'succeeded', exchange },
      { amountMinor: 31_080, state: 'succeeded', exchange: { dayRate: '8', costsMinor: 3_885 } },
    ]);
    expect(first.exchange.bookedMinor + second.exchange.bookedMinor).toBe(5_999);
    expect(second.exchange.resultMinor).toBe(5_999 - 1_833 - 3_885);
    const wanted = after.timeline.filter(
      (event: { kind: string }) => event.kind === 'refund_wanted',
    );
    expect(wanted.map(({ data }: { data: object }) => data)).toMatchObject(
      [first, second].map((each) => ({ exchange: { currency: 'EUR', ...each.exchange } })),
    );
  });

  it('gives back what was booked for it when it is cancelled, and shows what a way to pay costs there', async () => {
    const { html, order } = await buy(transfer);
    // 1.00 at 7.46 and 2 %; at least 50.00 are 380.46 kr.
    expect(html.replaceAll('\u00a0', ' ')).toContain('DKK 7.61');
    expect(order).toMatchObject({ feesMinor: 761, totalMinor: bought.totalMinor + 761 });
    expectBalanced(order);
    await act(`/orders/${order.id}/mark-paid`, {});
    await rate('7.6');
    const cancelled = await act(`/orders/${order.id}/cancel`, { reason: 'customer' });
    expect([cancelled.status, cancelled.text]).toEqual([200, expect.any(String)]);
    await lab.api.drain();
    const after = await read(order.id);
    expect(after).toMatchObject({ state: 'cancelled', base: order.base });
    const { bookedMinor, costsMinor, resultMinor } = after.refunds[0].exchange;
    expect({ bookedMinor, costsMinor, resultMinor }).toEqual({
      bookedMinor: order.base.totalMinor,
      costsMinor: 5_989,
      resultMinor: order.base.totalMinor - 5_989,
    });
  });
});
