import { Payments } from '@libs/payments';
import { PaymentWebhooks } from '@renderer/payments';
import { type Lab, openLab } from '@testing';
import { PaymentsModule } from '@libs/payments';
import { PaymentsWorkerModule } from '@worker/payments';
import { PaymentAccounts } from '../src/accounts/payment-accounts.service';
import { listDisputes } from '../src/disputes.queries';
import { PaymentAccountRow, PaymentRow } from '../src/payments.entities';
import { FakeStripe } from './fake-stripe';
import { anAccount, aPayment, viewOf } from './payments-lab';

const stripe = new FakeStripe();
let lab: Lab;
let storeId: string;
let accountId: string;
const keys = {
  secretKey: 'sk_test_good1',
  webhookSecret: 'whsec_one',
  publishableKey: 'pk_test_1',
};

beforeAll(async () => {
  await stripe.listen();
  const modules = [PaymentsModule, PaymentsWorkerModule];
  lab = await openLab({ modules, env: { CARAVEL_STRIPE_URL: stripe.url } });
  storeId = await lab.aStore();
  accountId = await anAccount(lab, storeId, { provider: 'stripe', testMode: true, keys });
}, 60_000);
afterAll(async () => {
  await stripe.close();
  await lab.close();
});

const payments = () => lab.get(Payments);
const view = (paymentId: string) => viewOf(lab, storeId, paymentId);

async function begun(amountMinor = 1000): Promise<{ paymentId: string; ref: string }> {
  const paymentId = await aPayment(lab, storeId, accountId, { amountMinor, flow: 'browser' });
  await payments().begin(storeId, paymentId);
  return { paymentId, ref: await refOf(paymentId) };
}

async function refOf(paymentId: string): Promise<string> {
  const row = await lab.db.read(storeId, (store) => store.rows(PaymentRow).findOne({ paymentId }));
  return row?.providerRef ?? '';
}

async function webhook(
  type: string,
  object: Parameters<FakeStripe['event']>[1],
  secret = 'whsec_one',
  how = {},
) {
  const row = await lab.db.read(storeId, (store) =>
    store.rows(PaymentAccountRow).findOne({ accountId }),
  );
  const request = { provider: 'stripe', accountKey: row?.accountKey ?? '' };
  const told = { ...request, ...stripe.event(type, object, secret, how) };
  return lab.get(PaymentWebhooks).receive(storeId, told);
}

async function authorized(amountMinor = 1000) {
  const made = await begun(amountMinor);
  stripe.authorize(made.ref);
  await payments().refresh(storeId, made.paymentId);
  expect((await view(made.paymentId)).state).toBe('authorized');
  return made;
}

function want(
  work: (api: Payments, store: Parameters<Parameters<Lab['db']['write']>[1]>[0]) => Promise<void>,
) {
  return lab.db.write(storeId, (store) => work(payments(), store));
}

test('an intent is made once, for a field on our page; no secret key leaves', async () => {
  const paymentId = await aPayment(lab, storeId, accountId, { flow: 'browser' });
  const [first, second] = [
    await payments().begin(storeId, paymentId),
    await payments().begin(storeId, paymentId),
  ];
  expect(second).toEqual(first);
  expect(first).toMatchObject({ kind: 'browser', publicData: { publishableKey: 'pk_test_1' } });
  expect(JSON.stringify(first)).not.toContain('sk_test');
  const made = [...stripe.intents.values()].filter(
    (intent) => (intent.metadata as { payment_id?: string }).payment_id === paymentId,
  );
  expect(made).toMatchObject([{ amount: 1000, currency: 'eur', capture_method: 'manual' }]);
});

test('a failure, a check by the bank and a success by webhook, each once, in any order', async () => {
  const { paymentId, ref } = await begun();
  const intent = stripe.intents.get(ref)!;
  stripe.fail(ref, 'insufficient_funds');
  expect(await webhook('payment_intent.payment_failed', intent)).toEqual({ status: 200 });
  expect(await view(paymentId)).toMatchObject({ state: 'failed', failure: 'insufficient_funds' });
  const late = structuredClone(intent);
  stripe.challenge(ref);
  stripe.authorize(ref);
  await webhook('payment_intent.amount_capturable_updated', intent);
  await webhook('payment_intent.payment_failed', late);
  expect(await view(paymentId)).toMatchObject({ state: 'authorized', authorizedMinor: 1000 });
});

test('what is authorized ends when the card’s bank says, and after a week where that is not told', async () => {
  stripe.captureBefore = Date.UTC(2026, 11, 5, 8) / 1000;
  const { paymentId } = await authorized();
  const { authorizationExpiresAt } = await view(paymentId);
  expect(authorizationExpiresAt).toBe('2026-12-05T08:00:00.000Z');
  stripe.captureBefore = undefined;
  const made = await authorized();
  const created = Number(stripe.intents.get(made.ref)?.['created']);
  expect((await view(made.paymentId)).authorizationExpiresAt).toBe(
    new Date((created + 7 * 86_400) * 1000).toISOString(),
  );
  await want((api, store) => api.wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }));
  await lab.drain();
  expect(await view(paymentId)).toMatchObject({ state: 'captured', authorizationExpiresAt: null });
});

