import StripeApi from 'stripe';
import { type ApiLab, type Merchant, openApiLab } from '@testing';
import { slices } from '../../api/src/slices';
import { type OpenRenderer, openRenderer } from './shop-lab';

/** What a merchant types in, and a provider then sends. */
describe('webhooks of payment providers', () => {
  let api: ApiLab;
  let renderer: OpenRenderer;
  let merchant: Merchant;
  let path: string;
  const secretKey = 'sk_test_a_secret_of_stripe';
  const keys = { secretKey, webhookSecret: 'whsec_one', publishableKey: 'pk_test_one' };

  beforeAll(async () => {
    api = await openApiLab(slices);
    renderer = await openRenderer(api);
    merchant = await api.aMerchant();
    const made = await call('POST /payment-accounts', {
      provider: 'stripe',
      testMode: true,
      enabled: true,
      keys,
    });
    expect(made.status).toBe(201);
    expect(made.text).not.toContain(secretKey);
    path = new URL(made.body.webhookUrl).pathname;
  }, 120_000);
  afterAll(async () => {
    await renderer.close();
    await api.close();
  });

  function call(route: string, body?: unknown) {
    const [method, rest] = route.split(' ');
    const address = `${method} /stores/${merchant.storeId}${rest}`;
    return api.call(address, { token: merchant.token, body });
  }

  function send(to: string, secret = 'whsec_one', more = {}) {
    const object = { id: 'pi_1', object: 'payment_intent', metadata: {} };
    const event = { id: `evt_${secret}`, object: 'event', type: 'x', livemode: false };
    const payload = JSON.stringify({ ...event, data: { object } });
    const signature = StripeApi.webhooks.generateTestHeaderString({ payload, secret });
    const headers = { 'stripe-signature': signature, 'content-type': 'application/json' };
    const body = Buffer.from(payload);
    return renderer.visit(merchant, to, { method: 'POST', headers, body, ...more });
  }

  it('are taken when they are signed, whoever may see the store', async () => {
    expect((await send(path)).status).toBe(200);
    const { status } = await api.call(`PATCH /stores/${merchant.storeId}`, {
      token: merchant.token,
      body: { storefrontPassword: 'a secret word' },
    });
    expect(status).toBe(200);
    expect((await send(path)).status).toBe(200);
  });

  it('are refused with another signature, at another address, or by another verb', async () => {
    expect((await send(path, 'whsec_other')).status).toBe(400);
    expect((await send('/webhooks/stripe/another')).status).toBe(404);
    expect((await send(path.replace('stripe', 'paypal'))).status).toBe(404);
    const visit = await send(path, 'whsec_one', { method: 'GET' });
    expect([visit.status, visit.headers.allow]).toEqual([405, 'POST']);
  });

  it('have accounts whose secrets nobody reads, and whose modes do not mix', async () => {
    const { body, text } = await call('GET /payment-accounts');
    expect(text).not.toMatch(/sk_test|whsec_/);
    const [account] = body.items;
    expect(account.keys).toContainEqual(
      expect.objectContaining({ name: 'secretKey', isSet: true, value: null }),
    );
    const patch = `PATCH /payment-accounts/${account.id}`;
    expect((await call(patch, { testMode: false })).body.code).toBe('payments.key-mode');
    const wrong = await call(patch, { keys: { secretKey: 'sk_live_x' } });
    expect(wrong.body.errors[0].field).toBe('keys.secretKey');
    expect((await call(patch, { keys: { sesame: 'x' } })).body.code).toBe('payments.bad-key');
    const bare = await call('POST /payment-accounts', { provider: 'paypal', enabled: true });
    expect(bare.body.code).toBe('payments.key-missing');
  });
});
