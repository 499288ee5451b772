import { FakePayPal } from '../../../libs/payments/test/fake-paypal';
import { aTheme, atelier, readThemeFolder } from '../../../libs/themes/test/theme.builder';
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
    const product = await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1900, tracked: true, quantity: 20 }],
    });
    expect([product.status, product.body.errors]).toEqual([201, undefined]);
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
    expect((await shopper.ask('/cart/add', { id: variant, quantity })).to).toBe('/cart');
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

  describe('from the first page of the checkout on', () => {
    const shipping = {
      name: { full_name: 'Ada Lovelace' },
      address: {
        address_line_1: 'Torstraße 1',
        admin_area_2: 'Berlin',
        postal_code: '10119',
        country_code: 'DE',
      },
    };
    const told = { email: 'ada@example.com', shipping };
    /** At PayPal, having agreed to what it was asked. */
    const agreed = async (how: Parameters<FakePayPal['approve']>[1] = told, quantity = 1) => {
      const shopper = await aShopper(quantity);
      expect(shopper.html).toContain('Check out with PayPal');
      const there = await shopper.follow(`${shopper.base}/express`, { account });
      const order = lastOrder();
      expect(there.html).toContain(`https://www.paypal.com/checkoutnow?token=${order.id}`);
      expect(order.payment_source.paypal.experience_context).toMatchObject({
        shipping_preference: 'GET_FROM_FILE',
        user_action: 'CONTINUE',
      });
      paypal.approve(order.id, how);
      const back = () => shopper.follow(`${shopper.base}/express?token=${order.id}`);
      return { shopper, order, back };
    };
    const taken = (order: ReturnType<typeof lastOrder>) =>
      order.purchase_units[0]?.payments?.authorizations ?? [];

    test('the address comes from there, the sum is seen here, and one payment takes it', async () => {
      const { shopper, order, back } = await agreed();
      const review = await back();
      expect(review.at).toBe(`${shopper.base}/payment`);
      for (const text of ['Torstraße 1', 'ada@example.com', 'PayPal sent us your details'])
        expect(review.html).toContain(text);
      expect(taken(order)).toEqual([]);
      const orders = paypal.orders.size;
      expect((await pay(shopper, review.html)).at).toMatch(/^\/orders\//);
      expect(paypal.orders.size).toBe(orders);
      expect(taken(order)).toHaveLength(1);
      // With the delivery, which nobody knew when PayPal was asked.
      expect(taken(order)[0]?.amount).toEqual({ currency_code: 'EUR', value: '24.00' });
      await lab.api.drain();
      expect(order.purchase_units[0]?.payments?.captures).toHaveLength(1);
    });

    test('what changes in the cart meanwhile is seen and agreed to before it is paid', async () => {
      const { shopper, order, back } = await agreed();
      const review = await back();
      await shopper.ask('/cart/add', { id: variant, quantity: 2 });
      await shopper.follow('/checkout');
      const refused = await pay(shopper, review.html);
      expect(refused.status).toBe(422);
      expect(refused.html).toContain('62.00');
      expect(taken(order)).toEqual([]);
      await pay(shopper, refused.html);
      expect(taken(order)[0]?.amount.value).toBe('62.00');
    });

    test('who cancels there is back with their cart and is told so', async () => {
      const shopper = await aShopper();
      await shopper.follow(`${shopper.base}/express`, { account });
      const { cancel_url } = lastOrder().payment_source.paypal.experience_context;
      const left = await shopper.follow(pathOf(cancel_url));
      expect(left.html).toContain('The payment was cancelled. No money was taken');
      expect(left.html).toContain('Cup');
      expect(left.html).toContain('Check out with PayPal');
    });

    test('an address where nothing is sent to, and one that is not whole, are told', async () => {
      const abroad = {
        ...shipping,
        address: { ...shipping.address, country_code: 'NZ', postal_code: '6011' },
      };
      const nowhere = await (await agreed({ ...told, shipping: abroad })).back();
      expect(nowhere.at).toMatch(/\/delivery$/);
      expect(nowhere.html).toContain('role="alert"');
      const partly = { ...shipping, address: { ...shipping.address, postal_code: undefined } };
      const { shopper, order, back } = await agreed({ ...told, shipping: partly });
      const asks = await back();
      expect(asks.status).toBe(422);
      expect(asks.html).toContain('value="Torstraße 1"');
      await shopper.follow(`${shopper.base}/information`, {
        ...address,
        version: hidden(asks.html, 'version'),
        intent: 'continue',
      });
      await pay(shopper, (await shopper.follow(`${shopper.base}/payment`)).html);
      expect(taken(order)).toHaveLength(1);
    });

    test('a sold-out item is told before anything is taken, and the rest is bought', async () => {
      const { shopper, order, back } = await agreed(told, 3);
      const review = await back();
      const stock = (quantity: number) =>
        lab.api.db.write(lab.merchant.storeId, (store) =>
          store.execute(
            'UPDATE inventory_levels SET on_hand = $2 + committed + reserved WHERE store_id = $1',
            [lab.merchant.storeId, quantity],
          ),
        );
      await stock(1);
      const short = await pay(shopper, review.html);
      expect(short.html).toContain('1 of 3 left');
      expect(taken(order)).toEqual([]);
      await stock(20);
      expect((await pay(shopper, short.html)).at).toMatch(/^\/orders\//);
      expect(taken(order)).toHaveLength(1);
    });

    test('a card that is declined, and a sum that PayPal does not let us take, lead to PayPal once more', async () => {
      for (const trouble of ['declines', 'patchRefusals'] as const) {
        const { shopper, order, back } = await agreed();
        const review = await back();
        paypal[trouble] = 1;
        const failed = await pay(shopper, review.html);
        expect(failed.html).toContain('Your payment did not go through');
        expect(taken(order)).toEqual([]);
        expect((await pay(shopper, failed.html)).html).toContain(
          'https://www.paypal.com/checkoutnow',
        );
        expect(lastOrder().id).not.toBe(order.id);
      }
    });

    test('an answer that was lost takes nothing twice', async () => {
      const { shopper, order, back } = await agreed();
      const review = await back();
      paypal.lose.push(/authorize$/);
      const waiting = await pay(shopper, review.html);
      expect(waiting.at).not.toMatch(/^\/orders\//);
      expect((await pay(shopper, review.html)).at).toMatch(/^\/orders\//);
      expect(taken(order)).toHaveLength(1);
    });

    test('the cart offers it while it is enabled, to those alone who have something in it', async () => {
      await lab.publish(await readThemeFolder(atelier));
      const shopper = browser();
      const button = /name="goto_pp" value="1">([^<]*)</g;
      const shown = async (path: string) => {
        const { html, headers } = await shopper.ask(path);
        return { said: [...html.matchAll(button)].map(([, said]) => said), headers };
      };
      expect((await shown('/cart')).said).toEqual([]);
      await shopper.ask('/cart/add', { id: variant, quantity: 1 });
      const { said, headers } = await shown('/cart');
      expect(new Set(said)).toEqual(new Set(['Check out with PayPal']));
      expect(headers['cache-control']).toMatch(/no-store|private/);
      // The drawer of any page offers it, too.
      const home = await shown('/');
      expect(home.said).toEqual(['Check out with PayPal']);
      expect(home.headers['cache-control']).toMatch(/no-store|private/);
      const there = await shopper.follow('/cart', { goto_pp: '1' });
      expect(there.html).toContain('https://www.paypal.com/checkoutnow');
      const turn = (enabled: boolean) =>
        lab.call(`PATCH /payment-accounts/${account}`, { enabled });
      expect((await turn(false)).status).toBe(200);
      expect((await shown('/cart')).said).toEqual([]);
      expect((await shown('/')).said).toEqual([]);
      await turn(true);
    });

    test('it begins in the cart, too; a provider that is silent leaves the checkout as it is', async () => {
      const shopper = browser();
      await shopper.ask('/cart/add', { id: variant, quantity: 1 });
      const there = await shopper.follow('/cart', { goto_pp: '1' });
      expect(there.html).toContain(`https://www.paypal.com/checkoutnow?token=${lastOrder().id}`);
      const other = await aShopper();
      paypal.lose.push(/orders$/);
      const silent = await other.follow(`${other.base}/express`, { account });
      expect(silent.html).toContain('PayPal does not answer at the moment');
    });
  });
});
