import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startEmbeddedPostgres } from '@platform/embedded-postgres';
import { eventually, type StartedPlatform, startPlatform } from './started-platform';
import { type Browser, type Looks, openBrowser } from './test/browser';
import { Merchant, atelierZip } from './test/merchant';
import { describeWith } from './test/tools';

jest.setTimeout(240_000);

const desk: Looks = { viewport: { width: 1280, height: 800 } };
const phone: Looks = { viewport: { width: 390, height: 844 } };

/** An order as far as the merchant of this journey looks at it. */
interface Order {
  id: string;
  name: string;
  test: boolean;
  financialStatus: string;
  fulfilmentStatus: string;
  returnStatus: string;
  totalMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  customerId: string | null;
  lines: { id: string; quantity: number }[];
  returns: { id: string; state: string }[];
}

/** A store to buy in, as far as its shoppers notice, and where they live. */
interface Shop {
  url: string;
  product: string;
  address: Record<'country' | 'address1' | 'zip' | 'city', string> & { province?: string };
}

const berlin = { country: 'DE', address1: 'Torstraße 1', zip: '10119', city: 'Berlin' };

describeWith(['chromium'], 'buying a product', () => {
  let home: string;
  let platform: StartedPlatform;
  let browser: Browser | undefined;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'caravel-buy-'));
    platform = await startPlatform({ CARAVEL_HOME: home });
  });
  afterEach(async () => {
    await browser?.close();
    browser = undefined;
  });
  afterAll(async () => {
    await platform?.pressCtrlC().catch(() => undefined);
    const left = await startEmbeddedPostgres({ home });
    await left.destroy();
    await rm(home, { recursive: true, force: true });
  });

  const open = async (looks: Looks): Promise<Page> => {
    browser = await openBrowser(null, looks);
    return browser.context.newPage();
  };
  const api = async <T>(path: string, body?: unknown): Promise<T> => {
    const { api: origin, demo } = platform.ready;
    const answer = await fetch(`${origin}/api/v1/stores/${demo.storeId}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${demo.token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    expect([path, answer.status < 300 || text]).toEqual([path, true]);
    return JSON.parse(text) as T;
  };
  const orderOf = async (email: string): Promise<Order> => {
    const { items } = await api<{ items: Order[] }>(`/orders?q=${encodeURIComponent(email)}`);
    expect(items).toHaveLength(1);
    return api<Order>(`/orders/${items[0]?.id}`);
  };
  const widthOf = (page: Page) => page.viewportSize()?.width;

  const demo = (): Shop => ({
    url: platform.ready.demo.storeUrl,
    product: 'nesting-bowls',
    address: berlin,
  });

  /** From the product's page to the payment, by what a shopper clicks. */
  const toPayment = async (page: Page, email: string, shop: Shop = demo()): Promise<void> => {
    const { country, province, ...typed } = shop.address;
    await page.goto(`${shop.url}/products/${shop.product}`);
    await Promise.all([
      page.waitForResponse((response) => response.url().includes('/cart/add')),
      page.locator('form[action$="/cart/add"] button[type=submit]').first().click(),
    ]);
    await page.goto(`${shop.url}/cart`);
    await page.locator('main button[name=checkout]').first().click();
    await page.waitForURL(/\/checkouts\/[\w-]+\/information$/);
    await page.getByRole('textbox', { name: /mail/i }).fill(email);
    await page.locator('[name=shipping_country]').selectOption(country);
    await page.locator('[name=shipping_name]').fill('Ada Lovelace');
    for (const [field, text] of Object.entries(typed))
      await page.locator(`[name=shipping_${field}]`).fill(text);
    if (province) await page.locator('[name=shipping_province]').selectOption(province);
    await page.locator('button[value=continue]').click();
    await page.waitForURL(/\/delivery$/);
    await page.locator('main button.first').click();
    await page.waitForURL(/\/payment$/);
  };
  const pay = async (page: Page, method: RegExp): Promise<void> => {
    await page.locator('label', { hasText: method }).locator('input[name=payment]').check();
    await page.locator('button[value=pay]').click();
  };
  const choose = (page: Page, choice: string) => page.locator(`button[value=${choice}]`).click();

  test.each([
    ['on a desk, with scripts', 'desk@example.test', desk],
    ['on a phone, without scripts', 'phone@example.test', { ...phone, scripts: false }],
  ])(
    '%s: a card declined, then checked by the bank, then shipped, partly refunded and returned',
    async (_, email, looks) => {
      const page = await open(looks);
      await toPayment(page, email);
      await pay(page, /test/i);
      await page.waitForSelector('text=Test payment');
      await choose(page, 'decline');
      await page.waitForURL(/\/checkouts\/[\w-]+\/payment/);
      await pay(page, /test/i);
      await page.waitForSelector('text=Test payment');
      await choose(page, 'check');
      await page.waitForSelector('text=Check by the bank');
      await choose(page, 'confirm');
      await page.waitForURL(/\/orders\/[\w-]+/);
      await page.waitForSelector('text=/#T?\\d{4}/');
      if (looks.scripts !== false)
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(widthOf(page));

      await eventually(async () => (await orderOf(email)).financialStatus === 'paid');
      const order = await orderOf(email);
      expect(order).toMatchObject({ test: true, fulfilmentStatus: 'unfulfilled' });
      expect(order.capturedMinor).toBe(order.totalMinor);
      expect(order.customerId).not.toBeNull();

      await api(`/orders/${order.id}/parcels`, { tracking: { number: '1Z999AA10123456784' } });
      const [line] = order.lines;
      const refund = { lines: [], charges: [], freeMinor: 300, reason: 'a scratch' };
      await api(`/orders/${order.id}/refunds`, refund);
      await eventually(async () => (await orderOf(email)).refundedMinor === 300);
      expect(await orderOf(email)).toMatchObject({
        financialStatus: 'partially_refunded',
        fulfilmentStatus: 'fulfilled',
      });
      await page.reload();
      await page.waitForSelector('text=1Z999AA10123456784');

      const returned = await api<{ id: string }>(`/orders/${order.id}/returns`, {
        lines: [{ lineId: line?.id, quantity: 1 }],
      });
      await api(`/orders/${order.id}/returns/${returned.id}/receive`, {});
      await api(`/orders/${order.id}/returns/${returned.id}/refund`, { freeMinor: -300 });
      await eventually(async () => (await orderOf(email)).refundedMinor > 300);
      expect(await orderOf(email)).toMatchObject({ returnStatus: 'returned' });
      // The page that says that the card was declined is not a success, and the browser notes that.
      const declined = / 422 .*\/payment$/;
      expect(browser?.complaints.filter((one) => !declined.test(one))).toEqual([]);
    },
  );

  describe('in US dollars, with sales tax on top', () => {
    let merchant: Merchant;
    let shop: Shop;

    beforeAll(async () => {
      merchant = await Merchant.signUp(platform.ready.api, { handle: 'dollars' });
      await merchant.publishTheme(await atelierZip());
      const from = '2026-01-01';
      const tax = { country: 'US', region: 'NY', from };
      for (const [path, body] of [
        [
          'products',
          { title: 'Mug', handle: 'mug', status: 'active', variants: [{ priceMinor: 2500 }] },
        ],
        ['payment-accounts', { provider: 'test', title: 'Test card', enabled: true }],
        ['tax-rates', { ...tax, category: 'standard', name: 'Sales tax', percent: 8.875 }],
        ['tax-registrations', { ...tax, scheme: 'local', number: '12-3456789' }],
      ] as const)
        await merchant.done(`POST /${path}`, { body });
      const { host } = new URL(platform.ready.demo.storeUrl);
      shop = {
        url: `http://${host.replace('demo.', 'dollars.')}`,
        product: 'mug',
        address: {
          country: 'US',
          address1: '350 Fifth Avenue',
          zip: '10118',
          city: 'New York',
          province: 'NY',
        },
      };
      // The first zone of a new store is made by the worker.
      await eventually(async () => (await merchant.done('GET /shipping-zones')).items.length > 0);
    });

    test.each([
      ['on a desk, with scripts', 'desk@example.test', desk],
      ['on a phone, without scripts', 'phone@example.test', { ...phone, scripts: false }],
    ])('%s: what is shown is what is paid', async (_, email, looks) => {
      const page = await open(looks);
      await toPayment(page, email, shop);
      // 25.00 and 5.00 of delivery, 8.875 % of each rounded on its own.
      const shown = (await page.locator('aside .amounts').innerText()).replaceAll(/\s+/g, ' ');
      expect(shown).toContain('Sales tax');
      for (const amount of ['25.00', '5.00', '2.66', '32.66'])
        expect(shown).toContain(`$${amount}`);
      await pay(page, /test/i);
      await page.waitForSelector('text=Test payment');
      await choose(page, 'pay');
      await page.waitForURL(/\/orders\/[\w-]+/);
      await page.waitForSelector('text=/#T?\\d{4}/');
      const find = async () =>
        (await merchant.done(`GET /orders?q=${email}`)).items[0] as Order | undefined;
      await eventually(async () => (await find())?.financialStatus === 'paid');
      expect(await find()).toMatchObject({
        currency: 'USD',
        totalMinor: 3266,
        capturedMinor: 3266,
      });
      expect(browser?.complaints).toEqual([]);
    });
  });

  test('by bank transfer: placed at once, paid when the merchant says so', async () => {
    const page = await open(phone);
    await toPayment(page, 'transfer@example.test');
    await pay(page, /transfer/i);
    await page.waitForURL(/\/orders\/[\w-]+/);
    const order = await orderOf('transfer@example.test');
    expect(order).toMatchObject({ test: false, financialStatus: 'pending', capturedMinor: 0 });
    await api(`/orders/${order.id}/mark-paid`, {});
    await eventually(
      async () => (await orderOf('transfer@example.test')).financialStatus === 'paid',
    );
    expect(browser?.complaints).toEqual([]);
  });

  test('as a customer: the order is in the account', async () => {
    const page = await open(desk);
    const { storeUrl } = platform.ready.demo;
    await page.goto(`${storeUrl}/account/register`);
    await page.locator('[name="customer[first_name]"]').fill('Grace');
    await page.locator('[name="customer[email]"]').fill('grace@example.test');
    await page.locator('[name="customer[password]"]').fill('a long enough password');
    await page.locator('main form[action$="/account/register"] button').click();
    await page.waitForURL(/\/account$/);
    await page.goto(`${storeUrl}/products/nesting-bowls`);
    await Promise.all([
      page.waitForResponse((response) => response.url().includes('/cart/add')),
      page.locator('form[action$="/cart/add"] button[type=submit]').first().click(),
    ]);
    await page.goto(`${storeUrl}/cart`);
    await page.locator('main button[name=checkout]').first().click();
    await page.waitForURL(/\/information$/);
    const mail = page.getByRole('textbox', { name: /mail/i });
    expect(await mail.inputValue()).toBe('grace@example.test');
    for (const [field, text] of [
      ['name', 'Grace Hopper'],
      ['address1', 'Torstraße 1'],
      ['zip', '10119'],
      ['city', 'Berlin'],
    ])
      await page.locator(`[name=shipping_${field}]`).fill(text ?? '');
    await page.locator('button[value=continue]').click();
    await page.waitForURL(/\/delivery$/);
    await page.locator('main button.first').click();
    await page.waitForURL(/\/payment$/);
    await pay(page, /transfer/i);
    await page.waitForURL(/\/orders\/[\w-]+/);
    const { name } = await orderOf('grace@example.test');
    await page.goto(`${storeUrl}/account`);
    await page.getByRole('link', { name }).click();
    await page.waitForURL(/\/account\/orders\//);
    expect(await page.locator('main h1').innerText()).toContain(name);
    expect(browser?.complaints).toEqual([]);
  });
});
