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
  currency: string;
  customerId: string | null;
  lines: { id: string; quantity: number }[];
  returns: { id: string; state: string }[];
}

/** A store to buy in, where its shoppers live, and what they are shown before they pay. */
interface Shop {
  merchant: Merchant;
  url: string;
  product: string;
  address: Record<'country' | 'address1' | 'zip' | 'city', string> & { province?: string };
  currency: string;
  /** How the summary names the tax. */
  tax: string;
}

const berlin = { country: 'DE', address1: 'Torstraße 1', zip: '10119', city: 'Berlin' };
const manhattan = {
  country: 'US',
  address1: '350 Fifth Avenue',
  zip: '10118',
  city: 'New York',
  province: 'NY',
};

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
  const widthOf = (page: Page) => page.viewportSize()?.width;

  const shops: Record<string, Shop> = {};
  const orderOf = async ({ merchant }: Shop, email: string): Promise<Order> => {
    const { items } = await merchant.done(`GET /orders?q=${encodeURIComponent(email)}`);
    expect(items).toHaveLength(1);
    return merchant.done(`GET /orders/${items[0]?.id}`);
  };

  const signUp = async (page: Page, shop: Shop, email: string): Promise<void> => {
    await page.goto(`${shop.url}/account/register`);
    await page.locator('[name="customer[first_name]"]').fill('Grace');
    await page.locator('[name="customer[email]"]').fill(email);
    await page.locator('[name="customer[password]"]').fill('a long enough password');
    await page.locator('main form[action$="/account/register"] button').click();
    await page.waitForURL(/\/account$/);
  };

  /** From the list of products to the payment, by what a shopper clicks; who is signed in is known there. */
  const toPayment = async (page: Page, email: string, shop: Shop): Promise<void> => {
    const { country, province, ...typed } = shop.address;
    await page.goto(`${shop.url}/collections/all`);
    await page.locator(`main a[href*="/products/${shop.product}"]`).first().click();
    await page.waitForURL(/\/products\//);
    await Promise.all([
      page.waitForResponse((response) => response.url().includes('/cart/add')),
      page.locator('form[action$="/cart/add"] button[type=submit]').first().click(),
    ]);
    await page.goto(`${shop.url}/cart`);
    await page.locator('main button[name=checkout]').first().click();
    await page.waitForURL(/\/checkouts\/[\w-]+\/information$/);
    const mail = page.getByRole('textbox', { name: /mail/i });
    if (email.startsWith('customer')) expect(await mail.inputValue()).toBe(email);
    else await mail.fill(email);
    const list = page.locator('[name=shipping_country]');
    if ((await list.inputValue()) !== country) await list.selectOption(country);
    await page.locator('[name=shipping_name]').fill('Ada Lovelace');
    for (const [field, text] of Object.entries(typed))
      await page.locator(`[name=shipping_${field}]`).fill(text);
    if (province) await page.locator('[name=shipping_province]').selectOption(province);
    await page.locator('button[value=continue]').click();
    await page.waitForURL(/\/delivery$/);
    await page.locator('main button.first').click();
    await page.waitForURL(/\/payment$/);
  };
  /** What the summary says; on a phone it stands behind its sum. */
  const amountsOf = async (page: Page): Promise<string> => {
    const amounts = page.locator('aside .amounts');
    if (!(await amounts.isVisible())) await page.locator('aside summary').first().click();
    return (await page.locator('aside').innerText()).replaceAll(/\s+/g, ' ');
  };
  const pay = async (page: Page, method: RegExp): Promise<void> => {
    await page.locator('label', { hasText: method }).locator('input[name=payment]').check();
    await page.locator('button[value=pay]').click();
  };
  const choose = (page: Page, choice: string) => page.locator(`button[value=${choice}]`).click();
  /** With a card of the test provider: declined once, then checked by the bank. */
  const payByCard = async (page: Page): Promise<void> => {
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
  };

  beforeAll(async () => {
    const { api, demo } = platform.ready;
    const { token, storeId, storeUrl } = demo;
    const merchant = Merchant.known(api, { token, storeId });
    const here = { url: storeUrl, product: 'nesting-bowls', address: berlin };
    shops.EUR = { ...here, merchant, currency: 'EUR', tax: 'VAT' };
    const dollars = await openInDollars(api);
    const url = storeUrl.replace('demo.', 'dollars.');
    const there = { url, product: 'mug', address: manhattan };
    shops.USD = { ...there, merchant: dollars, currency: 'USD', tax: 'Sales tax' };
  });

  // Every two of currency, buyer and browser meet in one of these; the other sizes are below.
  test.each([
    ['EUR', 'guest', 'on a desk, with scripts', desk],
    ['EUR', 'customer', 'on a phone, without scripts', { ...phone, scripts: false }],
    ['USD', 'customer', 'on a desk, with scripts', desk],
    ['USD', 'guest', 'on a phone, without scripts', { ...phone, scripts: false }],
  ])(
    'in %s, as a %s, %s: a card declined, then checked by the bank, then shipped, partly refunded and returned',
    async (currency, buyer, _, looks) => {
      const shop = shops[currency]!;
      const email = `${buyer}@example.test`;
      const page = await open(looks);
      if (buyer === 'customer') await signUp(page, shop, email);
      await toPayment(page, email, shop);
      const shown = await amountsOf(page);
      expect(shown).toContain(shop.tax);
      await payByCard(page);
      if (looks.scripts !== false)
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(widthOf(page));

      const now = () => orderOf(shop, email);
      await eventually(async () => (await now()).financialStatus === 'paid');
      const order = await now();
      const { totalMinor } = order;
      expect(order).toMatchObject({ test: true, fulfilmentStatus: 'unfulfilled', currency });
      expect(order.capturedMinor).toBe(totalMinor);
      expect(shown).toContain(`${Math.floor(totalMinor / 100)}.${String(totalMinor).slice(-2)}`);
      // 25.00 and 5.00 of delivery, 8.875 % of each rounded on its own.
      if (currency === 'USD') expect(totalMinor).toBe(3266);
      expect(order.customerId).not.toBeNull();

      const { merchant } = shop;
      const done = (path: string, body: object) =>
        merchant.done(`POST /orders/${order.id}${path}`, { body });
      await done('/parcels', { tracking: { number: '1Z999AA10123456784' } });
      const [line] = order.lines;
      await done('/refunds', { lines: [], charges: [], freeMinor: 300, reason: 'a scratch' });
      await eventually(async () => (await now()).refundedMinor === 300);
      expect(await now()).toMatchObject({
        financialStatus: 'partially_refunded',
        fulfilmentStatus: 'fulfilled',
      });
      await page.reload();
      await page.waitForSelector('text=1Z999AA10123456784');

      const { id } = await done('/returns', { lines: [{ lineId: line?.id, quantity: 1 }] });
      await done(`/returns/${id}/receive`, {});
      await done(`/returns/${id}/refund`, { freeMinor: -300 });
      await eventually(async () => (await now()).refundedMinor > 300);
      const after = await now();
      expect(after).toMatchObject({ returnStatus: 'returned' });
      // The goods with their tax; what was sent is sent.
      if (currency === 'USD') expect(after.refundedMinor).toBe(2722);
      if (buyer === 'customer') {
        await page.goto(`${shop.url}/account`);
        await page.getByRole('link', { name: order.name }).click();
        await page.waitForURL(/\/account\/orders\//);
        expect(await page.locator('main h1').innerText()).toContain(order.name);
      }
      // The page that says that the card was declined is not a success, and the browser notes that.
      const declined = / 422 .*\/payment$/;
      expect(browser?.complaints.filter((one) => !declined.test(one))).toEqual([]);
    },
  );

  test.each([
    ['on a phone, with scripts', phone],
    ['on a desk, without scripts', { ...desk, scripts: false }],
  ])(
    'by bank transfer, %s: placed at once, paid when the merchant says so',
    async (name, looks) => {
      const email = `${looks.viewport?.width}@example.test`;
      const shop = shops.EUR!;
      const page = await open(looks);
      await toPayment(page, email, shop);
      await pay(page, /transfer/i);
      await page.waitForURL(/\/orders\/[\w-]+/);
      const order = await orderOf(shop, email);
      expect(order).toMatchObject({ test: false, financialStatus: 'pending', capturedMinor: 0 });
      await shop.merchant.done(`POST /orders/${order.id}/mark-paid`, { body: {} });
      await eventually(async () => (await orderOf(shop, email)).financialStatus === 'paid');
      expect([name, browser?.complaints]).toEqual([name, []]);
    },
  );
});

/** A store in the United States that must take sales tax in New York. */
async function openInDollars(api: string): Promise<Merchant> {
  const merchant = await Merchant.signUp(api, { handle: 'dollars' });
  await merchant.publishTheme(await atelierZip());
  const tax = { country: 'US', region: 'NY', from: '2026-01-01' };
  const mug = { title: 'Mug', handle: 'mug', status: 'active', variants: [{ priceMinor: 2500 }] };
  for (const [path, body] of [
    ['products', mug],
    ['payment-accounts', { provider: 'test', title: 'Test card', enabled: true }],
    ['tax-rates', { ...tax, category: 'standard', name: 'Sales tax', percent: 8.875 }],
    ['tax-registrations', { ...tax, scheme: 'local', number: '12-3456789' }],
  ] as const)
    await merchant.done(`POST /${path}`, { body });
  // The first zone of a new store is made by the worker.
  await eventually(async () => (await merchant.done('GET /shipping-zones')).items.length > 0);
  return merchant;
}
