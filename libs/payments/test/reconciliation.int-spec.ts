import { newId } from '@libs/kernel';
import { Payments, PaymentsModule } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { PaymentsWorkerModule } from '@worker/payments';
import { PaymentRow } from '../src/payments.entities';
import { Reconciliation } from '../src/reconciliation/reconciliation.service';
import { ReconcileNightly } from '../src/worker/reconcile-nightly.job';
import { FakePayPal } from './fake-paypal';
import { FakeStripe } from './fake-stripe';
import { anAccount, aPayment, viewOf } from './payments-lab';
import { openProviderLab, type ProviderLab } from './provider-lab';

const gone = newId();

describe('a provider’s own list, held against ours', () => {
  let desk: ProviderLab;

  beforeAll(async () => {
    desk = await openProviderLab();
  });
  afterAll(() => desk.close());

  const run = () => desk.lab.get(Reconciliation).run(desk.storeId, desk.accountId);
  const sql = (text: string, params: unknown[] = []) =>
    desk.lab.db.write(desk.storeId, (store) => store.query(text, [desk.storeId, ...params]));
  const faults = () =>
    desk.lab.db.read(desk.storeId, (store) => desk.lab.get(Payments).checks.check(store, null));

  it('makes facts of captures that nobody told us of, once', async () => {
    await desk.behave({ webhook: { never: true } });
    const { paymentId, url } = await desk.aBegunPayment();
    await desk.choose(url, 'pay');
    const book = await desk.books(paymentId);
    await desk.provider.counter.capture(book!, { amountMinor: 1000, final: true, key: 'theirs' });
    expect(await desk.view(paymentId)).toMatchObject({ state: 'created', capturedMinor: 0 });
    expect(await run()).toEqual([]);
    expect(await desk.view(paymentId)).toMatchObject({ state: 'captured', capturedMinor: 1000 });
    const [report] = await sql(
      'SELECT looked, healed, failure FROM payment_reconciliations WHERE store_id = $1',
    );
    expect(report).toEqual({ looked: 1, healed: 1, failure: null });
    await run();
    const [again] = await sql('SELECT healed FROM payment_reconciliations WHERE store_id = $1');
    expect(again).toEqual({ healed: 0 });
  });

  it('tells of money there that is no payment of ours, and of money here that is not there', async () => {
    const { paymentId, url } = await desk.aBegunPayment();
    await desk.choose(url, 'pay');
    const book = await desk.books(paymentId);
    await desk.provider.counter.capture(book!, { amountMinor: 1000, final: true, key: 'k' });
    await run();
    await sql(
      `UPDATE payments SET created_at = now() - interval '5 hours' WHERE store_id = $1 AND payment_id = $2`,
      [paymentId],
    );
    Object.assign(book!, { paymentId: gone, id: 'tp_of_another' });
    const found = await run();
    expect(found).toEqual([
      { kind: 'missing-here', id: book!.id, found: 0, expected: 1000 },
      { kind: 'missing-there', id: paymentId, found: 1000, expected: 0 },
    ]);
    expect(await faults()).toEqual(
      found.map((finding) => ({ ...finding })).sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    );
  });

  it('keeps what it found while the provider gives no list, and says why', async () => {
    const before = await faults();
    await sql(
      `UPDATE payment_accounts SET sealed_keys = sealed_keys - 'secretKey' WHERE store_id = $1`,
    );
    expect(await run()).toEqual([]);
    const [report] = await sql('SELECT failure FROM payment_reconciliations WHERE store_id = $1');
    expect(report).toEqual({ failure: 'bad_key' });
    expect(await faults()).toEqual(before);
  });

  it('is asked for once a day by the clock', async () => {
    const waiting = () =>
      desk.lab.db.acrossStores('count jobs', async (tx) => {
        const rows = await tx.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM jobs WHERE name = 'payments.reconcile-account'`,
        );
        return rows[0]?.n;
      });
    await desk.lab.get(ReconcileNightly).tick();
    expect(await waiting()).toBe(0);
    await sql(
      `UPDATE payment_reconciliations SET ran_at = now() - interval '25 hours' WHERE store_id = $1`,
    );
    await desk.lab.get(ReconcileNightly).tick();
    await desk.lab.get(ReconcileNightly).tick();
    expect(await waiting()).toBe(1);
    await desk.lab.drain();
    await desk.lab.get(ReconcileNightly).tick();
    expect(await waiting()).toBe(0);
  });
});

describe('the lists of Stripe and PayPal', () => {
  const stripe = new FakeStripe();
  const paypal = new FakePayPal();
  let lab: Lab;
  let storeId: string;

  beforeAll(async () => {
    await stripe.listen();
    await paypal.listen();
    lab = await openLab({
      modules: [PaymentsModule, PaymentsWorkerModule],
      env: { CARAVEL_STRIPE_URL: stripe.url, CARAVEL_PAYPAL_URL: paypal.url },
    });
    storeId = await lab.aStore();
  });
  afterAll(async () => {
    await lab.close();
    await stripe.close();
    await paypal.close();
  });

  const begin = async (accountId: string, more: Parameters<typeof aPayment>[3] = {}) => {
    const paymentId = await aPayment(lab, storeId, accountId, more);
    await lab.get(Payments).begin(storeId, paymentId);
    const row = await lab.db.read(storeId, (store) =>
      store.rows(PaymentRow).findOne({ paymentId }),
    );
    return { paymentId, ref: row?.providerRef ?? '' };
  };

  it('heal a capture and a refund that were made in Stripe’s dashboard', async () => {
    const keys = {
      secretKey: 'sk_test_good1',
      webhookSecret: 'whsec_one',
      publishableKey: 'pk_test_1',
    };
    const accountId = await anAccount(lab, storeId, { provider: 'stripe', testMode: true, keys });
    const { paymentId, ref } = await begin(accountId, { flow: 'browser' });
    stripe.authorize(ref);
    const intent = { status: 'succeeded', amount_received: 1000, amount_capturable: 0 };
    Object.assign(stripe.intents.get(ref)!, intent);
    expect(await lab.get(Reconciliation).run(storeId, accountId)).toEqual([]);
    expect(await viewOf(lab, storeId, paymentId)).toMatchObject({ capturedMinor: 1000 });
    stripe.refunds.push({
      id: 're_dashboard',
      object: 'refund',
      payment_intent: ref,
      amount: 400,
      currency: 'eur',
      status: 'succeeded',
      created: 1_760_000_300,
      metadata: {},
    });
    expect(await lab.get(Reconciliation).run(storeId, accountId)).toEqual([]);
    expect(await viewOf(lab, storeId, paymentId)).toMatchObject({ refundedMinor: 400 });
  });

  it('heal a capture that PayPal’s search alone knows of', async () => {
    const keys = { clientId: 'client-1', clientSecret: 'secret-1', webhookId: 'webhook-1' };
    const accountId = await anAccount(lab, storeId, { provider: 'paypal', testMode: true, keys });
    const { paymentId, ref } = await begin(accountId);
    paypal.approve(ref);
    await lab.get(Payments).refresh(storeId, paymentId);
    const { payments } = paypal.orders.get(ref)!.purchase_units[0]!;
    const [auth] = payments!.authorizations;
    auth!.status = 'CAPTURED';
    payments!.captures.push({ ...auth!, id: 'C-1', status: 'COMPLETED', links: [] });
    expect(await lab.get(Reconciliation).run(storeId, accountId)).toEqual([]);
    expect(await viewOf(lab, storeId, paymentId)).toMatchObject({ capturedMinor: 1000 });
    const up = [{ rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/C-1' }];
    const amount = { currency_code: 'EUR', value: '2.50' };
    payments!.refunds.push({ ...auth!, id: 'R-1', status: 'COMPLETED', amount, links: up });
    expect(await lab.get(Reconciliation).run(storeId, accountId)).toEqual([]);
    expect(await viewOf(lab, storeId, paymentId)).toMatchObject({ refundedMinor: 250 });
  });
});