test('a webhook finds its payment although the answer that named it was lost', async () => {
  loseAnswer(/payment_intents$/);
  const paymentId = await aPayment(lab, storeId, accountId, { flow: 'browser' });
  await expect(payments().begin(storeId, paymentId)).rejects.toMatchObject({
    code: 'payments.provider-unreachable',
  });
  const intent = [...stripe.intents.values()].at(-1)!;
  stripe.authorize(intent.id);
  await webhook('payment_intent.amount_capturable_updated', intent);
  expect((await view(paymentId)).state).toBe('authorized');
  expect(await refOf(paymentId)).toBe(intent.id);
});

test('a part is captured once though the answer was lost; the rest is let go; a part goes back', async () => {
  const { paymentId } = await authorized();
  loseAnswer(/capture$/);
  await want((api, store) => api.wantCapture(store, { paymentId, amountMinor: 600, key: 'all' }));
  await lab.drain();
  await due();
  await lab.drain();
  expect(await view(paymentId)).toMatchObject({
    state: 'part_captured',
    capturedMinor: 600,
    authorizedMinor: 0,
  });
  await want((api, store) => api.wantRefund(store, { paymentId, amountMinor: 250, key: 'r' }));
  await lab.drain();
  expect(await view(paymentId)).toMatchObject({ refundedMinor: 250 });
});

test('a capture whose key was forgotten is looked for before it is repeated', async () => {
  const { paymentId, ref } = await authorized();
  loseAnswer(/capture$/);
  await want((api, store) => api.wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }));
  await lab.drain();
  await lab.db.write(storeId, (store) =>
    store.execute(
      `UPDATE payment_operations SET round_sent_at = now() - interval '2 days' WHERE store_id = $1 AND payment_id = $2`,
      [storeId, paymentId],
    ),
  );
  const sent = () => stripe.requests.filter((line) => line.endsWith(`${ref}/capture`)).length;
  const before = sent();
  await due();
  await lab.drain();
  expect(sent()).toBe(before);
  expect(await view(paymentId)).toMatchObject({ state: 'captured', capturedMinor: 1000 });
});

test('an authorization is let go, and stays so', async () => {
  const { paymentId, ref } = await authorized();
  await want((api, store) => api.wantCancel(store, { paymentId, key: 'no' }));
  await lab.drain();
  expect(await view(paymentId)).toMatchObject({ state: 'canceled', authorizedMinor: 0 });
  expect(stripe.intents.get(ref)?.status).toBe('canceled');
});

test('a refund and a dispute made at Stripe are taken over', async () => {
  const { paymentId, ref } = await authorized();
  await want((api, store) => api.wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }));
  await lab.drain();
  const theirs = { currency: 'eur', payment_intent: ref, created: 1_760_000_300, metadata: {} };
  const refund = { ...theirs, id: 're_theirs', object: 'refund', amount: 100, status: 'succeeded' };
  const evidence_details = { due_by: 1_770_000_000 };
  const dispute = {
    ...theirs,
    id: 'dp_1',
    object: 'dispute',
    amount: 900,
    status: 'needs_response',
    reason: 'fraudulent',
    evidence_details,
  };
  stripe.refunds.push(refund);
  stripe.disputes.push(dispute);
  await webhook('refund.created', refund);
  await webhook('charge.dispute.created', dispute);
  expect((await view(paymentId)).refundedMinor).toBe(100);
  const rows = await lab.db.read(storeId, (store) =>
    store.query(
      'SELECT status, reason, amount_minor FROM disputes WHERE store_id = $1 AND payment_id = $2',
      [storeId, paymentId],
    ),
  );
  expect(rows).toEqual([{ status: 'open', reason: 'fraudulent', amount_minor: 900 }]);
  const page = (after: [string, string] | null) =>
    lab.db.read(storeId, (store) => listDisputes(store, { limit: 10, after }));
  const [listed] = await page(null);
  expect(listed).toMatchObject({ id: 'dp_1', paymentId, orderId: null, status: 'open' });
  expect(await page([listed!.openedAt, listed!.id])).toEqual([]);
});

test('webhooks are refused that are another’s, too old or of the other mode', async () => {
  const { ref } = await begun();
  const intent = stripe.intents.get(ref)!;
  const refused = (reason: string) => ({ status: 400, reason });
  expect(await webhook('x', intent, 'whsec_other')).toEqual(refused('signature'));
  const timestamp = Math.floor(Date.now() / 1000) - 301;
  expect(await webhook('x', intent, 'whsec_one', { timestamp })).toEqual(refused('timestamp'));
  expect(await webhook('x', intent, 'whsec_one', { livemode: true })).toEqual(refused('mode'));
});

