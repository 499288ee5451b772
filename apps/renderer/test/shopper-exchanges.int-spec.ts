import { newId } from '@libs/kernel';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { type ShopLab, openShopLab } from './shop-lab';

describe('an exchange asked for on the page of an order', () => {
  let lab: ShopLab;
  let page: string;
  let orderId: string;
  let lineId: string;
  let cookie: string;
  const variants: Record<string, string> = {};

  beforeAll(async () => {
    lab = await openShopLab(aTheme({}));
    const size = (name: string, priceMinor: number, quantity: number) => ({
      options: [name],
      priceMinor,
      tracked: true,
      quantity,
    });
    await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      options: [{ name: 'Size' }],
      variants: [size('M', 1900, 20), size('L', 1900, 5), size('XL', 2400, 1), size('XS', 900, 0)],
    });
    await lab.call('POST /products', {
      title: 'Pot',
      handle: 'pot',
      status: 'active',
      variants: [{ priceMinor: 1900 }],
    });
    const account = await lab.call('POST /payment-accounts', {
      provider: 'manual',
      title: 'Bank transfer',
      enabled: true,
      instructions: 'Pay.',
    });
    await lab.api.drain();
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: string; name: string }>(
        `SELECT variant_id AS id, coalesce(option1, 'Pot') AS name FROM variants`,
      ),
    );
    for (const { id, name } of rows) variants[name] = id;
    await buy(account.body.id);
  }, 120_000);
  afterAll(() => lab.close());

  const ask = async (path: string, form?: Record<string, string>) => {
    const answer = await lab.visit(path, {
      method: form ? 'POST' : 'GET',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(form ? new URLSearchParams(form).toString() : ''),
    });
    const html = answer.body.toString().replaceAll(/[\u2068\u2069]/g, '');
    return { ...answer, html, to: String(answer.headers['location'] ?? '') };
  };
  const hidden = (html: string, field: string): string =>
    new RegExp(`name="${field}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
  const cookieOf = (headers: Record<string, string | string[]>): string =>
    [headers['set-cookie'] ?? []]
      .flat()
      .map((line) => line.split(';')[0])
      .join('; ');
  const staff = (route: string, body: object) => {
    const { storeId, token } = lab.merchant;
    const [method, path] = route.split(' ');
    const headers = { 'idempotency-key': newId() };
    return lab.api.call(`${method} /stores/${storeId}${path}`, { token, body, headers });
  };
  const stockOf = (name: string, onHand: number) =>
    lab.api.db.write(lab.merchant.storeId, (store) =>
      store.execute('UPDATE inventory_levels SET on_hand = $2 WHERE item_id = $1', [
        variants[name],
        onHand,
      ]),
    );

  const buy = async (payment: string) => {
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>(`SELECT public_id AS id FROM variants WHERE option1 = 'M'`),
    );
    cookie = '';
    const added = await ask('/cart/add', { id: String(rows[0]?.id), quantity: '3' });
    cookie = cookieOf(added.headers);
    const started = await ask('/checkout');
    cookie = `${cookie}; ${cookieOf(started.headers)}`;
    await ask(`${started.to}/information`, {
      email: 'ada@example.com',
      shipping_country: 'DE',
      shipping_name: 'Ada Lovelace',
      shipping_address1: 'Torstraße 1',
      shipping_zip: '10119',
      shipping_city: 'Berlin',
      intent: 'continue',
    });
    const { html } = await ask(`${started.to}/payment`);
    const fields = { pay_key: hidden(html, 'pay_key'), quote_hash: hidden(html, 'quote_hash') };
    page = (await ask(`${started.to}/payment`, { payment, intent: 'pay', ...fields })).to;
    orderId = (await lab.call('GET /orders')).body.items[0].id;
    await staff(`POST /orders/${orderId}/mark-paid`, {});
    await staff(`POST /orders/${orderId}/parcels`, {});
    lineId = (await order()).lines[0].id;
  };
  const order = async () => (await lab.call(`GET /orders/${orderId}`)).body;
  const wish = async (units: number, instead: string, more: Record<string, string> = {}) => ({
    key: hidden((await ask(`${page}/return`)).html, 'key'),
    [`units[${lineId}]`]: String(units),
    [`instead[${lineId}]`]: instead,
    reason: 'small',
    note: '',
    ...more,
  });

  it('offers the variants of the product, with what each costs more and whether it is there', async () => {
    const { html } = await ask(`${page}/return`);
    expect(html).toContain(`<label for="instead-${lineId}"`);
    const options = [...html.matchAll(/<option\s+value="([0-9a-f-]{36})"([^>]*)>([^<]*)</g)];
    expect(options.map(([, id, state, text]) => [id, state?.trim(), text?.trim()])).toEqual([
      [variants['M'], '', 'Exchange for M'],
      [variants['L'], '', 'Exchange for L'],
      [variants['XL'], '', 'Exchange for XL · €5.00 more each · only 1 left'],
      [variants['XS'], 'disabled', 'Exchange for XS · €10.00 less each · sold out'],
    ]);
  });

  it('is refused at its line where it cannot be had', async () => {
    const refusal = async (units: number, instead: string) => {
      const { status, html } = await ask(`${page}/return`, await wish(units, instead));
      expect(html).toContain(`<a href="#instead-${lineId}">`);
      return [status, /id="fault-[^"]*">([^<]*)</.exec(html)?.[1]];
    };
    const gone = 'cannot be exchanged for that. Please choose again.';
    expect(await refusal(1, variants['Pot'] ?? '')).toEqual([422, `“Cup” ${gone}`]);
    expect(await refusal(1, newId())).toEqual([422, `“Cup” ${gone}`]);
    expect(await refusal(1, 'XL')).toEqual([422, `“Cup, M” ${gone}`]);
    expect(await refusal(0, variants['L'] ?? '')).toEqual([
      422,
      'Choose how many of “Cup, M” you want to exchange.',
    ]);
    expect(await refusal(2, variants['XL'] ?? '')).toEqual([
      422,
      'Only 1 left of “Cup, XL”. Please choose again.',
    ]);
    expect(await refusal(1, variants['XS'] ?? '')).toEqual([
      422,
      '“Cup, XS” has sold out in the meantime. Please choose again.',
    ]);
    expect((await order()).returns).toEqual([]);
  });

  it('goes from the wish over what it costs to the replacement in a parcel', async () => {
    const form = await wish(1, variants['XL'] ?? '');
    const review = await ask(`${page}/return`, form);
    expect(review.status).toBe(200);
    expect(review.html).toContain('1 × <bdi>Cup, XL</bdi>');
    expect(review.html.replaceAll(/\s+/g, ' ')).toContain('<dt>You pay</dt> <dd>€5.00</dd>');
    expect((await order()).returns).toEqual([]);
    const change = await ask(`${page}/return`, { ...form, intent: 'change' });
    expect(change.html).toMatch(new RegExp(`value="${variants['XL']}"\\s+selected`));
    const stale = await ask(`${page}/return`, { ...form, intent: 'confirm', seen: '100' });
    expect([stale.status, stale.html.includes('The amounts have changed')]).toEqual([422, true]);
    const sent = { ...form, intent: 'confirm', seen: hidden(review.html, 'seen') };
    for (const _ of [1, 2]) expect((await ask(`${page}/return`, sent)).to).toBe(page);
    const { returns } = await order();
    expect(returns).toMatchObject([
      {
        state: 'requested',
        requestedBy: 'customer',
        lines: [
          {
            quantity: 1,
            replacement: { variantId: variants['XL'], price: 'listed', unitMinor: 2400 },
          },
        ],
      },
    ]);
    expect((await ask(page)).html).toContain('Replacement: 1 × Cup, XL');

    const path = `/orders/${orderId}/returns/${returns[0].id}`;
    await stockOf('XL', 0);
    const short = await lab.call(`GET ${path}/exchange`);
    expect(short.body).toMatchObject({ differenceMinor: 500, inStock: false });
    const refused = await lab.call(`PATCH ${path}`, { state: 'approved' });
    expect([refused.status, refused.body.code]).toEqual([409, 'orders.out-of-stock']);
    await stockOf('XL', 1);
    await lab.call(`PATCH ${path}`, { state: 'approved' });
    const held = await lab.call(`GET ${path}/exchange`);
    expect(held.body).toMatchObject({
      inStock: true,
      creditMinor: 1900,
      addedMinor: 2400,
      differenceMinor: 500,
      owedMinor: 500,
      refundMinor: 0,
      lines: [{ quantity: 1, available: 0, inStock: true }],
    });
    await staff(`POST ${path}/receive`, {});
    const done = await staff(`POST ${path}/exchange`, {});
    expect(done.body).toMatchObject({ owedMinor: 500, paymentLink: { amountMinor: 500 } });
    await staff(`POST /orders/${orderId}/parcels`, {});
    expect(await order()).toMatchObject({
      fulfilmentStatus: 'fulfilled',
      returns: [{ state: 'exchanged' }],
      parcels: [{}, { lines: [{ quantity: 1 }] }],
    });
    expect((await ask(page)).html).toContain('Exchanged: we are sending the replacement');
  });

  it('is told to staff before anybody asks, whatever they would send', async () => {
    const told = await lab.call(`POST /orders/${orderId}/exchange-previews`, {
      lines: [
        { lineId, quantity: 2, replacement: { variantId: variants['Pot'], unitMinor: 1000 } },
      ],
    });
    expect(told.body).toMatchObject({
      creditMinor: 3800,
      addedMinor: 2000,
      differenceMinor: -1800,
      lines: [{ replacement: { title: 'Pot', price: 'agreed', unitMinor: 1000 }, inStock: true }],
    });
    expect((await order()).returns).toHaveLength(1);
    const wrong = await lab.call(`POST /orders/${orderId}/exchange-previews`, {
      lines: [{ lineId, quantity: 3 }],
    });
    expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([409, 'lines.0.quantity']);
  });
});
