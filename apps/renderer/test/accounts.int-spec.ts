import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { newId } from '@libs/kernel';
import { Checkouts } from '@renderer/checkout';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import type { ShopResponse } from '../src/shop-request';
import { type ShopLab, openShopLab } from './shop-lab';

const template = (type: string) =>
  JSON.stringify({ sections: { main: { type } }, order: ['main'] });
const section = (markup: string) => `${markup}{{#schema}}{"name":"One","settings":[]}{{/schema}}`;

const files = aTheme({
  'sections/main.hbs': section(
    '<p>{{#if @customer}}Hello {{@customer.first_name}}{{else}}Nobody{{/if}}</p>',
  ),
  'sections/entry.hbs': section(`<h1>Account</h1>
{{#each @form_result.errors as |error|}}<b>{{error.field}}: {{error.message}}</b>{{/each}}
<i>{{@form_result.type}} {{@form_result.posted_successfully}} {{@form_result.values.email}}</i>
{{#form "login"}}<button>In</button>{{/form}}{{#form "reset-password"}}<button>New</button>{{/form}}`),
  'sections/account.hbs': section(`<p>{{@customer.email}}, {{@customer.orders_count}} orders</p>
{{#each @customer.orders as |one|}}<a href="{{one.url}}">{{one.name}}</a>{{/each}}
{{#each @customer.addresses as |one|}}<address>{{one.id}} {{one.city}} {{one.default}}</address>{{/each}}`),
  'sections/order.hbs': section(
    '<h1>{{@order.name}}</h1><a href="{{@order.status_url}}">Status</a>{{#each @order.items as |item|}}<p>{{item.title}} × {{item.quantity}}</p>{{/each}}',
  ),
  'sections/cart.hbs': section(
    '<i>{{@form_result.type}} {{@form_result.posted_successfully}}</i>{{#each @form_result.errors as |error|}}<b>{{error.message}}</b>{{/each}}{{#each @cart.items as |item|}}<p>{{item.title}} × {{item.quantity}}</p>{{/each}}',
  ),
  'templates/cart.json': template('cart'),
  'templates/customers/login.json': template('entry'),
  'templates/customers/reset_password.json': template('entry'),
  'templates/customers/account.json': template('account'),
  'templates/customers/addresses.json': template('account'),
  'templates/customers/order.json': template('order'),
});

