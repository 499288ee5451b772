import { FakePayPal } from '../../../libs/payments/test/fake-paypal';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { type ShopLab, openShopLab } from './shop-lab';

const address = {
  email: 'ada@example.com',
  shipping_country: 'DE',
  shipping_name: 'Ada Lovelace',
  shipping_address1: 'Torstraße 1',
  shipping_zip: '10119',
  shipping_city: 'Berlin',
};

describe('paying with PayPal', () => {
  const paypal = new FakePayPal();
  let lab: ShopLab;
  let account: string;
  let variant: number;

  beforeAll(async () => {
    await paypal.listen();
    const env = { CARAVEL_PAYPAL_URL: paypal.url };
    lab = await openShopLab(aTheme({}), env, env);
    await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1900, inventory: { tracked: true, quantity: 20 } }],
    });
    const keys = { clientId: 'client-1', clientSecret: 'secret-1', webhookId: 'webhook-1' };
    const made = { provider: 'paypal', title: 'PayPal', enabled: true, testMode: true, keys };
    account = (await lab.call('POST /payment-accounts', made)).body.id;
    await lab.api.drain();
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    variant = rows[0]?.id ?? 0;
  }, 120_000);
  afterAll(async () => {
    await lab?.close();
    await paypal.close();
  });

  /** A browser without scripts: keeps cookies, sends forms, and follows what leads on in the shop. */
  const browser = () => {
    const cookies = new Map<string, string>();
    const ask = async (path: string, form?: Record<string, string | number>) => {
      const typed = Object.entries(form ?? {}).map(([k, v]): [string, string] => [k, `${v}`]);
      const body = form && new URLSearchParams(typed);
      const answer = await lab.visit(path, {
        method: body ? 'POST' : 'GET',
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
        body: Buffer.from(body?.toString() ?? ''),
      });
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return { ...answer, html: answer.body.toString(), to: String(answer.headers.location ?? '') };
    };
    const follow = async (path: string, form?: Record<string, string | number>) => {
      let answer = await ask(path, form);
      let at = path;
      for (let steps = 0; answer.to !== '' && steps < 6; steps += 1) {
        at = answer.to;
        answer = await ask(at);
      }
      return { ...answer, at };
    };
    return { ask, follow };
  };
  const hidden = (html: string, name: string): string =>
    new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
  const lastOrder = () => [...paypal.orders.values()].at(-1)!;
  const pathOf = (url: string): string => {
    const { pathname, search } = new URL(url);
    return `${pathname}${search}`;
  };
  const aShopper = async (quantity = 1) => {
    const shopper = browser();
    await shopper.ask('/cart/add', { id: variant, quantity });
    const { at, html } = await shopper.follow('/checkout');
    return { ...shopper, base: at.replace('/information', ''), html };
  };
  const pay = (shopper: Awaited<ReturnType<typeof aShopper>>, html: string) =>
    shopper.follow(`${shopper.base}/payment`, {
      payment: account,
      billing: 'same',
      intent: 'pay',
      pay_key: hidden(html, 'pay_key'),
      quote_hash: hidden(html, 'quote_hash'),
    });

  test('who cancels there is back at the payment with all they chose, and nothing is left open', async () => {
    const shopper = await aShopper(2);
    const { base, follow } = shopper;
    await follow(`${base}/information`, {
      ...address,
      version: hidden(shopper.html, 'version'),
      intent: 'continue',
    });
    const { html } = await follow(`${base}/payment`);
    expect((await pay(shopper, html)).html).toContain('https://www.paypal.com/checkoutnow');
    const order = lastOrder();
    const { return_url, cancel_url } = order.payment_source.paypal.experience_context;
    expect(cancel_url).toBe(`${return_url}?left=over`);
    expect((await follow(pathOf(cancel_url))).html).toContain('The payment is being cancelled');
    await lab.api.drain();
    const back = await follow(`${base}/payment`);
    expect(back.status).toBe(200);
    expect(back.html).toContain('The payment was cancelled. No money was taken');
    expect(back.html).toContain('Torstraße 1');
    // Approved after all, in another window: nobody takes it.
    paypal.approve(order.id);
    await follow(pathOf(return_url));
    await lab.api.drain();
    expect(order.purchase_units[0]?.payments).toBeUndefined();
    // And it can be paid as if nothing had been.
    await pay(shopper, (await follow(`${base}/payment`)).html);
    paypal.approve(lastOrder().id);
    expect((await follow(pathOf(return_url))).at).toMatch(/^\/orders\//);
  });

  test('who comes back from the cancel link of an order that is paid by then has an order', async () => {
    const shopper = await aShopper();
    await shopper.follow(`${shopper.base}/information`, {
      ...address,
      version: hidden(shopper.html, 'version'),
      intent: 'continue',
    });
    await pay(shopper, (await shopper.follow(`${shopper.base}/payment`)).html);
    const { id, payment_source } = lastOrder();
    paypal.approve(id);
    const { cancel_url } = payment_source.paypal.experience_context;
    expect((await shopper.follow(pathOf(cancel_url))).at).toMatch(/^\/orders\//);
  });
});
