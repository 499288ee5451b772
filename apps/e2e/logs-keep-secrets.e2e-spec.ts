import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakePayPal } from '../../libs/payments/test/fake-paypal';
import { FakeStripe } from '../../libs/payments/test/fake-stripe';
import { testSecret } from '../../libs/testing/jest/settings.cjs';
import { Fleet } from './test/fleet';
import { findLeaks, type Secret } from './test/log-scan';
import { eventually } from './test/merchant';
import { SaleDay } from './test/sale-day';
import { ask, type PageAnswer } from './test/shopper';

jest.setTimeout(400_000);

const card = '4242 4242 4242 4242';
const keys = {
  stripe: {
    secretKey: 'sk_test_nobody_may_read_this',
    webhookSecret: 'whsec_nobody_may_read_this',
    publishableKey: 'pk_test_1',
  },
  paypal: {
    clientId: 'client-of-paypal',
    clientSecret: 'paypal-secret-of-nobody',
    webhookId: 'w1',
  },
};
const isYourCode = /(\d{3} ?\d{3}) is your code/;
const password = 'a shopper’s own long password';

describe('what api, renderer and worker write into their logs in a day of sales', () => {
  const stripe = new FakeStripe();
  const paypal = new FakePayPal();
  let fleet: Fleet;
  let day: SaleDay;
  const secrets: Secret[] = [];
  const know = (what: string, value: string) => secrets.push({ what, value });

  beforeAll(async () => {
    await Promise.all([stripe.listen(), paypal.listen()]);
    fleet = await Fleet.open({
      renderers: 1,
      workers: 1,
      env: {
        CARAVEL_STRIPE_URL: stripe.url,
        CARAVEL_PAYPAL_URL: paypal.url,
        LOG_LEVEL: 'debug',
      },
    });
    day = await SaleDay.open(fleet, { shoppers: 4, units: 3, withCode: 2, uses: 1 }, 1);
    know('the secret of the platform', testSecret);
    know('the password of the database', new URL(fleet.ownerUrl).password);
    know('the password of the merchant', 'a long enough password');
    know('the token of the merchant', day.store.merchant.token);
  });
  afterAll(async () => {
    await fleet?.close();
    await Promise.all([stripe.close(), paypal.close()]);
  });

  const visit = (path: string, form?: Record<string, string>, cookie = ''): Promise<PageAnswer> => {
    const body = form && new URLSearchParams(form).toString();
    return ask({ shop: fleet.shopPort, tls: 0 }, day.store.place.host, path, {
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        ...(body === undefined
          ? {}
          : {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': String(Buffer.byteLength(body)),
            }),
      },
      ...(body === undefined ? {} : { body }),
    });
  };
  const cookiesOf = (answer: PageAnswer) =>
    [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '');
  const knowCookies = (answer: PageAnswer): string => {
    for (const pair of cookiesOf(answer)) {
      const [name = '', value = ''] = pair.split('=');
      if (value.length >= 20) know(`the cookie ${name}`, value);
    }
    return cookiesOf(answer).join('; ');
  };
  const mails = (): string[] => {
    const dir = join(fleet.home, 'data', 'mailbox');
    // There is none before the first mail.
    const files = existsSync(dir) ? readdirSync(dir) : [];
    return files
      .filter((file) => file.endsWith('.json'))
      .map((file) => readFileSync(join(dir, file), 'utf8'));
  };

  it('opens accounts at providers, also with keys that are not taken', async () => {
    for (const [provider, right] of Object.entries(keys)) {
      const account = { provider, title: provider, testMode: true, enabled: true };
      await day.store.merchant.done('POST /payment-accounts', {
        body: { ...account, keys: right },
      });
      for (const [name, value] of Object.entries(right))
        if (value.length > 16) know(`${provider} ${name}`, value);
      const wrong = `sk_test_wrong_${provider}_of_nobody`;
      know(`a wrong key of ${provider}`, wrong);
      const typed = Object.fromEntries(Object.keys(right).map((name) => [name, wrong]));
      const refused = { ...account, keys: typed };
      await day.store.merchant.call('POST /payment-accounts', { body: refused });
    }
    expect(secrets.length).toBeGreaterThan(8);
  });

  it('gives out a gift card, which a shopper spends', async () => {
    const given = await day.store.merchant.done('POST /gift-cards', {
      body: { amountMinor: 5_000, currency: 'EUR' },
    });
    know('the code of a gift card', given.code);
    know('the code of a gift card, as typed', given.code.replaceAll(/[\s-]/g, ''));
    const cart = knowCookies(
      await visit('/cart/add', { id: String(day.store.goods.plenty), quantity: '1' }),
    );
    const begun = await visit('/checkout', undefined, cart);
    const base = /^(?:https?:\/\/[^/]+)?(\/.*\/?checkouts\/([\w-]{32}))/.exec(
      begun.headers.location ?? '',
    );
    expect(base).not.toBeNull();
    know('the token of a checkout', base?.[2] ?? '');
    const cookie = [cart, knowCookies(begun)].join('; ');
    const entered = await visit(`${base?.[1]}/codes`, { code: given.code }, cookie);
    expect(entered.status).toBeLessThan(400);
    const wrong = 'WRON GCOD EWRO NGCO';
    know('a wrong code', wrong);
    await visit(`${base?.[1]}/codes`, { code: wrong }, cookie);
    // Whoever types a card’s number where it does not belong.
    await visit(`${base?.[1]}/information`, { shipping_name: card, email: card }, cookie);
    await visit(`/search?q=${encodeURIComponent(card)}`);
    await visit('/cart/add', { id: card, quantity: card }, cookie);
  });

  it('lets a customer in, by password and by a code of one use', async () => {
    const email = 'ada@example.test';
    know('the password of a customer', password);
    knowCookies(
      await visit('/account/register', {
        'customer[email]': email,
        'customer[password]': password,
        'customer[first_name]': 'Ada',
      }),
    );
    knowCookies(
      await visit('/account/login', { 'customer[email]': email, 'customer[password]': password }),
    );
    await visit('/account/login', {
      'customer[email]': email,
      'customer[password]': `${password}!`,
    });
    await visit('/account/code', { 'customer[email]': email });
    const code = await eventually('the code to be mailed', () => {
      const mail = mails().find((text) => text.includes(email) && isYourCode.test(text));
      return Promise.resolve(isYourCode.exec(mail ?? '')?.[1] ?? null);
    });
    know('a code of one use', code);
    know('a code of one use, as typed', code.replace(' ', ''));
    knowCookies(await visit('/account/code', { 'customer[email]': email, 'customer[code]': code }));
  });

  it('sells, while PostgreSQL goes away', async () => {
    const visits = day.sell();
    await fleet.crashPostgres();
    await visits;
    await day.drain();
    for (const mail of mails()) {
      for (const [, token = ''] of mail.matchAll(/\/orders\/([\w-]{32,})/g))
        know('the token of an order', token);
    }
    for (const { account } of fleet.provider.books.list()) know('the test provider', account);
    const notOurs = { 'content-length': '2', 'test-payments-signature': 't=1,v1=00' };
    await ask({ shop: fleet.shopPort, tls: 0 }, day.store.place.host, '/webhooks/test/nobody', {
      method: 'POST',
      headers: notOurs,
      body: card.slice(0, 2),
    });
    expect(secrets.filter(({ what }) => what === 'the token of an order')).not.toEqual([]);
  });

  it('I25: holds none of it, in no log', () => {
    const written = fleet.names.map((name) => ({ name, log: fleet.log(name) }));
    for (const { name, log } of written) {
      expect([name, log.split('\n').length > 10]).toEqual([name, true]);
      expect([name, findLeaks(log, secrets)]).toEqual([name, []]);
    }
  });

  it('I25: the scan finds what it looks for', () => {
    const lines = `{"path":"/x","note":"${card}"}\nnothing\nsk_test_1`;
    expect(findLeaks(lines, [{ what: 'a key', value: 'sk_test_1' }])).toEqual([
      expect.stringContaining('like a card 4242 4242 4242 4242'),
      'a key: sk_test_1',
    ]);
    expect(findLeaks('{"time":1795304166078,"id":"4242424242424241"}', [])).toEqual([]);
  });
});
