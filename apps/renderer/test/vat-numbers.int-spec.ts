import {
  openViesServer,
  validNumber,
  type ViesServer,
} from '../../../libs/checkout/test/vies-server';
import { UncheckedNumbers } from '../../../libs/checkout/src/checkouts/unchecked-numbers.service';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { type ShopLab, openShopLab } from './shop-lab';

describe('the VAT number of a company that buys', () => {
  let vies: ViesServer;
  let lab: ShopLab;
  let manual: string;
  let variant: number;

  beforeAll(async () => {
    vies = await openViesServer();
    const { url } = vies;
    lab = await openShopLab(aTheme({}), { CARAVEL_VIES_URL: url });
    const from = '2026-01-01';
    for (const [path, body] of [
      ['/products', product],
      ['/tax-registrations', { scheme: 'local', country: 'DE', number: 'DE136695976', from }],
      ['/tax-registrations', { scheme: 'oss', country: 'DE', number: 'DE136695976', from }],
    ] as const)
      expect([path, (await lab.call(`POST ${path}`, body)).status]).toEqual([path, 201]);
    await lab.call('PATCH /tax-settings', { untaxed: 'strip' });
    const account = { provider: 'manual', title: 'Bank transfer', enabled: true };
    manual = (await lab.call('POST /payment-accounts', account)).body.id;
    await lab.api.drain();
    const [row] = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants'),
    );
    variant = row?.id ?? 0;
  }, 120_000);
  afterAll(async () => {
    vies.close();
    await lab.close();
  });
  beforeEach(() => {
    vies.asked.length = 0;
    vies.says = validNumber;
  });

  const product = {
    title: 'Course',
    handle: 'course',
    status: 'active',
    variants: [{ priceMinor: 11_900, requiresShipping: false }],
  };
  const visit = async (path: string, form?: Record<string, string>, cookie = '') => {
    const answer = await lab.visit(path, {
      method: form ? 'POST' : 'GET',
      headers: { cookie, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      body: Buffer.from(new URLSearchParams(form ?? {}).toString()),
    });
    const html = answer.body.toString().replaceAll('\u00a0', ' ');
    return { ...answer, html, to: String(answer.headers.location ?? '') };
  };
  const aCheckout = async (): Promise<string> => {
    const added = await visit('/cart/add', { id: String(variant), quantity: '1' });
    const cart = /cart=[\w-]+/.exec(String(added.headers['set-cookie']))?.[0] ?? '';
    return (await visit('/checkout', undefined, cart)).to;
  };
  const company = (vat_number: string) => ({
    email: 'ada@example.com',
    billing_country: 'FR',
    billing_name: 'Ada Lovelace',
    billing_company: 'SARL Exemple',
    billing_address1: '1 rue de Rivoli',
    billing_zip: '75001',
    billing_city: 'Paris',
    vat_number,
    intent: 'continue',
  });
  const hidden = (html: string, name: string): string =>
    new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';

  it('that is valid in another member state: no VAT, and the order keeps the proof', async () => {
    const base = await aCheckout();
    const sent = await visit(`${base}/information`, company('40 303 265 045'));
    expect([sent.status, sent.to]).toEqual([303, `${base}/payment`]);
    expect(vies.asked).toEqual([
      {
        path: '/check-vat-number',
        countryCode: 'FR',
        vatNumber: '40303265045',
        requesterMemberStateCode: 'DE',
        requesterNumber: '136695976',
      },
    ]);
    const { html } = await visit(`${base}/payment`);
    expect(html).toContain('Reverse charge: the recipient accounts for the VAT (FR40303265045).');
    expect(html).toContain('100.00');
    const form = {
      payment: manual,
      pay_key: hidden(html, 'pay_key'),
      quote_hash: hidden(html, 'quote_hash'),
    };
    expect((await visit(`${base}/payment`, form)).to).toBe(base.replace('/checkouts/', '/orders/'));
    const { body: list } = await lab.call('GET /orders');
    const { body: order } = await lab.call(`GET /orders/${list.items[0].id}`);
    expect(order.totalMinor).toBe(10_000);
    expect(order.reasons.vatNumber).toMatchObject({
      number: 'FR40303265045',
      check: 'valid',
      consultation: 'WAPIAAAAY1',
      name: 'SARL EXEMPLE',
    });
    expect(order.reasons.tax).toMatchObject({ scheme: 'reverse_charge' });
  });

  it('is told apart from a slip, and from one that the register does not know', async () => {
    const base = await aCheckout();
    const slip = await visit(`${base}/information`, company('FR40303265046'));
    expect([slip.status, slip.html.includes('This is not a VAT number')]).toEqual([422, true]);
    expect([slip.html.includes('value="FR40303265046"'), vies.asked]).toEqual([true, []]);
    vies.says = { status: 200, body: { valid: false } };
    const unknown = await visit(`${base}/information`, company('FR40303265045'));
    expect([unknown.status, unknown.html.includes('does not know this one')]).toEqual([422, true]);
    const without = await visit(`${base}/information`, company(''));
    expect(without.to).toBe(`${base}/payment`);
    expect((await visit(`${base}/payment`)).html).not.toContain('Reverse charge');
  });

  it.each([
    ['is down', { status: 503, body: 'gone' }],
    ['says that the member state is', { status: 200, body: { actionSucceed: false } }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['is slow', null],
  ] as const)('is charged VAT, and told so, when the register %s', async (_, trouble) => {
    vies.says = trouble;
    const base = await aCheckout();
    expect((await visit(`${base}/information`, company('FR40303265045'))).status).toBe(303);
    const { html } = await visit(`${base}/payment`);
    expect(html).toContain('FR40303265045 could not be checked just now, so VAT is charged');
    expect(html).toContain('19.83');
  });

  it('that is found valid while the checkout is open: the price without VAT is shown before it is paid', async () => {
    vies.says = { status: 503, body: 'gone' };
    const base = await aCheckout();
    await visit(`${base}/information`, company('FR40303265045'));
    const { html } = await visit(`${base}/payment`);
    expect(html).toContain('119.00');
    vies.says = validNumber;
    await lab.api.db.write(lab.merchant.storeId, (store) =>
      store.execute(
        'UPDATE checkouts SET vat_next_at = now() WHERE store_id = $1 AND vat_next_at IS NOT NULL',
        [lab.merchant.storeId],
      ),
    );
    const [row] = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: string }>(
        `SELECT checkout_id AS id FROM checkouts WHERE store_id = $1 AND vat_next_at <= now()
         ORDER BY checkout_id DESC LIMIT 1`,
        [lab.merchant.storeId],
      ),
    );
    await lab.renderer
      .get(UncheckedNumbers, { strict: false })
      .ask(lab.merchant.storeId, row?.id ?? '');
    const form = (page: string) => ({
      payment: manual,
      pay_key: hidden(page, 'pay_key'),
      quote_hash: hidden(page, 'quote_hash'),
    });
    const told = await visit(`${base}/payment`, form(html));
    expect(told.status).toBe(422);
    expect(told.html).toContain('The price has changed');
    expect(told.html).toContain('Reverse charge: the recipient accounts for the VAT');
    expect(told.html).toContain('100.00');
    const paid = await visit(`${base}/payment`, form(told.html));
    expect(paid.to).toBe(base.replace('/checkouts/', '/orders/'));
    const { body: list } = await lab.call('GET /orders');
    expect(list.items[0].totalMinor).toBe(10_000);
  });

  it('is asked for only where it changes something', async () => {
    const base = await aCheckout();
    const home = await visit(`${base}/information`);
    expect(home.html).not.toContain('vat_number');
    const asks = async (billing_country: string) => {
      const form = { ...company(''), billing_country, intent: 'country' };
      return (await visit(`${base}/information`, form)).html.includes('name="vat_number"');
    };
    expect([await asks('FR'), await asks('DE'), await asks('US'), await asks('CH')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
