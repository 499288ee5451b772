import { CustomersApiModule } from '@api/customers';
import { IdentityApiModule } from '@api/identity';
import { NotificationsApiModule } from '@api/notifications';
import { StoresApiModule } from '@api/stores';
import { newId } from '@libs/kernel';
import { Secrets } from '@platform/secrets';
import { type ApiLab, type Merchant, openApiLab } from '@testing';
import { MarketingConsent } from '../src/abandoned-carts/marketing-consent.service';

describe('unsubscribing', () => {
  let lab: ApiLab;
  let anna: Merchant;
  const email = 'ada@example.test';

  beforeAll(async () => {
    lab = await openApiLab([
      IdentityApiModule,
      StoresApiModule,
      CustomersApiModule,
      NotificationsApiModule,
    ]);
    anna = await lab.aMerchant();
  });
  afterAll(() => lab.close());

  const api = (route: string, body?: unknown) => {
    const [method, path] = route.split(' ');
    return lab.call(`${method} /stores/${anna.storeId}${path}`, { token: anna.token, body });
  };
  const aMail = async (locale: string, to = email): Promise<string> => {
    const checkoutId = newId();
    await lab.db.write(anna.storeId, (store) =>
      store.execute(
        `INSERT INTO abandoned_cart_mails (store_id, checkout_id, cart_id, email, locale)
         VALUES ($1, $2, gen_random_uuid(), $3, $4)`,
        [anna.storeId, checkoutId, to, locale],
      ),
    );
    const consent = lab.app.get(MarketingConsent, { strict: false });
    const token = consent.tokenOf(anna.storeId, { checkoutId, email: to, locale });
    return `!/unsubscribe/${anna.storeId}/${checkoutId}/${token}`;
  };
  const mayMail = () =>
    lab.db.read(anna.storeId, (store) =>
      lab.app.get(MarketingConsent, { strict: false }).mayMail(store, { email, consent: null }),
    );

  it('takes consent back by one POST, with time and source, and not by looking', async () => {
    const { body: ada } = await api('POST /customers', { email });
    const granted = { kind: 'email_marketing', granted: true, source: 'shop' };
    await api(`POST /customers/${ada.id}/consents`, granted);
    expect(await mayMail()).toBe(true);
    const path = await aMail('ar');
    const asked = await lab.call(`GET ${path}`);
    expect([asked.status, await mayMail()]).toEqual([200, true]);
    expect(asked.text).toContain('dir="rtl"');
    expect(asked.text).toContain('<form method="post">');
    const done = await lab.call(`POST ${path}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect([done.status, await mayMail()]).toEqual([200, false]);
    const { body } = await api(`GET /customers/${ada.id}/consents`);
    const last = body.items.at(-1);
    expect(last).toMatchObject({ granted: false });
    expect(last.source).toContain('mail about the cart');
    expect((await lab.call(`POST ${path}`)).status).toBe(200);
  });

  it('needs nothing but its link: what was kept of the mail may be gone', async () => {
    const { body: ada } = await api('POST /customers', { email: 'ada@later.test' });
    const granted = { kind: 'email_marketing', granted: true, source: 'shop' };
    await api(`POST /customers/${ada.id}/consents`, granted);
    const path = await aMail('de', 'ada@later.test');
    expect(path).not.toContain('later.test');
    await lab.db.write(anna.storeId, (store) =>
      store.execute('DELETE FROM abandoned_cart_mails WHERE store_id = $1', [anna.storeId]),
    );
    const asked = await lab.call(`GET ${path}`);
    expect([asked.status, asked.text?.includes('ada@later.test')]).toEqual([200, true]);
    expect((await lab.call(`POST ${path}`)).status).toBe(200);
    const { body } = await api(`GET /customers/${ada.id}/consents`);
    expect(body.items.at(-1)).toMatchObject({ granted: false });
  });

  it('knows links of mails before they carried the address, as long as their rows stay', async () => {
    const path = await aMail('en');
    const [, , , checkoutId = ''] = path.split('/');
    const { storeId } = anna;
    const signature = lab.app
      .get(Secrets, { strict: false })
      .sign(`${storeId} ${checkoutId}`, 'unsubscribe');
    const old = `!/unsubscribe/${storeId}/${checkoutId}/${signature}`;
    expect((await lab.call(`GET ${old}`)).status).toBe(200);
    expect((await lab.call(`GET ${old.replace(checkoutId, newId())}`)).status).toBe(404);
  });

  it('knows only links that were given', async () => {
    const path = await aMail('en');
    expect((await lab.call(`POST ${path}x`)).status).toBe(404);
    const other = await lab.aMerchant();
    expect((await lab.call(`POST ${path.replace(anna.storeId, other.storeId)}`)).status).toBe(404);
    expect((await lab.call('GET !/unsubscribe/a/b/c')).status).toBe(404);
  });

  it('is a choice of the store that is off at first', async () => {
    const { body } = await api('GET /abandoned-cart-mail');
    expect(body).toMatchObject({ enabled: false, delayHours: 10 });
    const chosen = await api('PUT /abandoned-cart-mail', { enabled: true, delayHours: 4 });
    expect(chosen.body).toMatchObject({ enabled: true, delayHours: 4 });
    const wrong = await api('PUT /abandoned-cart-mail', { enabled: true, delayHours: 21 });
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'delayHours']);
  });
});
