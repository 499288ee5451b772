import type { Page } from 'playwright-core';
import { FakeStripe } from '../../libs/payments/test/fake-stripe';
import { aTheme } from '../../libs/themes/test/theme.builder';
import { ShopServer } from '../renderer/src/shop-server';
import { type ShopLab, openShopLab } from '../renderer/test/shop-lab';
import { type Browser, type Looks, openBrowser } from './test/browser';
import { describeWith } from './test/tools';

jest.setTimeout(120_000);

describeWith(['chromium'], 'a provider’s own field on the payment page', () => {
  const stripe = new FakeStripe();
  let lab: ShopLab;
  let origin: string;
  let variant: number;
  let browser: Browser | undefined;

  beforeAll(async () => {
    await stripe.listen();
    lab = await openShopLab(aTheme({}), {
      CARAVEL_STRIPE_URL: stripe.url,
      CARAVEL_STRIPE_SCRIPT_URL: `${stripe.url}/stripe.js`,
      CARAVEL_SHOP_PORT: '0',
    });
    await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1900, requiresShipping: false }],
    });
    for (const account of [
      { provider: 'manual', title: 'Bank transfer', position: 0 },
      {
        provider: 'stripe',
        title: 'Card',
        position: 1,
        testMode: true,
        keys: { secretKey: 'sk_test_good', webhookSecret: 'whsec_1', publishableKey: 'pk_test_1' },
      },
    ])
      expect((await lab.call('POST /payment-accounts', { enabled: true, ...account })).status).toBe(
        201,
      );
    await lab.api.drain();
    const [row] = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    variant = row?.id ?? 0;
    const { port } = await lab.renderer.get(ShopServer).listen();
    origin = `http://${lab.merchant.handle}.localhost:${port}`;
  }, 120_000);
  afterEach(async () => {
    await browser?.close();
    browser = undefined;
  });
  afterAll(async () => {
    await lab?.renderer.get(ShopServer).close();
    await lab?.close();
    await stripe.close();
  });

  const aCart = async (): Promise<string> => {
    const { headers } = await lab.visit('/cart/add', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      body: Buffer.from(`id=${variant}&quantity=1`),
    });
    return /cart=([\w-]+)/.exec(String(headers['set-cookie']))?.[1] ?? '';
  };
  /** A shopper with a cup at the payment. */
  const atPayment = async (looks: Looks = {}): Promise<Page> => {
    browser = await openBrowser(null, looks);
    await browser.context.addCookies([{ name: 'cart', value: await aCart(), url: origin }]);
    const page = await browser.context.newPage();
    await page.goto(`${origin}/checkout`);
    await page.getByRole('textbox', { name: /mail/i }).fill('ada@example.test');
    await page.locator('[name=billing_name]').fill('Ada Lovelace');
    await page.locator('[name=billing_address1]').fill('Torstraße 1');
    await page.locator('[name=billing_zip]').fill('10119');
    await page.locator('[name=billing_city]').fill('Berlin');
    expect(stripe.requests).not.toContain('GET /stripe.js');
    await page.locator('button[value=continue]').click();
    await page.waitForURL(/\/payment$/);
    return page;
  };
  const byCard = (page: Page) =>
    page.locator('label', { hasText: 'Card' }).locator('input[name=payment]').check();
  const type = (page: Page, card: string) =>
    page.frameLocator('iframe[title=Card]').locator('input').fill(card);
  const pay = (page: Page) => page.locator('button[value=pay]').click();
  const intents = () => [...stripe.intents.values()];
  const told = (page: Page, text: string) =>
    page.locator('.field-box .fault', { hasText: text }).waitFor();
  const clear = () => {
    stripe.requests.length = 0;
    stripe.intents.clear();
  };
  beforeEach(clear);

  test('a fault of typing, a declined card, another one that its bank checks, and the order', async () => {
    const page = await atPayment();
    expect(stripe.requests).not.toContain('GET /stripe.js');
    await byCard(page);
    await page.frameLocator('iframe[title=Card]').locator('input').waitFor();
    await pay(page);
    await told(page, 'incomplete');
    expect(intents()).toEqual([]);
    await type(page, '4000000000000002');
    await pay(page);
    await told(page, 'declined');
    await type(page, '4000002500003155');
    await pay(page);
    await page.frameLocator('iframe[title=Bank]').getByText('It is me').click();
    await page.waitForURL(/\/orders\/[\w-]+$/);
    await page.waitForSelector('text=/#T?\\d{4}/');
    // Each attempt is a payment of its own; the one that failed holds nothing.
    expect(intents().map(({ status, amount }) => [status, amount])).toEqual([
      ['requires_payment_method', 1900],
      ['requires_capture', 1900],
    ]);
    expect(browser?.complaints).toEqual([]);
  });

  test('a check that is left half-way is gone on with, and a bank that says no leads back', async () => {
    const page = await atPayment({ viewport: { width: 390, height: 844 } });
    await byCard(page);
    await type(page, '4000002500003155');
    await pay(page);
    await page.frameLocator('iframe[title=Bank]').getByText('It is me').waitFor();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(390);
    await page.goto(page.url().replace('/payment', ''));
    await type(page, '4000002500003155');
    await pay(page);
    await page.frameLocator('iframe[title=Bank]').getByText('It is not').click();
    await page.waitForURL(/\/payment$/);
    await page.waitForSelector('.notice.error');
    expect(intents()).toHaveLength(1);
    await byCard(page);
    await type(page, '4242');
    await pay(page);
    await page.waitForURL(/\/orders\/[\w-]+$/);
    // The page that says that the bank refused is not a success, and the browser notes that.
    const refused = / 422 .*\/payment$/;
    expect(browser?.complaints.filter((one) => !refused.test(one))).toEqual([]);
  });

  test('without scripts, and where the provider’s do not load, on the provider’s own page', async () => {
    for (const looks of [{ scripts: false }, {}]) {
      const page = await atPayment(looks);
      await page.route('**/stripe.js', (route) => route.abort());
      await byCard(page);
      await pay(page);
      await page.getByText('Pay at Stripe').waitFor();
      await page.getByText('Back to the shop').click();
      // Who comes back without having paid goes on, or pays otherwise.
      await page.waitForURL(/\/checkouts\/[\w-]+$/);
      await pay(page);
      await page.getByText('Pay at Stripe').waitFor();
      await page.locator('button[value=decline]').click();
      await page.getByText('Your card was declined.').waitFor();
      await page.locator('button[value=pay]').click();
      await page.waitForURL(/\/orders\/[\w-]+$/);
      await page.waitForSelector('text=/#T?\\d{4}/');
      clear();
      await browser?.close();
    }
  });

  test('its hosts are allowed on the page that has it, and on no other', async () => {
    const page = await atPayment();
    const { pathname } = new URL(page.url());
    const policyOf = async (path: string) =>
      String((await lab.visit(path)).headers['content-security-policy']);
    const here = await policyOf(pathname);
    expect(here).toContain(` ${stripe.url}; frame-src ${stripe.url}; `);
    expect(here).toContain(`connect-src 'self' ${stripe.url};`);
    const other = await policyOf(pathname.replace('/payment', '/information'));
    expect(other).toContain("default-src 'none'");
    expect(other).not.toMatch(/frame-src|http/);
  });
});
