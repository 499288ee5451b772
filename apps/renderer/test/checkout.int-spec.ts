import { StoredValue } from '@libs/payments';
import { Metrics } from '@platform/telemetry';
import { OrderEdits } from '../../../libs/checkout/src/edits/order-edits.service';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const address = {
  email: 'ada@example.com',
  shipping_country: 'DE',
  shipping_name: 'Ada <b>Lovelace</b>',
  shipping_address1: 'Torstraße 1',
  shipping_zip: '10119',
  shipping_city: 'Berlin',
};

describe('the checkout', () => {
  let lab: ShopLab;
  let manual: string;
  let variant: number;

  beforeAll(async () => {
    lab = await openShopLab(aTheme({}));
    const product = await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1900, tracked: true, quantity: 20 }],
    });
    expect([product.status, product.body.code]).toEqual([201, undefined]);
    const account = await lab.call('POST /payment-accounts', {
      provider: 'manual',
      title: 'Bank transfer',
      enabled: true,
      instructions: 'Pay to DE02 1203 0000 0000 2020 51.',
    });
    expect(account.status).toBe(201);
    manual = account.body.id;
    await lab.api.drain();
    await lab.call('PATCH ', { otherLocales: ['de', 'ar', 'zh-CN'] });
    lab.renderer.get(Stamps).forget();
    const cart = await lab.visit('/products/cup');
    expect(cart.status).toBe(200);
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    variant = rows[0]?.id ?? 0;
  }, 120_000);
  afterAll(() => lab.close());

  /** A browser: keeps cookies, sends forms, follows nothing by itself. */
  const browser = () => {
    const cookies = new Map<string, string>();
    const ask = async (
      path: string,
      more: { method?: string; form?: object; headers?: object } = {},
    ) => {
      const form = more.form && new URLSearchParams({ ...more.form }).toString();
      const answer = await lab.visit(path, {
        method: more.method ?? (form === undefined ? 'GET' : 'POST'),
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...more.headers,
        },
        body: Buffer.from(form ?? ''),
      });
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return { ...answer, html: answer.body.toString(), to: String(answer.headers.location ?? '') };
    };
    const hidden = (html: string, name: string): string =>
      new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
    return { ask, hidden, cookies };
  };

  /** A browser with cups in its cart, at the first page of the checkout. */
  const atCheckout = async (prefix = '', quantity = 1) => {
    const shopper = browser();
    await shopper.ask(`${prefix}/cart/add`, { form: { id: variant, quantity } });
    const { to } = await shopper.ask(`${prefix}/checkout`);
    expect(to).toMatch(new RegExp(`^${prefix}/checkouts/[\\w-]{32}$`));
    return { ...shopper, base: to };
  };

  /** A new gift card's code. */
  const issue = async (amountMinor: number, currency = 'EUR'): Promise<string> => {
    const { status, body } = await lab.api.call(`POST /stores/${lab.merchant.storeId}/gift-cards`, {
      token: lab.merchant.token,
      body: { amountMinor, currency },
      headers: { 'idempotency-key': `${amountMinor} ${currency}`.replace(' ', '-') },
    });
    expect(status).toBe(201);
    return body.code;
  };

  const variantKey = async (): Promise<string> => {
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: string }>('SELECT variant_id AS id FROM variants WHERE public_id = $1', [
        variant,
      ]),
    );
    return rows[0]?.id ?? '';
  };

  it('leads a guest from the cart to a placed order without any script', async () => {
    const { ask, hidden, base } = await atCheckout('', 2);
    expect((await ask(base)).to).toBe(`${base}/information`);
    const first = await ask(`${base}/information`);
    expect(first.status).toBe(200);
    const sent = await ask(`${base}/information`, {
      form: { ...address, version: hidden(first.html, 'version'), intent: 'continue' },
    });
    expect([sent.status, sent.to]).toEqual([303, `${base}/delivery`]);
    const second = await ask(`${base}/delivery`);
    expect(second.html).toContain('Ada &lt;b&gt;Lovelace&lt;/b&gt;');
    const rate = hidden(second.html, 'delivery');
    const chosen = await ask(`${base}/delivery`, {
      form: { delivery: rate, version: hidden(second.html, 'version') },
    });
    expect(chosen.to).toBe(`${base}/payment`);
    const third = await ask(`${base}/payment`);
    expect(third.html).toContain('Bank transfer');
    const form = {
      payment: manual,
      billing: 'same',
      intent: 'pay',
      pay_key: hidden(third.html, 'pay_key'),
      quote_hash: hidden(third.html, 'quote_hash'),
    };
    const paid = await ask(`${base}/payment`, { form });
    expect([paid.status, paid.to]).toEqual([303, base.replace('/checkouts/', '/orders/')]);
    const again = await ask(`${base}/payment`, { form });
    expect(again.to).toBe(paid.to);
    const order = await ask(paid.to);
    expect(order.status).toBe(200);
    for (const part of ['#1001', 'Payment pending', 'DE02 1203', 'ada@example.com', '10119 Berlin'])
      expect(order.html).toContain(part);
    expect((await ask('/cart.js')).html).toContain('"item_count":0');
    expect((await ask(`${base}/information`)).to).toBe(paid.to);
  });

  it('shows names and addresses to the browser that ordered, or to who knows the number', async () => {
    const { ask, hidden, base } = await atCheckout();
    await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    const page = await ask(`${base}/payment`);
    const form = {
      payment: manual,
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    };
    const { to } = await ask(`${base}/payment`, { form });
    const name = /#\d+/.exec((await ask(to)).html)?.[0] ?? '';
    const stranger = browser();
    const seen = await stranger.ask(to);
    expect(seen.html).toContain('Cup');
    expect(seen.html).not.toMatch(/ada@example\.com|Torstra/);
    const wrong = await stranger.ask(to, { form: { email: 'eve@example.com', number: name } });
    expect([wrong.status, wrong.html.includes('Torstra')]).toEqual([422, false]);
    for (const typed of ['eve@example.com', name]) expect(wrong.html).toContain(`value="${typed}"`);
    const right = await stranger.ask(to, { form: { email: 'ADA@example.com', number: name } });
    expect([right.status, right.html.includes('Torstraße 1')]).toEqual([200, true]);
  });

  it('shows names and addresses to the browser that paid a link, and to no other', async () => {
    const { body: draft } = await lab.call('POST /draft-orders', {
      email: address.email,
      shippingAddress: {
        country: 'DE',
        name: 'Ada Lovelace',
        address1: 'Torstraße 1',
        zip: '10119',
        city: 'Berlin',
      },
      lines: [{ variantId: await variantKey(), quantity: 1 }],
      shipping: { priceMinor: 490 },
    });
    const path = new URL(draft.paymentUrl).pathname;
    const payer = browser();
    const page = await payer.ask(`${path}/payment`);
    const form = {
      payment: manual,
      pay_key: payer.hidden(page.html, 'pay_key'),
      quote_hash: payer.hidden(page.html, 'quote_hash'),
    };
    const { to } = await payer.ask(`${path}/payment`, { form });
    expect(to).toMatch(/^\/orders\//);
    expect((await payer.ask(to)).html).toContain('Torstraße 1');
    const looker = browser();
    await looker.ask(`${path}/payment`, { form });
    expect((await looker.ask(to)).html).not.toMatch(/ada@example\.com|Torstra/);
  });

  it('keeps what was typed, names the fields at fault, and shows another country’s fields', async () => {
    const { ask, base } = await atCheckout();
    const wrong = await ask(`${base}/information`, {
      form: { ...address, email: 'ada', shipping_zip: '1', shipping_city: '', intent: 'continue' },
    });
    expect(wrong.status).toBe(422);
    for (const part of [
      'href="#email"',
      'href="#shipping_zip"',
      'This postal code does not exist in Germany.',
      'Please fill in: City.',
      'value="Torstraße 1"',
      'aria-invalid="true"',
    ])
      expect(wrong.html).toContain(part);
    // As they follow each other on the page.
    expect([...wrong.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, id]) => id)).toEqual([
      'email',
      'shipping_zip',
      'shipping_city',
    ]);
    const other = await ask(`${base}/information`, {
      form: { ...address, shipping_country: 'US', intent: 'country' },
    });
    expect(other.status).toBe(200);
    for (const part of ['ZIP code', '>State<', 'New York', 'value="Torstraße 1"'])
      expect(other.html.replaceAll(/>\s+|\s+</g, (text) => text.trim())).toContain(part);
  });

  it('keeps what was typed and chosen while codes are entered, and stays on the page', async () => {
    const { ask, base } = await atCheckout();
    const typed = { ...address, step: 'information', shipping_city: 'Bad Wörishofen' };
    for (const path of [`${base}/codes`, `${base}/information`]) {
      const told = await ask(path, { form: { ...typed, code: 'none', intent: 'continue' } });
      expect(told.status).toBe(422);
      for (const part of ['<h1>Information', 'value="Bad Wörishofen"', 'value="ada@example.com"'])
        expect(told.html).toContain(part);
      expect(told.html).toMatch(/class="fault" id="code-fault" role="alert">[^<]*NONE/);
      expect(told.html).toMatch(/<details class="summary"\s+open>/);
    }
    // Everything that is sent along belongs to the one form of the page, and Enter sends it onward.
    const { html } = await ask(`${base}/information`);
    expect(html.match(/<form /g)).toHaveLength(1);
    expect(html).toMatch(/<form\s+id="step"[^>]*>\s*<input\s+class="enter"[^>]*value="continue"/);
    await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    const stays = await ask(`${base}/codes`, { form: { code: 'none', step: 'delivery' } });
    expect([stays.status, stays.html.includes('<h1>Delivery')]).toEqual([422, true]);
    const elsewhere = { step: 'payment', billing: 'other', billing_city: 'Ulm', payment: manual };
    const code = await issue(300);
    // The way on with a code that was not applied yet: it is applied first, and nothing is paid.
    const applied = await ask(`${base}/payment`, {
      form: { ...elsewhere, code, intent: 'pay', pay_key: 'k'.repeat(32) },
    });
    expect(applied.html).not.toContain('id="code-fault"');
    expect([applied.status, applied.html.includes('−€3.00')]).toEqual([200, true]);
    expect(applied.html).toContain('value="Ulm"');
    expect((await ask(`${base}/payment`)).status).toBe(200);
  });

  it('is kept by nobody, and loads nothing but its own', async () => {
    const { ask, base } = await atCheckout();
    const { headers, html } = await ask(`${base}/information`);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const policy = String(headers['content-security-policy']);
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'; base-uri 'none'; report-uri/,
    );
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain(`<script nonce="${nonce}">`);
    expect(html).not.toMatch(/\son\w+=|style="|src="https?:/);
    const next = await ask(`${base}/information`);
    expect(next.headers['content-security-policy']).not.toBe(policy);
  });

  it('is told of by browsers that were asked to load something else', async () => {
    const { ask, base } = await atCheckout();
    const { headers } = await ask(`${base}/information`);
    const address = '/checkouts/policy-reports';
    expect(headers['reporting-endpoints']).toBe(`checkout="${address}"`);
    expect(headers['content-security-policy']).toMatch(
      new RegExp(`; report-uri ${address}; report-to checkout$`),
    );
    const report = {
      'document-uri': `https://shop.test${base}/payment`,
      'effective-directive': 'script-src-elem',
      'blocked-uri': 'https://evil.test/skim.js',
    };
    const send = (body: string) =>
      lab.visit(address, {
        method: 'POST',
        headers: { 'content-type': 'application/csp-report' },
        body: Buffer.from(body),
      });
    expect((await send(JSON.stringify({ 'csp-report': report }))).status).toBe(204);
    expect((await send('{')).status).toBe(400);
    expect((await lab.visit(address)).status).toBe(405);
    expect(await lab.renderer.get(Metrics).text()).toContain(
      'checkout_policy_violations_total{directive="script-src-elem"} 1',
    );
  });

  it('speaks the language of the address', async () => {
    for (const [prefix, dir, word] of [
      ['/de', 'ltr', 'Lieferadresse'],
      ['/ar', 'rtl', 'عنوان التوصيل'],
      ['/zh-CN', 'ltr', '收货地址'],
    ] as const) {
      const { ask, base } = await atCheckout(prefix);
      const { html } = await ask(`${base}/information`);
      expect(html).toContain(`dir="${dir}"`);
      expect(html).toContain(word);
      const sent = await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
      expect(sent.to).toBe(`${base}/delivery`);
    }
  });

  it('tells of a code that nobody gave out, and of another price before it is paid', async () => {
    const { ask, hidden, base } = await atCheckout();
    const told = await ask(`${base}/codes`, { form: { code: 'none' } });
    const sentence = 'no discount or gift card with the code NONE';
    // Once, at its field, which has the keyboard.
    expect([told.status, told.html.split(sentence).length - 1]).toEqual([422, 1]);
    expect(told.html).toMatch(/aria-describedby="code-fault"\s+autofocus/);
    await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    const page = await ask(`${base}/payment`);
    const products = await lab.call('GET /products');
    const id = products.body.items[0].id;
    const read = await lab.call(`GET /products/${id}`);
    const [first] = read.body.variants;
    await lab.call(`PATCH /products/${id}/variants/${first.id}`, { priceMinor: 2100 });
    const form = {
      payment: manual,
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    };
    const refused = await ask(`${base}/payment`, { form });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('The price has changed');
    expect(refused.html).toMatch(/Cup: €[\d.]+ is now €21\.00\./);
    expect(refused.html).toMatch(/The total was €[\d.]+ and is now €[\d.]+\./);
    const next = {
      ...form,
      pay_key: hidden(refused.html, 'pay_key'),
      quote_hash: hidden(refused.html, 'quote_hash'),
    };
    expect((await ask(`${base}/payment`, { form: next })).to).toContain('/orders/');
  });

  it('says what a way to pay costs before it is paid, with what the total was', async () => {
    const cash = await lab.call('POST /payment-accounts', {
      provider: 'cash_on_delivery',
      title: 'Cash on delivery',
      enabled: true,
      feeMinor: 390,
    });
    const { ask, hidden, base } = await atCheckout();
    await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    const page = await ask(`${base}/payment`);
    const form = {
      payment: cash.body.id,
      billing: 'same',
      intent: 'pay',
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    };
    const total = Number(/Order and pay €([\d.]+)/.exec(page.html)?.[1]);
    const told = await ask(`${base}/payment`, { form });
    const more = (total + 3.9).toFixed(2);
    expect(told.html).toContain(`The total was €${total.toFixed(2)} and is now €${more}.`);
    expect(told.html).toContain(`Order and pay €${more}`);
    expect(told.html).not.toContain('The price has changed');
    // Whose page is older than that is not told of a change from a sum to the same one.
    const stale = await ask(`${base}/payment`, { form });
    expect(stale.html).toContain('The price has changed');
    expect(stale.html).not.toContain('The total was');
    // With scripts the sum is shown as soon as the way is chosen, from where the keyboard goes on.
    const other = { payment: manual, intent: 'method', billing: 'other', billing_city: 'Ulm' };
    const chosen = await ask(`${base}/payment`, { form: other });
    expect(chosen.status).toBe(200);
    for (const part of [`Order and pay €${total.toFixed(2)}`, 'value="Ulm"', 'autofocus'])
      expect(chosen.html).toContain(part);
    expect(chosen.html).toContain(`data-posted="${base}/payment"`);
    expect(page.html).not.toContain('data-posted="');
    await lab.call(`PATCH /payment-accounts/${cash.body.id}`, { enabled: false });
  });

  it('shows an order as it is after an edit, with the link by which the rest is paid', async () => {
    const { ask, hidden, base } = await atCheckout();
    await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    const page = await ask(`${base}/payment`);
    const form = {
      payment: manual,
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    };
    const { to } = await ask(`${base}/payment`, { form });
    const [{ id }] = (await lab.call('GET /orders')).body.items;
    const [line] = (await lab.call(`GET /orders/${id}`)).body.lines;
    const wish = {
      lines: [{ lineId: line.id, quantity: 0 }],
      add: [{ title: 'Engraved <i>bowl</i>', unitMinor: 4400, quantity: 2 }],
    };
    const terms = { key: 'edit', reason: null, notify: false };
    await lab.api.db.write(lab.merchant.storeId, (store) =>
      lab.renderer.get(OrderEdits).commit(store, id, { wish, terms }),
    );
    const unasked = await ask(to);
    expect(unasked.html).toMatch(/Please ask [^<]+ how you can pay it\./);
    const link = await lab.call(`POST /orders/${id}/payment-links`, {});
    const path = new URL(link.body.paymentUrl).pathname;
    const shown = await ask(to);
    expect(shown.html).toContain('Engraved &lt;i&gt;bowl&lt;/i&gt;');
    expect(shown.html).toContain('€88.00');
    expect(shown.html).not.toContain('<bdi>Cup</bdi>');
    expect(shown.html).toContain(`href="${path}">Pay now</a>`);
    const stranger = await lab.visit(to);
    expect(stranger.body).not.toContain(path);
    const rest = await ask(`${path}/payment`);
    expect(rest.html).toMatch(/>\s*Pay €[\d.]+<\/button>/);
    for (const words of ['Order and pay', 'By ordering you agree', '<li><a href="/cart">'])
      expect(rest.html).not.toContain(words);
    // A newer link ends this one, which was in no cart.
    await lab.call(`POST /orders/${id}/payment-links`, {});
    const ended = await ask(path);
    expect(ended.status).toBe(410);
    expect(ended.html).toContain('This payment link no longer works');
    expect(ended.html).not.toContain('still there');
  });

  it('takes gift cards by their codes, masked, and places what they cover without a way to pay', async () => {
    const [small, large, foreign] = [
      await issue(500),
      await issue(100_000),
      await issue(500, 'USD'),
    ];
    const { ask, hidden, base } = await atCheckout();
    await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    const refused = await ask(`${base}/codes`, { form: { code: foreign, step: 'payment' } });
    expect([refused.status, refused.html.includes('is in USD')]).toEqual([422, true]);
    // As it is typed from a printed card.
    const typed = small.toLowerCase().replaceAll('-', ' ');
    expect((await ask(`${base}/codes`, { form: { code: typed } })).status).toBe(303);
    const partly = await ask(`${base}/payment`);
    expect(partly.html).toContain(`•••• ${small.slice(-4)}`);
    expect(partly.html).not.toContain(small);
    expect(partly.html).toContain('Bank transfer');
    const id = hidden(partly.html, 'remove_card');
    await ask(`${base}/codes`, { form: { remove_card: id } });
    expect((await ask(`${base}/payment`)).html).not.toContain('••••');
    await ask(`${base}/codes`, { form: { code: large } });
    const page = await ask(`${base}/payment`);
    expect(page.html).toContain('No payment is needed.');
    const form = {
      billing: 'same',
      intent: 'pay',
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    };
    const { to } = await ask(`${base}/payment`, { form });
    expect(to).toContain('/orders/');
    const order = await ask(to);
    expect(order.html).toContain(`•••• ${large.slice(-4)}`);
    expect(order.html).toContain('Paid');
  });

  it('shows and takes the credit of whoever is signed in, and not of who has the link alone', async () => {
    const { ask, hidden } = browser();
    await ask('/account/register', {
      form: {
        'customer[email]': 'grace@example.com',
        'customer[password]': 'analytical engine',
        'customer[first_name]': 'Grace',
      },
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    await lab.api.db.write(lab.merchant.storeId, async (store) => {
      const [row] = await store.query<{ id: string }>(
        "SELECT customer_id AS id FROM customers WHERE email = 'grace@example.com'",
      );
      await lab.renderer.get(StoredValue).grantCredit(store, {
        customerId: row?.id ?? '',
        money: { amountMinor: 700, currency: 'EUR' },
        ref: 'sorry',
      });
    });
    await ask('/cart/add', { form: { id: variant, quantity: 1 } });
    const { to: base } = await ask('/checkout');
    const billed = { ...address, email: 'grace@example.com', intent: 'continue' };
    await ask(`${base}/information`, { form: billed });
    expect((await ask(`${base}/payment`)).html).toContain('You have €7.00 of store credit.');
    await ask(`${base}/codes`, { form: { credit: '1' } });
    const page = await ask(`${base}/payment`);
    expect(page.html).toContain('−€7.00');
    const form = {
      payment: manual,
      billing: 'same',
      intent: 'pay',
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    };
    const stranger = browser();
    expect((await stranger.ask(`${base}/payment`)).html).not.toContain('You have');
    const refused = await stranger.ask(`${base}/payment`, { form });
    expect([refused.status, refused.html.includes('sign in again')]).toEqual([422, true]);
    await stranger.ask(`${base}/codes`, { form: { credit: '1' } });
    expect((await stranger.ask(`${base}/payment`)).html).not.toContain('−€7.00');
    await ask(`${base}/codes`, { form: { credit: '1' } });
    const again = await ask(`${base}/payment`);
    const fresh = {
      ...form,
      pay_key: hidden(again.html, 'pay_key'),
      quote_hash: hidden(again.html, 'quote_hash'),
    };
    expect((await ask(`${base}/payment`, { form: fresh })).to).toContain('/orders/');
  });

  it('fills a cart by a share link, and the order knows where it came from', async () => {
    const { ask, hidden } = browser();
    const path = `/cart/${variant}:2?ref=newsletter&note=Hello&attributes[Gift]=yes`;
    expect((await ask(path, { headers: { 'sec-purpose': 'prefetch' } })).to).toBe('/cart');
    expect((await ask('/cart.js')).html).toContain('"item_count":0');
    const missing = await ask('/cart/1:1');
    expect(missing.status).toBe(404);
    expect((await ask(`${path}&storefront=true`)).to).toBe('/cart');
    expect((await ask(path)).to).toBe('/checkout');
    expect((await ask('/cart.js')).html).toContain('"note":"Hello","attributes":{"Gift":"yes"}');
    const { to: base } = await ask('/checkout');
    await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    const page = await ask(`${base}/payment`);
    const form = {
      payment: manual,
      pay_key: hidden(page.html, 'pay_key'),
      quote_hash: hidden(page.html, 'quote_hash'),
    };
    expect((await ask(`${base}/payment`, { form })).to).toContain('/orders/');
    const orders = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query('SELECT source, note FROM orders ORDER BY placed_at DESC LIMIT 1'),
    );
    expect(orders).toEqual([{ source: 'newsletter', note: 'Hello' }]);
  });

  it('brings a guest’s cart to the customer who signs in, in every browser, until they sign out', async () => {
    const first = browser();
    const own = { headers: { 'sec-fetch-site': 'same-origin' } };
    const who = { 'customer[email]': 'mary@example.com', 'customer[password]': 'vindication 1792' };
    await first.ask('/cart/add', { form: { id: variant, quantity: 1 } });
    await first.ask('/account/register', {
      form: { ...who, 'customer[first_name]': 'Mary' },
      ...own,
    });
    expect((await first.ask('/cart.js')).html).toContain('"item_count":1');
    const second = browser();
    await second.ask('/cart/add', { form: { id: variant, quantity: 2 } });
    await second.ask('/account/login', { form: who, ...own });
    expect((await second.ask('/cart.js')).html).toContain('"item_count":3');
    expect((await first.ask('/cart.js')).html).toContain('"item_count":3');
    await second.ask('/account/logout', own);
    expect((await second.ask('/cart.js')).html).toContain('"item_count":0');
    expect((await first.ask('/cart.js')).html).toContain('"item_count":3');
  });

  it('names what was withdrawn meanwhile, and goes on without it', async () => {
    const product = await lab.call('POST /products', {
      title: 'Old plate',
      handle: 'old-plate',
      status: 'active',
      variants: [{ priceMinor: 900 }],
    });
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>(
        `SELECT v.public_id AS id FROM variants v JOIN products p USING (store_id, product_id)
         WHERE p.handle = 'old-plate'`,
      ),
    );
    const { ask, base } = await atCheckout();
    await ask('/cart/add', { form: { id: rows[0]?.id ?? 0, quantity: 1 } });
    await ask('/checkout');
    await lab.call(`PATCH /products/${product.body.id}`, { status: 'draft' });
    const told = await ask(`${base}/information`, { form: { ...address, intent: 'continue' } });
    expect(told.status).toBe(409);
    expect(told.html).toContain('Old plate is no longer sold.');
    expect(told.html).not.toContain('Cup is not sold');
    const again = (await ask('/checkout')).to;
    const sent = await ask(`${again}/information`, { form: { ...address, intent: 'continue' } });
    expect(sent.to).toBe(`${again}/delivery`);
    expect((await ask(sent.to)).html).not.toContain('Old plate');
  });

  it('takes forms of its own pages alone, and begins nothing for a browser that looks ahead', async () => {
    const { ask, base } = await atCheckout();
    const foreign = await ask(`${base}/information`, {
      form: address,
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
    expect((await ask('/checkout', { headers: { 'sec-purpose': 'prefetch' } })).status).toBe(503);
    expect((await browser().ask('/checkout')).to).toBe('/cart');
    expect((await ask(`/checkouts/${'x'.repeat(32)}`)).status).toBe(404);
    expect((await ask(`/orders/${'x'.repeat(32)}`)).status).toBe(404);
    expect((await ask(base, { method: 'PUT' })).status).toBe(405);
  });
});