describe('the account of a customer', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab(files);
  }, 120_000);
  afterAll(() => lab.close());

  const own = { 'sec-fetch-site': 'same-origin' };
  const send = (path: string, fields: Record<string, string>, headers = {}) =>
    lab.visit(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...own, ...headers },
      body: Buffer.from(new URLSearchParams(fields).toString()),
    });
  const cookieOf = ({ headers }: ShopResponse): string =>
    String(headers['set-cookie']).split(';')[0] ?? '';
  const show = async (path: string, cookie = '') => {
    const response = await lab.visit(path, { headers: { ...own, cookie } });
    return { ...response, html: response.body.toString(), to: response.headers['location'] };
  };
  const register = (email: string, password = 'analytical engine') =>
    send('/account/register', {
      'customer[email]': email,
      'customer[password]': password,
      'customer[first_name]': 'Ada',
    });
  const lastMail = async () => {
    await lab.api.drain();
    const folder = join(lab.api.home, 'mailbox');
    const mails = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
    return PostalMime.parse(await readFile(join(folder, mails.at(-1) ?? '')));
  };

  it('is opened, greets by name on every page, and is left again', async () => {
    const nobody = await show('/account');
    expect([nobody.status, nobody.to]).toEqual([303, '/account/login?return_to=%2Faccount']);
    const opened = await register('ada@example.test');
    expect([opened.status, opened.headers['location']]).toEqual([303, '/account']);
    expect(String(opened.headers['set-cookie'])).toMatch(
      /^customer=[\w-]{20,}; .*HttpOnly; SameSite=Lax/,
    );
    const cookie = cookieOf(opened);
    const home = await show('/', cookie);
    expect(home.html).toContain('<p>Hello Ada</p>');
    expect(home.headers['cache-control']).toMatch(/^private/);
    expect((await show('/')).html).toContain('<p>Nobody</p>');
    const account = await show('/account', cookie);
    expect(account.html).toContain('<p>ada@example.test, 0 orders</p>');
    expect(account.headers['cache-control']).toMatch(/^private/);
    expect((await show('/account/login', cookie)).to).toBe('/account');
    const prefetched = await lab.visit('/account/logout', { headers: { cookie } });
    expect(prefetched.status).toBe(403);
    expect((await show('/account/logout', cookie)).to).toBe('/');
    expect((await show('/account', cookie)).to).toContain('/account/login');
  });

  it('says what is wrong in the shopper’s words and leads to where they wanted to go', async () => {
    await register('grace@example.test');
    const wrong = await send('/account/login', {
      'customer[email]': 'grace@example.test',
      'customer[password]': 'not hers',
    });
    expect(wrong.headers['location']).toBe('/account/login');
    const { html } = await show('/account/login', cookieOf(wrong));
    expect(html).toContain('password: The e-mail address and the password do not belong together.');
    expect(html).toContain('<i>login false grace@example.test</i>');
    expect(html).not.toContain('not hers');
    for (const [fields, fault] of [
      [{ 'customer[email]': 'x', 'customer[password]': 'long enough one' }, 'email'],
      [{ 'customer[email]': 'x@example.test', 'customer[password]': 'password' }, 'password'],
    ] as const) {
      const answer = await send('/account/register', { ...fields });
      expect(answer.headers['set-cookie']).not.toMatch(/^customer=/);
      expect([
        fault,
        (await show('/account/login', cookieOf(answer))).html.includes(`<b>${fault}:`),
      ]).toEqual([fault, true]);
    }
    const right = await send(
      '/account/login',
      { 'customer[email]': 'GRACE@example.test', 'customer[password]': 'analytical engine' },
      {
        referer: `http://${lab.merchant.handle}.localhost:4080/account/login?return_to=%2Faccount%2Faddresses`,
      },
    );
    expect([right.status, right.headers['location']]).toEqual([303, '/account/addresses']);
    const foreign = await send('/account/login', {
      'customer[email]': 'grace@example.test',
      'customer[password]': 'analytical engine',
      return_to: '//evil.example',
    });
    expect(foreign.headers['location']).toBe('/account');
    const elsewhere = await send('/account/login', {}, { 'sec-fetch-site': 'cross-site' });
    expect(elsewhere.status).toBe(403);
  });

  it('lets in by a mailed code, and by a mailed link to a new password', async () => {
    await register('emmy@example.test');
    const asked = await send('/account/code', { 'customer[email]': 'emmy@example.test' });
    const login = await show('/account/login', cookieOf(asked));
    expect(login.html).toContain('<i>login_code true emmy@example.test</i>');
    const unknown = await send('/account/code', { 'customer[email]': 'nobody@example.test' });
    expect((await show('/account/login', cookieOf(unknown))).html).toContain(
      '<i>login_code true nobody@example.test</i>',
    );
    const code = /\b\d{6}\b/.exec((await lastMail()).subject ?? '')?.[0] ?? '';
    const typed = {
      'customer[email]': 'emmy@example.test',
      'customer[code]': `${code.slice(0, 3)} ${code.slice(3)}`,
    };
    const entered = await send('/account/code', typed);
    expect(entered.headers['location']).toBe('/account');
    expect((await show('/account', cookieOf(entered))).html).toContain('emmy@example.test');
    expect(cookieOf(await send('/account/code', typed))).not.toMatch(/^customer=/);

    await send('/account/recover', { 'customer[email]': 'emmy@example.test' });
    const path = /\/account\/reset\/[\w-]+/.exec((await lastMail()).text ?? '')?.[0] ?? '';
    expect((await show(path)).html).toContain(`action="${path}"`);
    const unequal = await send(path, {
      'customer[password]': 'a password of mine',
      'customer[password_confirmation]': 'a password of mind',
    });
    expect((await show(path, cookieOf(unequal))).html).toContain('<b>password_confirmation:');
    const set = await send(path, { 'customer[password]': 'a password of mine' });
    expect(set.headers['location']).toBe('/account');
    expect((await show('/account', cookieOf(entered))).to).toContain('/account/login');
    const again = await send(path, { 'customer[password]': 'a password of mine' });
    expect((await show(path, cookieOf(again))).html).toContain('This link is too old');
  });

  it('keeps a book of addresses', async () => {
    const cookie = cookieOf(await register('lise@example.test'));
    const add = (fields: Record<string, string>) => send('/account/addresses', fields, { cookie });
    const bad = await add({ 'address[last_name]': 'Meitner' });
    const page = await show('/account/addresses', `${cookie}; ${cookieOf(bad)}`);
    expect(page.html).not.toContain('<address>');
    const good = {
      'address[last_name]': 'Meitner',
      'address[address1]': 'Thielallee 63',
      'address[city]': 'Berlin',
      'address[country]': 'de',
    };
    await add(good);
    await add({ ...good, 'address[city]': 'Wien', 'address[default]': '1' });
    const two = (await show('/account/addresses', cookie)).html;
    const [wien = '', berlin = ''] = [...two.matchAll(/<address>(\d+) (\w+) (\w+)/g)].map(String);
    expect([wien.split(',').slice(2), berlin.split(',').slice(2)]).toEqual([
      ['Wien', 'true'],
      ['Berlin', 'false'],
    ]);
    await add({ 'address[id]': wien.split(',')[1] ?? '', _method: 'delete' });
    const one = (await show('/account/addresses', cookie)).html;
    expect([...one.matchAll(/<address>\d+ (\w+) (\w+)/g)].map(([, ...rest]) => rest)).toEqual([
      ['Berlin', 'true'],
    ]);
    const stranger = cookieOf(await register('other@example.test'));
    await send(
      '/account/addresses',
      { 'address[id]': berlin.split(',')[1] ?? '', _method: 'delete' },
      { cookie: stranger },
    );
    expect((await show('/account/addresses', cookie)).html).toContain('Berlin');
  });

  it('shows a customer’s own orders and nobody else’s', async () => {
    const mine = cookieOf(await register('maria@example.test'));
    const theirs = cookieOf(await register('marie@example.test'));
    const orderId = newId();
    const checkoutId = newId();
    await lab.api.db.write(lab.merchant.storeId, async (store) => {
      const [customer] = await store.query<{ id: string }>(
        `SELECT customer_id AS id FROM customers WHERE store_id = $1 AND email = 'maria@example.test'`,
        [store.storeId],
      );
      await store.execute(
        `INSERT INTO orders (store_id, order_id, checkout_id, test, series, number, name, locale, customer_id, currency,
           subtotal_minor, discount_minor, shipping_minor, fees_minor, tax_minor, tax_included, total_minor, due_minor, base)
         VALUES ($1, $2, $3, false, 'order', 1, '#1001', 'en', $4, 'EUR', 2598, 0, 0, 0, 0, true, 2598, 2598, '{}')`,
        [store.storeId, orderId, checkoutId, customer?.id],
      );
      await store.execute(
        `INSERT INTO order_lines (store_id, order_line_id, order_id, position, title, requires_shipping, taxable,
           quantity, unit_minor, subtotal_minor, product_discount_minor, order_discount_minor, total_minor, tax_minor,
           base_minor)
         VALUES ($1, $2, $3, 0, 'Cup', true, true, 2, 1299, 2598, 0, 0, 2598, 0, 2598)`,
        [store.storeId, newId(), orderId],
      );
    });
    const account = await show('/account', mine);
    expect(account.html).toContain(`<a href="/account/orders/${orderId}">#1001</a>`);
    const order = await show(`/account/orders/${orderId}`, mine);
    expect([order.status, order.html.includes('<p>Cup × 2</p>')]).toEqual([200, true]);
    const opening = await lab.api.db.read(lab.merchant.storeId, (store) =>
      lab.renderer.get(Checkouts).tokenOf(store, checkoutId),
    );
    expect(order.html).toContain(`<a href="/orders/${opening}">Status</a>`);
    const other = await show(`/account/orders/${orderId}`, theirs);
    expect([other.status, other.html.includes('Cup')]).toEqual([404, false]);
    expect((await show(`/account/orders/${newId()}`, mine)).status).toBe(404);
    expect((await show(`/account/orders/${orderId}`)).to).toContain('/account/login');
  });

  it('puts an order into the cart again as far as it is sold, and names what is left out', async () => {
    const mine = cookieOf(await register('nora@example.test'));
    const theirs = cookieOf(await register('nick@example.test'));
    for (const [title, quantity] of [
      ['Mug', 9],
      ['Vase', 1],
      ['Bowl', 0],
    ])
      await lab.call('POST /products', {
        title,
        status: 'active',
        variants: [{ priceMinor: 1000, tracked: true, quantity }],
      });
    const orderId = newId();
    await lab.api.db.write(lab.merchant.storeId, async (store) => {
      await store.execute(
        `INSERT INTO orders (store_id, order_id, checkout_id, test, series, number, name, locale, customer_id, currency,
           subtotal_minor, discount_minor, shipping_minor, fees_minor, tax_minor, tax_included, total_minor, due_minor, base)
         SELECT $1, $2, $3, false, 'order', 2, '#1002', 'en', customer_id, 'EUR', 8000, 0, 0, 0, 0, true, 8000, 8000, '{}'
         FROM customers WHERE email = 'nora@example.test'`,
        [store.storeId, orderId, newId()],
      );
      const lines = { Mug: [2, 0], Vase: [3, 0], Bowl: [1, 0], Hat: [1, 0], Mugs: [4, 4] };
      for (const [at, [title, [quantity, refunded]]] of Object.entries(lines).entries())
        await store.execute(
          `INSERT INTO order_lines (store_id, order_line_id, order_id, position, title, requires_shipping, taxable,
             quantity, refunded_units, shipped, unit_minor, subtotal_minor, product_discount_minor, order_discount_minor,
             total_minor, tax_minor, base_minor, variant_id, product_id)
           SELECT $1, $2, $3, $4::int, $5::text, true, true, $6::int, $7::int, $6::int, 1000, 1000, 0, 0, 1000, 0, 1000,
             p.variant_id, p.product_id
           FROM (SELECT 1) AS one LEFT JOIN (
             SELECT v.variant_id, v.product_id, p.title FROM variants v JOIN products p USING (store_id, product_id)) AS p
           ON p.title = $5::text`,
          [store.storeId, newId(), orderId, at, title, quantity, refunded],
        );
    });
    const path = `/account/orders/${orderId}/reorder`;
    const foreign = await lab.visit(path, {
      method: 'POST',
      headers: {
        cookie: mine,
        'sec-fetch-site': 'cross-site',
        origin: 'https://elsewhere.example',
      },
    });
    expect(foreign.status).toBe(403);
    expect((await show(path, mine)).to).toBe(`/account/orders/${orderId}`);
    const refused = await send(path, {}, { cookie: theirs });
    expect([refused.headers['location'], refused.headers['set-cookie']]).toEqual([
      `/account/orders/${orderId}`,
      undefined,
    ]);
    const answer = await send(path, {}, { cookie: mine });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/cart']);
    const cookies = [mine, ...[answer.headers['set-cookie'] ?? []].flat()]
      .map((line) => line.split(';')[0])
      .join('; ');
    const { html } = await show('/cart', cookies);
    expect(html).toContain('<i>reorder false</i>');
    expect(html).toContain('<p>Mug × 2</p>');
    expect(html).toContain('<p>Vase × 1</p>');
    expect([...html.matchAll(/<b>([^<]*)<\/b>/g)].map(([, told]) => told)).toEqual([
      'Of “Vase” only 1 of 3 could be put into your cart.',
      '“Bowl” is sold out.',
      '“Hat” is not sold any more.',
    ]);
    expect((await show('/cart', cookies.replace(/form_result=[^;]*/, ''))).html).not.toContain(
      '<b>',
    );
  });

  it('answers 404 where the theme has no such page, and 405 to other methods', async () => {
    expect((await show('/account/register')).status).toBe(404);
    expect((await show('/account/nowhere')).status).toBe(404);
    expect((await lab.visit('/account', { method: 'PUT' })).status).toBe(405);
  });
});
