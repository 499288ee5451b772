import { Client } from 'pg';
import { Payments, PaymentsModule } from '@libs/payments';
import { PaymentWebhooks } from '@renderer/payments';
import { type Lab, openLab } from '@testing';
import { PaymentsWorkerModule } from '@worker/payments';
import { TestPaymentsServer } from '../../../apps/test-payments/src/server';
import { PaymentAccountRow, PaymentRow } from '../src/payments.entities';
import { Reconciliation } from '../src/reconciliation/reconciliation.service';
import { FakePayPal } from './fake-paypal';
import { FakeStripe } from './fake-stripe';
import { anAccount, aPayment } from './payments-lab';

/** What only the account's owner and the provider may know; `token-1` is PayPal's answer to them. */
const keysOf = {
  stripe: {
    secretKey: 'sk_test_good_and_secret',
    webhookSecret: 'whsec_very_secret',
    publishableKey: 'pk_test_1',
  },
  paypal: { clientId: 'client-1', clientSecret: 'secret-1', webhookId: 'webhook-1' },
};
const tokens = ['token-1', '_secret_x'];
/** A digit after digit that begins as card numbers do. */
const cardLike = /(?<![\d.-])[3-6]\d{12,18}(?![\d.-])/g;

describe('what is kept of payments by every provider', () => {
  const stripe = new FakeStripe();
  const paypal = new FakePayPal();
  const provider = new TestPaymentsServer({ port: 0, bind: '127.0.0.1', file: null });
  let lab: Lab;
  let storeId: string;
  let dump: string[];
  let secrets: string[];

  beforeAll(async () => {
    await Promise.all([stripe.listen(), paypal.listen(), provider.listen()]);
    lab = await openLab({
      modules: [PaymentsModule, PaymentsWorkerModule],
      env: {
        CARAVEL_STRIPE_URL: stripe.url,
        CARAVEL_PAYPAL_URL: paypal.url,
        CARAVEL_TEST_PAYMENTS_URL: provider.url,
      },
    });
    storeId = await lab.aStore();
    await payByStripe();
    await payByPayPal();
    const account = await payByTestProvider();
    const { secretKey, webhookSecret } = keysOf.stripe;
    secrets = [secretKey, webhookSecret, keysOf.paypal.clientSecret, account, ...tokens];
    dump = await everyRow(lab.ownerUrl);
  }, 60_000);
  afterAll(async () => {
    await lab.close();
    await Promise.all([stripe.close(), paypal.close(), provider.close()]);
  });

  const rowOf = (accountId: string) =>
    lab.db.read(storeId, (store) => store.rows(PaymentAccountRow).findOne({ accountId }));
  const refOf = async (paymentId: string) => {
    const row = await lab.db.read(storeId, (store) =>
      store.rows(PaymentRow).findOne({ paymentId }),
    );
    return row?.providerRef ?? '';
  };

  /** Captured, given back in part, and once refused for the keys: every kind of row comes about. */
  const captureAndRefund = async (accountId: string, paymentId: string): Promise<void> => {
    const payments = lab.get(Payments);
    await payments.refresh(storeId, paymentId);
    const part = { paymentId, amountMinor: 400 };
    await lab.db.write(storeId, (store) =>
      payments.wantCapture(store, { ...part, amountMinor: 1000, key: 'capture' }),
    );
    await lab.drain();
    await lab.db.write(storeId, (store) => payments.wantRefund(store, { ...part, key: 'back' }));
    await lab.drain();
    await lab.get(Reconciliation).run(storeId, accountId);
  };

  async function payByStripe(): Promise<void> {
    const keys = keysOf.stripe;
    const accountId = await anAccount(lab, storeId, { provider: 'stripe', testMode: true, keys });
    const paymentId = await aPayment(lab, storeId, accountId, { flow: 'browser' });
    await lab.get(Payments).begin(storeId, paymentId);
    const ref = await refOf(paymentId);
    stripe.authorize(ref);
    const row = await rowOf(accountId);
    const told = stripe.event(
      'payment_intent.succeeded',
      stripe.intents.get(ref)!,
      keys.webhookSecret,
    );
    const request = { provider: 'stripe', accountKey: row?.accountKey ?? '', ...told };
    expect(await lab.get(PaymentWebhooks).receive(storeId, request)).toEqual({ status: 200 });
    await captureAndRefund(accountId, paymentId);
  }

  async function payByPayPal(): Promise<void> {
    const keys = keysOf.paypal;
    const accountId = await anAccount(lab, storeId, { provider: 'paypal', testMode: true, keys });
    const paymentId = await aPayment(lab, storeId, accountId);
    await lab.get(Payments).begin(storeId, paymentId);
    const ref = await refOf(paymentId);
    paypal.approve(ref);
    const row = await rowOf(accountId);
    const told = paypal.event('CHECKOUT.ORDER.APPROVED', { id: ref });
    const request = { provider: 'paypal', accountKey: row?.accountKey ?? '', ...told };
    expect(await lab.get(PaymentWebhooks).receive(storeId, request)).toEqual({ status: 200 });
    await captureAndRefund(accountId, paymentId);
  }

  /** @returns the secret key that was made up for the account */
  async function payByTestProvider(): Promise<string> {
    const accountId = await anAccount(lab, storeId, { provider: 'test' });
    const paymentId = await aPayment(lab, storeId, accountId);
    await lab.get(Payments).begin(storeId, paymentId);
    const book = provider.books.list().at(-1)!;
    provider.behave(book.account, {
      webhook: { never: true },
      answers: [{ on: 'capture', fault: 'unauthorized', times: 1 }],
    });
    await provider.counter.choose(book, 'pay');
    await lab.get(Payments).refresh(storeId, paymentId);
    const want = { paymentId, amountMinor: 1000, key: 'capture' };
    await lab.db.write(storeId, (store) => lab.get(Payments).wantCapture(store, want));
    await lab.drain({ tolerateFailures: true });
    return book.account;
  }

  test('I25: holds no secret key, no signing secret and no token in the clear, in no row of any table', () => {
    // The payments are there: else nothing would be found for want of anything.
    expect(dump.filter((row) => row.startsWith('payment_facts ')).length).toBeGreaterThan(4);
    expect(dump.some((row) => row.startsWith('provider_events '))).toBe(true);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(6);
      expect(dump.filter((row) => row.includes(secret))).toEqual([]);
    }
  });

  test('I25: holds nothing that looks like a card’s number', () => {
    const numbers = dump.flatMap((row) => row.match(cardLike) ?? []).filter(passesLuhn);
    expect(numbers).toEqual([]);
  });

  test('I25: the scan finds what it looks for', () => {
    expect('"4242424242424242"'.match(cardLike)?.filter(passesLuhn)).toEqual(['4242424242424242']);
    expect('"1795304166078"'.match(cardLike)).toBeNull();
    expect(passesLuhn('4242424242424241')).toBe(false);
  });
});

/** Each row of each table of ours as JSON, after its table's name. */
async function everyRow(connectionString: string): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind IN ('r', 'p')
       AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       AND c.relnamespace::regnamespace::text NOT LIKE 'pg_toast%'`,
  );
  const all: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await client.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM ${name} t`,
    );
    all.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  await client.end();
  return all;
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
