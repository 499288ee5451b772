import { IdentityApiModule } from '@api/identity';
import { CustomersApiModule } from '@api/customers';
import { NotificationsApiModule } from '@api/notifications';
import { StoresApiModule } from '@api/stores';
import { CustomerCodeRequested } from '@libs/customers';
import { type MailboxMail, MailboxMailer, Mailer } from '@platform/mail';
import { type ApiLab, type Merchant, openApiLab } from '@testing';
import { NotificationsWorkerModule } from '@worker/notifications';

describe('the words of a store’s mails', () => {
  let lab: ApiLab;
  let anna: Merchant;

  beforeAll(async () => {
    lab = await openApiLab([
      IdentityApiModule,
      StoresApiModule,
      CustomersApiModule,
      NotificationsApiModule,
      NotificationsWorkerModule,
    ]);
    anna = await lab.aMerchant();
  });
  afterAll(() => lab.close());

  const call = (route: string, body?: unknown) => {
    const [method, path] = route.split(' ');
    return lab.call(`${method} /stores/${anna.storeId}/mail-templates${path}`, {
      token: anna.token,
      body,
    });
  };
  const mailsTo = async (address: string): Promise<MailboxMail[]> => {
    const mailer = lab.app.get(Mailer, { strict: false }) as MailboxMailer;
    return (await mailer.list()).filter(({ to }) => to === address);
  };
  const signIn = 'customer.sign_in';
  const words = {
    kind: signIn,
    locale: 'de',
    subject: 'Code {{code}} von {{store}}',
    body: 'Moin!\n\n{{#if code}}Hier: {{code}}{{/if}}\n\n{{#button}}Los{{/button}}',
  };

  it('are ours until the store writes its own, and ours again after a reset', async () => {
    const { body: list } = await call('GET ');
    const kinds = new Set(list.items.map((one: { kind: string }) => one.kind));
    expect(kinds.size).toBeGreaterThanOrEqual(7);
    const find = (items: { kind: string; locale: string }[]) =>
      items.find(({ kind, locale }) => kind === signIn && locale === 'de');
    expect(find(list.items)).toMatchObject({ customized: false, fields: ['code', 'store'] });
    expect(JSON.stringify(find(list.items))).toContain('Ihr Code zum Anmelden ist {{code}}.');
    const saved = await call('PUT ', words);
    expect([saved.status, saved.body.customized]).toEqual([200, true]);
    expect(find((await call('GET ')).body.items)).toMatchObject({ subject: words.subject });
    await sendCode('de-AT');
    const [mail] = (await mailsTo('ada@example.test')).slice(-1);
    expect(mail?.subject).toMatch(/^Code \d+ von /);
    expect(mail?.text).toMatch(/^Moin!\n\nHier: \d+\n\nLos: http/);
    expect(mail?.html).toContain('>Los</a>');
    const reset = await call('POST /resets', { kind: signIn, locale: 'de' });
    expect(reset.body).toMatchObject({ customized: false });
    await sendCode('de-AT');
    const [after] = (await mailsTo('ada@example.test')).slice(-1);
    expect(after?.subject).toContain('ist Ihr Code für');
  });

  it('are refused with part, line and reason', async () => {
    const answer = await call('PUT ', { ...words, body: 'Hallo\n\n{{password}}' });
    expect([answer.status, answer.body.code]).toEqual([422, 'notifications.mail-template']);
    expect(answer.body.detail).toContain(
      'line 3: there is no {{password}} here; there are {{code}}',
    );
    expect(answer.body.errors[0].field).toBe('body');
    const unknown = await call('PUT ', { ...words, kind: 'order.vanished' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'notifications.mail-kind-not-found']);
    const twoLines = await call('PUT ', { ...words, subject: 'a\nBcc: x@example.test' });
    expect(twoLines.status).toBe(422);
  });

  it('can be looked at before they are kept, and sent to whoever asks', async () => {
    const key = { kind: 'order.confirmed', locale: 'ar' };
    const { body: now } = await call('POST /previews', key);
    expect(now.html).toContain('dir="rtl"');
    expect(now.text).toContain('2 × Vase, Blue');
    const { body: draft } = await call('POST /previews', {
      ...key,
      subject: 'X {{number}}',
      body: '<b>{{name}}</b>\n\n{{#button}}Go{{/button}}',
    });
    expect(draft.subject).toBe('X \u2068#1001\u2069');
    expect(draft.html).toContain('&lt;b&gt;<bdi dir="ltr">Ada Lovelace</bdi>&lt;/b&gt;');
    // What the law asks for stands there all the same, in the language of the mail.
    expect(draft.text).toContain('العدول عن العقد من هنا: https://shop.example/withdraw');
    const said = await call('POST /previews', {
      ...key,
      body: 'W {{withdrawal}}\n\n{{#button}}Go{{/button}}',
    });
    expect(said.body.text.match(/shop\.example\/withdraw/g)).toHaveLength(1);
    const sent = await call('POST /tests', key);
    expect(sent.body).toEqual({ to: anna.email });
    expect(await mailsTo(anna.email)).toHaveLength(1);
    const wrong = await call('POST /previews', { ...key, body: '{{#if x}}' });
    expect(wrong.status).toBe(422);
  });

  const sendCode = async (locale: string) => {
    const email = 'ada@example.test';
    const path = `/stores/${anna.storeId}/customers`;
    await lab.call(`POST ${path}`, { token: anna.token, body: { email } });
    const { body } = await lab.call(`GET ${path}?query=ada`, { token: anna.token });
    const payload = { customerId: body.items[0].id, purpose: 'sign_in', locale } as const;
    await lab.db.write(anna.storeId, (store) => {
      store.publish(CustomerCodeRequested, { ...payload, origin: 'http://shop.localhost' });
      return Promise.resolve();
    });
    await lab.drain();
  };
});
