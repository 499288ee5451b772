import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { type ShopLab, openShopLab } from './shop-lab';

describe('a return asked for on the page of an order', () => {
  let lab: ShopLab;
  let page: string;
  let orderId: string;
  let cookie: string;
  let name: string;

  beforeAll(async () => {
    lab = await openShopLab(
      aTheme({
        'sections/order.hbs': `<a id="back" href="{{@order.return_url}}">Back</a>{{#each @order.documents as |paper|}}
<a class="paper" href="{{paper.url}}">{{paper.kind}} {{paper.name}}</a>{{/each}}{{#schema}}{"name":"Order","settings":[]}{{/schema}}`,
        'templates/customers/order.json': JSON.stringify({
          sections: { main: { type: 'order' } },
          order: ['main'],
        }),
      }),
    );
    await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1900, tracked: true, quantity: 20 }],
    });
    const account = await lab.call('POST /payment-accounts', {
      provider: 'manual',
      title: 'Bank transfer',
      enabled: true,
      instructions: 'Pay.',
    });
    await lab.api.drain();
    await buy(account.body.id);
  }, 120_000);
  afterAll(() => lab.close());

  const ask = async (path: string, form?: Record<string, string>, cookies = cookie) => {
    const answer = await lab.visit(path, {
      method: form ? 'POST' : 'GET',
      headers: { cookie: cookies, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(form ? new URLSearchParams(form).toString() : ''),
    });
    const to = String(answer.headers['location'] ?? '');
    return { ...answer, html: answer.body.toString(), to };
  };
  const hidden = (html: string, field: string): string =>
    new RegExp(`name="${field}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
  const cookieOf = (headers: Record<string, string | string[]>): string =>
    [headers['set-cookie'] ?? []]
      .flat()
      .map((line) => line.split(';')[0])
      .join('; ');

  const buy = async (payment: string) => {
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    const added = await ask('/cart/add', { id: String(rows[0]?.id), quantity: '2' }, '');
    const cart = cookieOf(added.headers);
    const started = await ask('/checkout', undefined, cart);
    cookie = `${cart}; ${cookieOf(started.headers)}`;
    const base = started.to;
    await ask(`${base}/information`, {
      email: 'ada@example.com',
      shipping_country: 'DE',
      shipping_name: 'Ada Lovelace',
      shipping_address1: 'Torstraße 1',
      shipping_zip: '10119',
      shipping_city: 'Berlin',
      intent: 'continue',
    });
    const { html } = await ask(`${base}/payment`);
    const fields = { pay_key: hidden(html, 'pay_key'), quote_hash: hidden(html, 'quote_hash') };
    page = (await ask(`${base}/payment`, { payment, intent: 'pay', ...fields })).to;
    name = /#\d+/.exec((await ask(page)).html)?.[0] ?? '';
    orderId = (await lab.call('GET /orders')).body.items[0].id;
  };

  /** Signs somebody in whose order it is. */
  const customerOf = async (id: string): Promise<string> => {
    const fields = {
      'customer[email]': 'nora@example.com',
      'customer[password]': 'analytical engine',
    };
    const answer = await ask('/account/register', fields, '');
    await lab.api.db.write(lab.merchant.storeId, async (store) => {
      for (const table of ['orders', 'checkouts'])
        await store.execute(
          `UPDATE ${table} SET customer_id = (SELECT customer_id FROM customers WHERE email = 'nora@example.com')
           WHERE order_id = $1`,
          [id],
        );
    });
    return cookieOf(answer.headers);
  };

  it('is offered once something was sent, to whoever is known', async () => {
    expect((await ask(page)).html).not.toContain('Return or exchange goods');
    expect((await ask(`${page}/return`)).html).toContain('Nothing in this order can be sent back');
    await lab.api.db.write(lab.merchant.storeId, (store) =>
      lab.api.app.get(Orders, { strict: false }).fulfil(store, orderId, { key: newId() }),
    );
    const { html } = await ask(page);
    expect(html).toContain(`href="${page}/return"`);
    expect(html).toContain(`href="/withdraw?order=${page.split('/').at(-1)}"`);
    expect((await ask(page, undefined, '')).html).not.toContain('Return or exchange goods');
    expect((await ask(`${page}/return`, undefined, '')).to).toBe(page);
  });

  it('has its invoice beside it, for whoever is known and as long as the store shows it', async () => {
    const settings = {
      issueAt: 'never',
      seller: { name: 'Atelier Nord', address: ['Torstraße 1', 'Berlin'] },
      shownToShoppers: true,
      invoicePrefix: 'INV-',
      creditNotePrefix: 'CN-',
    };
    await lab.call('PUT /document-settings', settings);
    const { body } = await lab.call(`POST /orders/${orderId}/documents`, { kind: 'invoice' });
    const path = `${page}/documents/${body.id}`;
    expect((await ask(page)).html).not.toContain(path);
    await lab.call(`GET /documents/${body.id}/file`);
    expect((await ask(page)).html).toContain(`href="${path}"`);
    expect((await ask(page, undefined, '')).html).not.toContain(path);
    const file = await ask(path);
    expect([file.status, file.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(file.body.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await ask(path, undefined, '')).to).toBe(page);
    expect((await ask(`${page}/documents/${newId()}`)).to).toBe(page);
    const account = await customerOf(orderId);
    const shown = await ask(`/account/orders/${orderId}`, undefined, account);
    const paper = /class="paper" href="([^"]*)">invoice INV-/.exec(shown.html)?.[1] ?? '';
    expect(paper.endsWith(`/documents/${body.id}`)).toBe(true);
    expect((await ask(paper, undefined, account)).headers['content-type']).toBe('application/pdf');
    const back = /id="back" href="([^"]*)"/.exec(shown.html)?.[1] ?? '';
    expect((await ask(back, undefined, account)).html).toContain('Return or exchange goods');
    await lab.call('PUT /document-settings', { ...settings, shownToShoppers: false });
    expect((await ask(`/account/orders/${orderId}`, undefined, account)).html).not.toContain(
      'INV-',
    );
    expect((await ask(page)).html).not.toContain(path);
    expect((await ask(path)).to).toBe(page);
  });

  it('opens to who knows the e-mail address and the number, for a day', async () => {
    const answer = await ask(page, { email: 'ada@example.com', number: name }, '');
    const known = cookieOf(answer.headers);
    expect(known).toMatch(/^known_order=\d+~v1\./);
    expect((await ask(`${page}/return`, undefined, known)).status).toBe(200);
    expect((await ask(`${page}/return`, undefined, `${known}x`)).to).toBe(page);
  });

  it('opens to who follows the link of a mail, for a day from the first time', async () => {
    const orders = lab.api.app.get(Orders, { strict: false });
    const write = <T>(work: Parameters<typeof lab.api.db.write<T>>[1]): Promise<T> =>
      lab.api.db.write(lab.merchant.storeId, work);
    const link = `/orders/${await write((store) => orders.issueStatusToken(store, orderId))}`;
    const later = `/orders/${await write((store) => orders.issueStatusToken(store, orderId))}`;
    const head = await lab.visit(link, { method: 'HEAD', headers: {}, body: Buffer.from('') });
    expect(head.status).toBe(200);
    const age = (hours: number) =>
      write((store) =>
        store.execute(
          `UPDATE order_status_tokens SET opened_at = opened_at - make_interval(hours => $1)`,
          [hours],
        ),
      );
    // What only looks at links has not begun the day.
    await age(25);
    expect((await ask(link, undefined, '')).html).toContain('Ada Lovelace');
    await age(23);
    expect((await ask(link, undefined, '')).html).toContain('Ada Lovelace');
    expect((await ask(`${link}/return`, undefined, '')).status).toBe(200);
    await age(2);
    const { html } = await ask(link, undefined, '');
    expect(html).not.toContain('Ada Lovelace');
    expect(html).toContain('name="number"');
    expect((await ask(`${link}/return`, undefined, '')).to).toBe(link);
    expect((await ask(later, undefined, '')).html).toContain('Ada Lovelace');
    expect((await ask(page, undefined, '')).html).not.toContain('Ada Lovelace');
  });

  it('is made once, shown with its state, and withdrawn from by lines', async () => {
    const form = await ask(`${page}/return`);
    const lineId = /name="units\[([^\]]+)\]"/.exec(form.html)?.[1] ?? '';
    expect((await ask(`${page}/return`, { [`units[${lineId}]`]: '0' })).status).toBe(422);
    const fields = {
      key: hidden(form.html, 'key'),
      [`units[${lineId}]`]: '1',
      reason: 'damaged',
      note: 'The handle broke.',
    };
    for (const _ of [1, 2]) expect((await ask(`${page}/return`, fields)).to).toBe(page);
    const order = await lab.call(`GET /orders/${orderId}`);
    expect(order.body.returns).toMatchObject([
      {
        state: 'requested',
        requestedBy: 'customer',
        note: 'The handle broke.',
        lines: [{ lineId, quantity: 1, reason: 'damaged' }],
      },
    ]);
    expect((await ask(page)).html).toMatch(
      /Requested: the shop is checking it\s*<p class="soft">1 × <bdi>[^<]+<\/bdi><\/p>/,
    );
    const path = `PATCH /orders/${orderId}/returns/${order.body.returns[0].id}`;
    await lab.call(path, { state: 'declined', declineReason: 'It was <used>.' });
    expect((await ask(page)).html).toContain('It was &lt;used&gt;.');
    const withdraw = await ask(`/withdraw?order=${page.split('/').at(-1)}`);
    expect(withdraw.html).toContain(`name="units[${lineId}]"`);
    expect(withdraw.html).toContain('value="ada@example.com"');
  });
});
