import { CatalogModule } from '@libs/catalog';
import { OpenCarts } from '@libs/checkout';
import { cartChangedSentence, CheckoutRendererModule } from '@renderer/checkout';
import { CustomersRendererModule } from '@renderer/customers';
import { OrdersRendererModule } from '@renderer/orders';
import { StoresRendererModule } from '@renderer/stores';
import { type Lab, openLab } from '@testing';
import { writeProducts } from '../../../libs/catalog/src/product-write';
import type { CartAction } from '../src/2-match-route/match-route';
import { SettingsOfStores } from '../src/2-match-route/store-settings';
import { AccountData } from '../src/account/account-data';
import { CartActions } from '../src/actions/cart-actions';
import { ShopperLimits } from '../src/actions/shopper-limits';
import { Stamps } from '../src/page-cache/stamps';

describe('the cart’s actions', () => {
  let lab: Lab;
  let actions: CartActions;
  let storeId: string;
  let small: number;
  let medium: number;
  let gift: number;

  beforeAll(async () => {
    const renderer = {
      module: class Renderer {},
      imports: [
        CheckoutRendererModule,
        CustomersRendererModule,
        OrdersRendererModule,
        StoresRendererModule,
      ],
      providers: [CartActions, AccountData, ShopperLimits, SettingsOfStores, Stamps],
    };
    lab = await openLab({ modules: [CatalogModule, renderer] });
    actions = lab.get(CartActions);
    storeId = await lab.aStore({ currency: 'JPY' });
    const shirt = {
      handle: 'linen-shirt',
      title: 'Linen shirt',
      options: [{ name: 'Size' }],
      variants: [
        { options: ['S'], sku: 'S', priceMinor: 4900, inventory: { tracked: true, quantity: 3 } },
        { options: ['M'], sku: 'M', priceMinor: 5200 },
      ],
    };
    const card = {
      handle: 'gift-card',
      title: 'Gift card',
      giftCard: true,
      variants: [{ options: [], sku: 'X', priceMinor: 5000 }],
    };
    await lab.db.write(storeId, (store) =>
      writeProducts(store, [shirt, card], { overwrite: true }),
    );
    const rows = await lab.db.read(storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants ORDER BY sku'),
    );
    [medium = 0, small = 0, gift = 0] = rows.map(({ id }) => id);
  });
  afterAll(() => lab.close());

  interface Call {
    method?: string;
    query?: string;
    headers?: Record<string, string>;
    /** Sent as JSON, a text as a form. */
    body?: unknown;
    secure?: boolean;
    locale?: string;
  }

  const call = async (path: string, { method = 'POST', query = '', ...more }: Call = {}) => {
    const [, name = '', js] = /^(\w+)(\.js)?$/.exec(path) ?? [];
    const form = typeof more.body === 'string';
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
    const text = form ? (more.body as string) : JSON.stringify(more.body);
    const host = 'kiln.localhost';
    const response = await actions.answer(
      { kind: 'store', storeId, host, isSecure: false, primaryHost: host, primaryIsSecure: false },
      { kind: 'action', action: name as CartAction, json: js !== undefined },
      {
        id: 'test',
        method,
        target: `/cart/${path}${query}`,
        hosts: [host],
        secure: more.secure ?? false,
        servername: null,
        headers: { ...(more.body === undefined ? {} : { 'content-type': type }), ...more.headers },
        ip: '127.0.0.1',
        ...(more.locale === undefined ? {} : { locale: more.locale }),
        body: Buffer.from(text ?? ''),
      },
      async ({ ids, url }, token) =>
        Object.fromEntries(ids.map((id) => [id, `${url} ${token === null ? 'none' : 'own'}`])),
    );
    expect(response.headers['cache-control']).toBe('no-store');
    const isJson = String(response.headers['content-type']).startsWith('application/json');
    return {
      ...response,
      text: response.body.toString(),
      json: isJson ? JSON.parse(response.body.toString()) : null,
      cookie: String(response.headers['set-cookie'] ?? ''),
    };
  };

  /** A cart with things in it, and the headers of its shopper. */
  const shopperWith = async (...items: { id: number; quantity?: number }[]) => {
    const { cookie } = await call('add.js', { body: { items } });
    return { headers: { cookie: cookie.split(';')[0] as string } };
  };
  const cartOf = async (shopper: { headers: Record<string, string> }) =>
    (await call('show.js', { method: 'GET', ...shopper })).json;

  it('answers one thing with its line and a cookie for this host alone', async () => {
    const { status, json, cookie } = await call('add.js', { body: { id: small, quantity: 2 } });
    expect([status, json.variant_id, json.quantity, json.price]).toEqual([200, small, 2, 490000]);
    expect(json).not.toHaveProperty('status');
    expect(json.key).toMatch(new RegExp(`^${small}:[0-9a-f]{32}$`));
    expect(cookie).toMatch(/^cart=[\w-]{32}; Path=\/; Max-Age=1209600; HttpOnly; SameSite=Lax$/);
    const secure = await call('add.js', { body: { id: small }, secure: true });
    expect(secure.cookie).toMatch(/; Secure$/);
  });

  it('answers several with their lines, and the cart with all', async () => {
    const { json, cookie } = await call('add.js', {
      body: { items: [{ id: small }, { id: medium, quantity: 2, properties: { Name: 'Ada' } }] },
    });
    expect(json.items.map((line: { id: number }) => line.id)).toEqual([small, medium]);
    const shopper = { headers: { cookie: cookie.split(';')[0] as string } };
    expect(await cartOf(shopper)).toMatchObject({
      item_count: 3,
      total_price: (4900 + 2 * 5200) * 100,
      currency: 'JPY',
      presentment: { currency: 'JPY', exponent: 0, total: '15300' },
      items: [{ variant_id: small }, { properties: { Name: 'Ada' } }],
    });
  });

  it('answers 409 to who lost three races for their cart, and does not show one that is lost before', async () => {
    const shopper = await shopperWith({ id: medium });
    const before = await cartOf(shopper);
    const change = (as: Call = {}) =>
      call('change.js', { ...shopper, body: { line: 1, quantity: 5 }, ...as });
    const races = jest.spyOn(lab.get(OpenCarts), 'change');
    const loses = (times: number) => {
      for (let n = 0; n < times; n += 1) races.mockResolvedValueOnce({ kind: 'raced' });
    };
    try {
      loses(3);
      const lost = await change();
      const sentence = cartChangedSentence('en');
      expect([lost.status, lost.json]).toEqual([
        409,
        { status: 409, message: 'Conflict', description: sentence, errors: sentence },
      ]);
      expect(races).toHaveBeenCalledTimes(3);
      loses(3);
      expect((await change({ locale: 'de' })).json.description).toBe(cartChangedSentence('de'));
      expect(await cartOf(shopper)).toEqual(before);
      loses(2);
      expect((await change()).json).toMatchObject({ item_count: 5 });
      expect(races).toHaveBeenCalledTimes(9);
    } finally {
      races.mockRestore();
    }
  });

  it('shows an empty cart to a shopper without one, and gives no cookie for it', async () => {
    const { status, json, cookie } = await call('show.js', { method: 'GET' });
    expect([status, json.item_count, json.currency, cookie]).toEqual([200, 0, 'JPY', '']);
  });

  it('says in the contract’s shape what is wrong', async () => {
    const short = await call('add.js', { body: { id: small, quantity: 4 } });
    const sentence = 'Only 3 of Linen shirt - S left.';
    expect(short.json).toEqual({
      status: 422,
      message: 'Cart Error',
      description: sentence,
      errors: sentence,
    });
    expect([short.status, short.cookie]).toEqual([422, '']);
    const german = await call('add.js', { body: { id: small, quantity: 4 }, locale: 'de' });
    expect(german.json.description).toBe('Von Linen shirt - S gibt es nur noch 3.');
    const missing = await call('add.js', { body: { id: 99 } });
    expect([missing.status, missing.json]).toMatchObject([
      404,
      { message: 'Cart Error', description: 'Cannot find variant' },
    ]);
    expect((await call('add.js', { body: { id: 'x' } })).status).toBe(400);
    const text = await call('add.js', { body: '{}', headers: { 'content-type': 'text/plain' } });
    expect(text.status).toBe(415);
  });

  describe('a gift form', () => {
    const form = (fields: Record<string, string>, id = gift) => ({
      id,
      properties: { __shopify_send_gift_card_to_recipient: 'if_present', ...fields },
    });
    const grace = { 'Recipient email': 'grace@example.test', 'Send on': '' };

    it('is kept on the line, and left blank it leaves nothing', async () => {
      const { json } = await call('add.js', { body: form({ ...grace, Message: 'Hello' }) });
      expect(json.properties).toEqual({
        'Recipient email': 'grace@example.test',
        Message: 'Hello',
        __shopify_send_gift_card_to_recipient: 'on',
      });
      const blank = await call('add.js', { body: form({ 'Recipient email': '' }) });
      expect(blank.json.properties).toBeNull();
    });

    it('is refused field by field, in the shopper’s language, before anything is added', async () => {
      const wrong = form({ 'Recipient email': 'grace', 'Send on': '2020-01-01' });
      const { status, json, cookie } = await call('add.js', { body: wrong });
      expect([status, cookie]).toEqual([422, '']);
      expect(json).toMatchObject({ status: 422, message: 'Cart Error' });
      expect(json.errors.email).toEqual(['The recipient’s e-mail address is not complete.']);
      expect(json.errors.send_on[0]).toMatch(/^The day to send it on is from /);
      expect(json.description).toBe(`${json.errors.email[0]} ${json.errors.send_on[0]}`);
      const missing = form({ Message: 'Hello' });
      for (const [locale, words] of Object.entries({
        de: 'Gutschein',
        'zh-CN': '收礼人',
        ar: 'البطاقة',
      })) {
        const said = await call('add.js', { body: missing, locale });
        expect(said.json.errors.email[0]).toContain(words);
      }
      const page = await call('add', { body: missing, headers: { accept: 'text/html' } });
      expect(page.text).toContain('Please enter the e-mail address');
    });

    it('is nobody’s business on what is no gift card', async () => {
      const { json } = await call('add.js', { body: form({ 'Recipient email': 'x' }, medium) });
      expect(json.properties).toMatchObject({ 'Recipient email': 'x' });
    });

    it('may be changed in the cart by the same rules', async () => {
      const { json, cookie } = await call('add.js', { body: form(grace) });
      const shopper = { headers: { cookie: cookie.split(';')[0] as string } };
      const change = (fields: Record<string, string>) =>
        call('change.js', { ...shopper, body: { ...form(fields), id: json.key } });
      expect((await change({ 'Recipient email': '@' })).status).toBe(422);
      const { json: cart } = await change({ 'Recipient email': 'ada@example.test' });
      expect(cart.items[0].properties).toMatchObject({ 'Recipient email': 'ada@example.test' });
    });
  });

  it('changes and updates, and tells what came and went', async () => {
    const shopper = await shopperWith({ id: small, quantity: 2 }, { id: medium });
    const changed = await call('change.js', { ...shopper, body: { line: 1, quantity: 1 } });
    expect(changed.json).toMatchObject({
      item_count: 2,
      items_added: [],
      items_removed: [{ variant_id: small, quantity: 1 }],
    });
    const updated = await call('update.js', {
      ...shopper,
      body: { updates: { [medium]: 3 }, note: 'Ring', attributes: { gift: 'yes' } },
    });
    expect(updated.json).toMatchObject({
      note: 'Ring',
      attributes: { gift: 'yes' },
      items_added: [{ variant_id: medium, quantity: 2 }],
    });
    const cleared = await call('clear.js', shopper);
    expect(cleared.json).toMatchObject({ item_count: 0, note: 'Ring', items: [] });
  });

  it('sends a browser to the cart, a script its answer', async () => {
    const plain = await call('add', { body: `id=${small}&quantity=1` });
    expect([plain.status, plain.headers.location]).toEqual([302, '/cart']);
    const back = await call('add', { body: `id=${small}&return_to=/products/linen-shirt` });
    expect(back.headers.location).toBe('/products/linen-shirt');
    const away = await call('add', { body: `id=${small}&return_to=//evil.example` });
    expect(away.headers.location).toBe('/cart');
    const dawn = await call('add', {
      body: `id=${small}`,
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    expect([dawn.status, dawn.json.variant_id]).toEqual([200, small]);
    const accepts = { accept: 'application/javascript' };
    expect((await call('add', { body: `id=${small}`, headers: accepts })).status).toBe(200);
    const short = await call('add', { body: `id=${small}&quantity=9` });
    expect([short.status, short.text]).toEqual([422, expect.stringContaining('Only 3 of')]);
  });

  it('takes the form of the cart page', async () => {
    const shopper = await shopperWith({ id: small }, { id: medium });
    const posted = await call('post', { ...shopper, body: 'updates[]=2&updates[]=0&note=Hi' });
    expect([posted.status, posted.headers.location]).toEqual([302, '/cart']);
    const cart = await cartOf(shopper);
    expect(cart).toMatchObject({ note: 'Hi', items: [{ variant_id: small, quantity: 2 }] });
    const byKey = `updates[${encodeURIComponent(cart.items[0].key)}]=1&checkout=1`;
    expect((await call('post', { ...shopper, body: byKey })).headers.location).toBe('/checkout');
    expect((await cartOf(shopper)).item_count).toBe(1);
  });

  it('follows the link that removes a line only from the store’s own pages', async () => {
    const shopper = await shopperWith({ id: small });
    const [line] = (await cartOf(shopper)).items;
    const follow = (headers: Record<string, string>) =>
      call('change', {
        method: 'GET',
        query: `?id=${encodeURIComponent(line.key)}&quantity=0`,
        headers: { ...shopper.headers, ...headers },
      });
    expect((await follow({})).status).toBe(403);
    expect((await follow({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const own = { 'sec-fetch-site': 'same-origin' };
    expect((await follow({ ...own, 'sec-purpose': 'prefetch' })).status).toBe(403);
    expect((await cartOf(shopper)).item_count).toBe(1);
    const followed = await follow(own);
    expect([followed.status, followed.headers.location]).toEqual([302, '/cart']);
    expect((await cartOf(shopper)).item_count).toBe(0);
  });

  it('does nothing for another site or another verb', async () => {
    const shopper = await shopperWith({ id: small });
    const foreign = { ...shopper.headers, origin: 'https://evil.example' };
    const refused = await call('clear.js', { headers: foreign });
    expect([refused.status, refused.json.message]).toEqual([403, 'Forbidden']);
    expect((await call('clear', { method: 'GET', ...shopper })).status).toBe(405);
    expect((await call('add.js', { method: 'PUT', ...shopper })).headers.allow).toBe('POST');
    expect((await call('show.js', shopper)).headers.allow).toBe('GET, HEAD');
    expect((await cartOf(shopper)).item_count).toBe(1);
  });

  it('gives sections with its answer to scripts, of the page named or of the one they run on', async () => {
    const shopper = await shopperWith({ id: small });
    const ask = (path: string, body: object, headers: Record<string, string> = {}) =>
      call(path, { headers: { ...shopper.headers, ...headers }, body });
    const added = await ask('add.js', { id: small, sections: 'b,a', sections_url: '/search?q=x' });
    expect(added.json).toMatchObject({ variant_id: small, sections: { a: '/search?q=x own' } });
    expect(Object.keys(added.json.sections)).toEqual(['a', 'b']);
    const referer = 'http://kiln.localhost/products/linen-shirt?variant=1';
    const changed = await ask('change.js', { line: 1, quantity: 1, sections: ['a'] }, { referer });
    expect(changed.json.sections).toEqual({ a: '/products/linen-shirt?variant=1 own' });
    const foreign = { referer: 'http://elsewhere.localhost/x' };
    expect((await ask('clear.js', { sections: 'a' }, foreign)).json.sections).toEqual({
      a: '/ own',
    });
    expect((await ask('update.js', { sections: null })).json).not.toHaveProperty('sections');
    for (const wrong of [
      { sections: 'a,b,c,d,e,f' },
      { sections: ['<a>'] },
      { sections: { a: 1 } },
      { sections: 'a', sections_url: 'https://evil.example/' },
      { sections: 'a', sections_url: '//evil.example/' },
    ]) {
      const refused = await ask('update.js', { ...wrong, note: 'kept out' });
      expect([refused.status, refused.json.description]).toEqual([
        400,
        expect.stringMatching(/: sections(_url)?$/),
      ]);
    }
    expect((await cartOf(shopper)).note).toBeNull();
  });

  it('keeps both of two things that are added at once', async () => {
    const shopper = await shopperWith({ id: medium });
    const both = await Promise.all(
      [small, medium].map((id) => call('add.js', { ...shopper, body: { id } })),
    );
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await cartOf(shopper)).item_count).toBe(3);
  });
});
