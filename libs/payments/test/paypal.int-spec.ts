import { Payments, PaymentsModule } from '@libs/payments';
import { PaymentWebhooks } from '@renderer/payments';
import { type Lab, openLab } from '@testing';
import { PaymentsWorkerModule } from '@worker/payments';
import { PaymentAccountRow, PaymentRow } from '../src/payments.entities';
import { FakePayPal } from './fake-paypal';
import { anAccount, aPayment, viewOf } from './payments-lab';

const paypal = new FakePayPal();
let lab: Lab;
let storeId: string;
let accountId: string;
const keys = { clientId: 'client-1', clientSecret: 'secret-1', webhookId: 'webhook-1' };

beforeAll(async () => {
  await paypal.listen();
  const modules = [PaymentsModule, PaymentsWorkerModule];
  lab = await openLab({ modules, env: { CARAVEL_PAYPAL_URL: paypal.url } });
  storeId = await lab.aStore();
  accountId = await anAccount(lab, storeId, { provider: 'paypal', testMode: true, keys });
}, 60_000);
afterAll(async () => {
  await paypal.close();
  await lab.close();
});

const payments = () => lab.get(Payments);
const view = (paymentId: string) => viewOf(lab, storeId, paymentId);

async function begun(money = {}): Promise<{ paymentId: string; ref: string }> {
  const paymentId = await aPayment(lab, storeId, accountId, money);
  const next = await payments().begin(storeId, paymentId);
  expect(next).toMatchObject({ kind: 'redirect', url: expect.stringContaining('paypal.com') });
  const row = await lab.db.read(storeId, (store) => store.rows(PaymentRow).findOne({ paymentId }));
  return { paymentId, ref: row?.providerRef ?? '' };
}

async function webhook(type: string, resource: object, good = true) {
  const row = await lab.db.read(storeId, (store) =>
    store.rows(PaymentAccountRow).findOne({ accountId }),
  );
  const told = {
    provider: 'paypal',
    accountKey: row?.accountKey ?? '',
    ...paypal.event(type, resource, good),
  };
  return lab.get(PaymentWebhooks).receive(storeId, told);
}

async function authorized() {
  const made = await begun();
  paypal.approve(made.ref);
  await payments().refresh(storeId, made.paymentId);
  expect(await view(made.paymentId)).toMatchObject({ state: 'authorized', authorizedMinor: 1000 });
  return made;
}

function want(
  work: (api: Payments, store: Parameters<Parameters<Lab['db']['write']>[1]>[0]) => Promise<void>,
) {
  return lab.db.write(storeId, (store) => work(payments(), store));
}

test('an order is made with the amount as PayPal writes it, and approved by the shopper', async () => {
  const { paymentId, ref } = await begun({ amountMinor: 123400, currency: 'HUF' });
  expect(paypal.orders.get(ref)?.purchase_units).toMatchObject([
    { custom_id: paymentId, amount: { currency_code: 'HUF', value: '1234' } },
  ]);
  expect((await view(paymentId)).state).toBe('action_required');
});

test('what the shopper has approved is authorized by us, once, whoever hears of it first', async () => {
  const { paymentId, ref } = await begun();
  paypal.approve(ref);
  const approved = { id: ref, purchase_units: [{ custom_id: paymentId }] };
  const answers = await Promise.all([
    webhook('CHECKOUT.ORDER.APPROVED', approved),
    payments().refresh(storeId, paymentId),
  ]);
  expect(answers[0]).toEqual({ status: 200 });
  expect(await view(paymentId)).toMatchObject({ state: 'authorized', authorizedMinor: 1000 });
  expect(paypal.orders.get(ref)?.purchase_units[0]?.payments?.authorizations).toHaveLength(1);
});

test('what is authorized ends when PayPal says, and is due while PayPal honours it', async () => {
  const { paymentId, ref } = await authorized();
  const [auth] = paypal.orders.get(ref)?.purchase_units[0]?.payments?.authorizations ?? [];
  expect((await view(paymentId)).authorizationExpiresAt).toBe(
    new Date(auth?.expiration_time ?? '').toISOString(),
  );
  const [row] = await lab.db.read(storeId, (store) =>
    store.query<{ dueAt: Date }>(
      'SELECT authorization_due_at AS "dueAt" FROM payments WHERE store_id = $1 AND payment_id = $2',
      [storeId, paymentId],
    ),
  );
  expect(row?.dueAt.getTime()).toBe(Date.parse(auth?.create_time ?? '') + 3 * 86_400_000);
});

test('a card that PayPal declines is a failed payment', async () => {
  const { paymentId, ref } = await begun();
  paypal.declines = 1;
  paypal.approve(ref);
  await payments().refresh(storeId, paymentId);
  expect(await view(paymentId)).toMatchObject({ state: 'failed', failure: 'INSTRUMENT_DECLINED' });
});