test('both signing secrets hold while one is replaced', async () => {
  const { ref } = await begun();
  const intent = stripe.intents.get(ref)!;
  await lab.db.write(storeId, (store) =>
    lab.get(PaymentAccounts).update(store, accountId, { keys: { webhookSecret: 'whsec_two' } }),
  );
  expect(await webhook('x', intent, 'whsec_one')).toEqual({ status: 200 });
  expect(await webhook('x', intent, 'whsec_two')).toEqual({ status: 200 });
  await lab.db.write(storeId, (store) =>
    lab.get(PaymentAccounts).update(store, accountId, { keys: { webhookSecret: 'whsec_one' } }),
  );
});

test('keys that Stripe does not take are told apart from an outage', async () => {
  const bad = { ...keys, secretKey: 'sk_test_revoked' };
  const other = await anAccount(lab, storeId, { provider: 'stripe', testMode: true, keys: bad });
  const paymentId = await aPayment(lab, storeId, other);
  await expect(payments().begin(storeId, paymentId)).rejects.toMatchObject({
    code: 'payments.provider-unreachable',
    cause: { kind: 'keys' },
  });
});

describe('on a page of Stripe’s own', () => {
  const there = async () => {
    const paymentId = await aPayment(lab, storeId, accountId);
    const next = await payments().begin(storeId, paymentId);
    const session = stripe.sessions.get(await refOf(paymentId))!;
    return { paymentId, next, session };
  };

  test('a session is made once, for the sum alone; a declined card is no end while it is open', async () => {
    const { paymentId, next, session } = await there();
    expect(next).toEqual({ kind: 'redirect', url: session.url });
    expect(await payments().begin(storeId, paymentId)).toEqual(next);
    expect(session).toMatchObject({
      amount_total: 1000,
      currency: 'eur',
      capture_method: 'manual',
    });
    expect(session.cancel_url).toBe('http://shop.localhost/return?left=1');
    stripe.choose(session, 'decline');
    const intent = stripe.intents.get(String(session.payment_intent))!;
    await webhook('payment_intent.payment_failed', intent);
    expect((await view(paymentId)).state).toBe('created');
    stripe.choose(session, 'pay');
    await webhook('checkout.session.completed', session);
    expect(await view(paymentId)).toMatchObject({ state: 'authorized', authorizedMinor: 1000 });
    await want((api, store) =>
      api.wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await lab.drain();
    expect(await view(paymentId)).toMatchObject({ state: 'captured', capturedMinor: 1000 });
    const theirs = { currency: 'eur', payment_intent: intent.id, created: 1_760_000_300 };
    const refund = { ...theirs, id: 're_there', amount: 100, status: 'succeeded', metadata: {} };
    stripe.refunds.push(refund);
    await webhook('refund.created', { ...refund, object: 'refund' });
    expect((await view(paymentId)).refundedMinor).toBe(100);
  });

  test('giving it up closes the page, or lets go what was authorized meanwhile', async () => {
    const open = await there();
    const paid = await there();
    stripe.choose(paid.session, 'pay');
    for (const { paymentId } of [open, paid])
      await want((api, store) => api.wantCancel(store, { paymentId, key: 'no' }));
    await lab.drain();
    expect([open.session.status, paid.session.status]).toEqual(['expired', 'complete']);
    for (const { paymentId } of [open, paid])
      expect((await view(paymentId)).state).toBe('canceled');
  });
});

test('a payment that Stripe will not begin has failed, and one whose answer was lost has not', async () => {
  const refused = { path: /payment_intents$/, status: 400, error: { code: 'amount_too_small' } };
  stripe.troubles.push(refused);
  const paymentId = await aPayment(lab, storeId, accountId, { flow: 'browser' });
  await expect(payments().begin(storeId, paymentId)).rejects.toMatchObject({
    code: 'payments.provider-refused',
  });
  expect(await view(paymentId)).toMatchObject({ state: 'failed', failure: 'amount_too_small' });
  const other = await aPayment(lab, storeId, accountId, { flow: 'browser' });
  loseAnswer(/payment_intents$/);
  await expect(payments().begin(storeId, other)).rejects.toThrow();
  expect((await view(other)).state).toBe('created');
  // To end it, it is begun again; what Stripe refuses by then is not there.
  stripe.troubles.length = 0;
  stripe.troubles.push(refused);
  await want((api, store) => api.wantCancel(store, { paymentId: other, key: 'no' }));
  await lab.drain();
  expect((await view(other)).state).toBe('canceled');
});

/** Twice: the library asks once more by itself when a connection breaks. */
function loseAnswer(path: RegExp): void {
  const lost = { path, status: 0, error: {}, afterEffect: true };
  stripe.troubles.push(lost, lost);
}

async function due(): Promise<void> {
  await lab.db.write(storeId, async (store) => {
    await store.execute(
      `UPDATE payment_operations SET next_at = now() WHERE store_id = $1 AND state IN ('wanted', 'sent')`,
      [storeId],
    );
    await store.execute(`UPDATE jobs SET run_at = now() WHERE store_id = $1 AND state = 'ready'`, [
      storeId,
    ]);
  });
}
