import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const ada = {
  'checkout[email]': 'ada@example.com',
  'checkout[shipping_address][first_name]': 'Ada',
  'checkout[shipping_address][last_name]': '"Lovelace" <b>',
  'checkout[shipping_address][address1]': '12 St James’s Square',
  'checkout[shipping_address][address2]': 'Flat 2',
  'checkout[shipping_address][city]': 'Sacramento',
  'checkout[shipping_address][province]': 'California',
  'checkout[shipping_address][zip]': '95814',
  'checkout[shipping_address][country]': 'United States',
};

const kept = {
  firstName: 'Grace',
  lastName: 'Hopper',
  address1: 'Kaiserplatz 2',
  zip: '53113',
  city: 'Bonn',
  country: 'DE',
};

describe('what a share link says of the shopper', () => {
  let lab: ShopLab;
  let variant: number;

  beforeAll(async () => {
    lab = await openShopLab(aTheme({}));
    await lab.call('POST /products', {
      title: 'Cup',
      handle: 'cup',
      status: 'active',
      variants: [{ priceMinor: 1900, tracked: true, quantity: 20 }],
    });
    await lab.api.drain();
    await lab.call('PATCH ', { otherLocales: ['de'] });
    lab.renderer.get(Stamps).forget();
    const rows = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    variant = rows[0]?.id ?? 0;
  }, 120_000);
  afterAll(() => lab.close());

  /** A browser: keeps cookies, follows nothing by itself. */
  const browser = () => {
    const cookies = new Map<string, string>();
    return async (path: string, form?: Record<string, string>) => {
      const answer = await lab.visit(path, {
        method: form ? 'POST' : 'GET',
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'sec-fetch-site': 'same-origin',
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        body: Buffer.from(new URLSearchParams(form).toString()),
      });
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const { status } = answer;
      return { status, html: answer.body.toString(), to: String(answer.headers.location ?? '') };
    };
  };
  type Ask = ReturnType<typeof browser>;

  /** Follows a share link to the page of the checkout that it leads to. */
  const follow = async (ask: Ask, said: Record<string, string>, prefix = '') => {
    const link = `${prefix}/cart/${variant}:1?${new URLSearchParams(said).toString()}`;
    let { to, status, html } = await ask(link);
    for (let steps = 0; to !== '' && steps < 4; steps += 1) {
      const last = to;
      ({ to, status, html } = await ask(to));
      if (to === '') return { status, html, at: last.split('?')[0] ?? '' };
    }
    return { status, html, at: to };
  };
  const valueOf = (html: string, name: string): string | undefined =>
    new RegExp(`name="${name}"[^>]*?\\svalue="([^"]*)"`).exec(html)?.[1];
  const chosenOf = (html: string, name: string): string | undefined =>
    new RegExp(`name="${name}"[\\s\\S]*?<option value="([^"]*)"\\s+selected`).exec(html)?.[1];
  const stored = () =>
    lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ email: string | null; address: object | null }>(
        'SELECT email, shipping_address AS address FROM checkouts ORDER BY created_at DESC LIMIT 1',
      ),
    );

  it('stands in the first page, as text, and is kept once the shopper has sent it', async () => {
    const ask = browser();
    const { status, html, at } = await follow(ask, ada);
    expect([status, at]).toEqual([200, expect.stringMatching(/\/information$/)]);
    expect(valueOf(html, 'email')).toBe('ada@example.com');
    expect(valueOf(html, 'shipping_name')).toBe('Ada &quot;Lovelace&quot; &lt;b&gt;');
    expect(valueOf(html, 'shipping_address1')).toBe('12 St James’s Square');
    expect(valueOf(html, 'shipping_address2')).toBe('Flat 2');
    expect(valueOf(html, 'shipping_city')).toBe('Sacramento');
    expect(valueOf(html, 'shipping_zip')).toBe('95814');
    expect(chosenOf(html, 'shipping_country')).toBe('US');
    expect(chosenOf(html, 'shipping_province')).toBe('CA');
    // Nobody is written to because a link named them.
    expect(await stored()).toEqual([{ email: null, address: null }]);
  });

  it('is dropped field by field where it is wrong, and never an error', async () => {
    const { status, html } = await follow(browser(), {
      ...ada,
      'checkout[email]': 'no address',
      'checkout[shipping_address][country]': 'Atlantis',
      'checkout[shipping_address][zip]': '1',
      'checkout[shipping_address][city]': 'x'.repeat(300),
      'checkout[shipping_address][planet]': 'Mars',
      'checkout[total]': '0',
    });
    expect(status).toBe(200);
    expect(html).not.toContain('aria-invalid');
    expect(valueOf(html, 'email')).toBe('');
    expect(valueOf(html, 'shipping_zip')).toBe('');
    expect(valueOf(html, 'shipping_city')).toBe('');
    expect(valueOf(html, 'shipping_address1')).toBe('12 St James’s Square');
    expect(html).not.toMatch(/Atlantis|Mars\b/);
  });

  it('goes along in the language of the link, whose words name countries too', async () => {
    const said = { ...ada, 'checkout[shipping_address][country]': 'Vereinigte Staaten' };
    const { html, at } = await follow(browser(), said, '/de');
    expect(at).toMatch(/^\/de\/checkouts\//);
    expect(chosenOf(html, 'shipping_country')).toBe('US');
  });

  it('changes nothing that the shopper typed', async () => {
    const ask = browser();
    const { at } = await follow(ask, ada);
    const typed = {
      email: 'mary@example.com',
      shipping_country: 'DE',
      shipping_name: 'Mary Somerville',
      shipping_address1: 'Torstraße 1',
      shipping_zip: '10119',
      shipping_city: 'Berlin',
      intent: 'continue',
    };
    expect((await ask(at, typed)).to).toMatch(/\/delivery$/);
    const query = new URLSearchParams(ada).toString();
    expect((await ask(`/checkout?${query}`)).to).toContain('/checkouts/');
    const { html } = await ask(`${at}?${query}`);
    expect(valueOf(html, 'email')).toBe('mary@example.com');
    expect(valueOf(html, 'shipping_address1')).toBe('Torstraße 1');
    expect(valueOf(html, 'shipping_address2')).toBe('');
    expect(await stored()).toEqual([
      { email: 'mary@example.com', address: expect.objectContaining({ city: 'Berlin' }) },
    ]);
  });

  it('leaves a signed-in customer their own address of mail and of post', async () => {
    const ask = browser();
    await ask('/account/register', {
      'customer[email]': 'grace@example.com',
      'customer[password]': 'compiler 1952',
    });
    const first = await follow(ask, ada);
    expect(valueOf(first.html, 'email')).toBe('grace@example.com');
    expect(valueOf(first.html, 'shipping_city')).toBe('Sacramento');
    await lab.api.db.write(lab.merchant.storeId, (store) =>
      store.query(
        `INSERT INTO customer_addresses (store_id, address_id, customer_id, address, is_default)
         SELECT store_id, gen_random_uuid(), customer_id, $2::jsonb, true
         FROM customers WHERE store_id = $1 AND email = 'grace@example.com'`,
        [store.storeId, JSON.stringify(kept)],
      ),
    );
    const { html } = await follow(ask, ada);
    expect(html).not.toMatch(/ada@example|Sacramento/);
    expect(html).toContain('Kaiserplatz 2');
  });
});