test('a part is captured once though the answer was lost, the rest let go, a part refunded', async () => {
  const { paymentId, ref } = await authorized();
  paypal.lose.push(/capture$/);
  await want((api, store) => api.wantCapture(store, { paymentId, amountMinor: 600, key: 'all' }));
  await lab.drain();
  await lab.db.write(storeId, async (store) => {
    await store.execute(
      `UPDATE payment_operations SET next_at = now() WHERE store_id = $1 AND state = 'sent'`,
      [storeId],
    );
    await store.execute(`UPDATE jobs SET run_at = now() WHERE store_id = $1 AND state = 'ready'`, [
      storeId,
    ]);
  });
  await lab.drain();
  expect(paypal.orders.get(ref)?.purchase_units[0]?.payments?.captures).toHaveLength(1);
  expect(await view(paymentId)).toMatchObject({
    state: 'part_captured',
    capturedMinor: 600,
    authorizedMinor: 0,
  });
  await want((api, store) => api.wantRefund(store, { paymentId, amountMinor: 250, key: 'r' }));
  await lab.drain();
  await payments().refresh(storeId, paymentId);
  expect((await view(paymentId)).refundedMinor).toBe(250);
});

test('an authorization is voided', async () => {
  const { paymentId } = await authorized();
  await want((api, store) => api.wantCancel(store, { paymentId, key: 'no' }));
  await lab.drain();
  expect(await view(paymentId)).toMatchObject({ state: 'canceled', authorizedMinor: 0 });
});

test('an order that was stopped is not taken when the shopper approves it after all', async () => {
  const { paymentId, ref } = await begun();
  await want((api, store) => api.wantCancel(store, { paymentId, key: 'expire' }));
  await lab.drain();
  paypal.approve(ref);
  await webhook('CHECKOUT.ORDER.APPROVED', { id: ref, purchase_units: [{ custom_id: paymentId }] });
  expect((await view(paymentId)).state).toBe('canceled');
  expect(paypal.orders.get(ref)?.purchase_units[0]?.payments).toBeUndefined();
});

test('a dispute and its end become a row', async () => {
  const { paymentId } = await authorized();
  const about = {
    dispute_id: 'PP-D-1',
    status: 'WAITING_FOR_SELLER_RESPONSE',
    reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
    dispute_amount: { currency_code: 'EUR', value: '10.00' },
    seller_response_due_date: '2026-12-01T00:00:00Z',
    create_time: '2026-11-22T00:00:00Z',
    disputed_transactions: [{ custom: paymentId, seller_transaction_id: 'M-9' }],
  };
  const outcome = { dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR' } };
  await webhook('CUSTOMER.DISPUTE.RESOLVED', { ...about, ...outcome, status: 'RESOLVED' });
  await webhook('CUSTOMER.DISPUTE.CREATED', about);
  const rows = await lab.db.read(storeId, (store) =>
    store.query(
      'SELECT status, amount_minor FROM disputes WHERE store_id = $1 AND payment_id = $2',
      [storeId, paymentId],
    ),
  );
  expect(rows).toEqual([{ status: 'won', amount_minor: 1000 }]);
});

test('a webhook counts only when PayPal says that it sent it', async () => {
  const { paymentId, ref } = await begun();
  paypal.approve(ref);
  const approved = { id: ref, purchase_units: [{ custom_id: paymentId }] };
  expect(await webhook('CHECKOUT.ORDER.APPROVED', approved, false)).toEqual({
    status: 400,
    reason: 'signature',
  });
  expect((await view(paymentId)).state).toBe('action_required');
});

test('a token that PayPal took back early is replaced at once, and the method stays', async () => {
  await begun();
  const offered = () =>
    lab.db.read(storeId, (store) =>
      payments().methods(store, { money: { amountMinor: 1000, currency: 'EUR' }, country: null }),
    );
  const fetched = paypal.tokens;
  paypal.revokeTokens();
  const { ref } = await begun();
  expect(paypal.orders.has(ref)).toBe(true);
  await begun();
  expect(paypal.tokens).toBe(fetched + 1);
  expect((await offered()).map((method) => method.accountId)).toContain(accountId);
});

test('wrong keys are told apart from an outage', async () => {
  const bad = { ...keys, clientSecret: 'secret-2' };
  const other = await anAccount(lab, storeId, { provider: 'paypal', testMode: true, keys: bad });
  const paymentId = await aPayment(lab, storeId, other);
  await expect(payments().begin(storeId, paymentId)).rejects.toMatchObject({
    cause: { kind: 'keys' },
  });
});
