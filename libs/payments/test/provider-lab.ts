import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PaymentsModule } from '@libs/payments';
import { PaymentWebhooks } from '@renderer/payments';
import { type Lab, openLab } from '@testing';
import { PaymentsWorkerModule } from '@worker/payments';
import type { BehaviourPatch } from '../../../apps/test-payments/src/behaviour';
import type { BookPayment } from '../../../apps/test-payments/src/books';
import { TestPaymentsServer } from '../../../apps/test-payments/src/server';
import { Payments, type PaymentView } from '@libs/payments';
import { OpenAccounts } from '../src/accounts/open-accounts.service';
import { PaymentAccountRow } from '../src/payments.entities';
import { accountKeySeal } from '../src/accounts/seals';
import { Secrets } from '@platform/secrets';
import { Reconcile } from '../src/worker/reconcile.job';
import { HeardFailures, HeardModule } from './heard';
import { anAccount, aPayment, viewOf } from './payments-lab';

/** A platform with payments, the test provider beside it, and the way of its webhooks between. */
export interface ProviderLab {
  lab: Lab;
  provider: TestPaymentsServer;
  storeId: string;
  accountId: string;
  /** How many webhooks came, by the status that they were answered with. */
  webhooks: Record<number, number>;
  behave(wish: BehaviourPatch): Promise<void>;
  /** A payment that has begun, and where the shopper goes. */
  aBegunPayment(
    options?: Parameters<typeof aPayment>[3],
  ): Promise<{ paymentId: string; url: string }>;
  /** The shopper presses a button of the provider's page. */
  choose(url: string, choice: string): Promise<Response>;
  view(paymentId: string): Promise<PaymentView>;
  /** The provider's own books of the payment. */
  books(paymentId: string): Promise<BookPayment | undefined>;
  operations(paymentId: string): Promise<Record<string, unknown>[]>;
  /** What was published of operations that failed. */
  failures(paymentId: string): ReturnType<HeardFailures['of']>;
  /** As if so much time had passed for what waits: operations and checks become due. */
  makeDue(): Promise<void>;
  tick(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it with one store and an account of the test provider; close it in `afterAll`. */
export async function openProviderLab(): Promise<ProviderLab> {
  const provider = new TestPaymentsServer({ port: 0, bind: '127.0.0.1', file: null });
  await provider.listen();
  const door = createServer();
  await new Promise<void>((done) => {
    door.listen(0, '127.0.0.1', done);
  });
  const lab = await openLab({
    modules: [PaymentsModule, PaymentsWorkerModule, HeardModule],
    env: {
      CARAVEL_TEST_PAYMENTS_URL: provider.url,
      CARAVEL_SHOP_PORT: String((door.address() as AddressInfo).port),
    },
  });
  const storeId = await lab.aStore();
  const accountId = await anAccount(lab, storeId, { provider: 'test' });
  const webhooks: Record<number, number> = {};
  receive(door, lab, storeId, webhooks);
  const secret = await secretOf(lab, storeId, accountId);
  const sql = (text: string, params: unknown[] = []) =>
    lab.db.write(storeId, (store) => store.query(text, [storeId, ...params]));
  return {
    lab,
    provider,
    storeId,
    accountId,
    webhooks,
    behave: (wish) => Promise.resolve(provider.behave(secret, wish)),
    aBegunPayment: async (options) => {
      const paymentId = await aPayment(lab, storeId, accountId, options);
      const next = await lab.get(Payments).begin(storeId, paymentId);
      if (next.kind !== 'redirect') throw new Error(`The payment began with ${next.kind}.`);
      return { paymentId, url: next.url };
    },
    choose: (url, choice) =>
      fetch(url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' }),
    view: (paymentId) => viewOf(lab, storeId, paymentId),
    books: (paymentId) =>
      Promise.resolve(provider.books.list(secret).find((each) => each.paymentId === paymentId)),
    operations: (paymentId) =>
      sql(
        `SELECT kind, key, state, round, tries, failure, amount_minor AS "amountMinor" FROM payment_operations
         WHERE store_id = $1 AND payment_id = $2 ORDER BY created_at, operation_id`,
        [paymentId],
      ),
    failures: (paymentId) => lab.get(HeardFailures).of(paymentId),
    makeDue: async () => {
      await sql(`UPDATE payment_operations SET next_at = now() - interval '2 minutes'
        WHERE store_id = $1 AND state IN ('wanted', 'sent')`);
      await sql(
        `UPDATE payments SET check_at = now() WHERE store_id = $1 AND check_at IS NOT NULL`,
      );
      await sql(`UPDATE jobs SET run_at = now() WHERE store_id = $1 AND state = 'ready'`);
    },
    tick: () => lab.get(Reconcile).tick(),
    close: async () => {
      await provider.close();
      await lab.close();
      door.closeAllConnections();
      await new Promise((done) => {
        door.close(done);
      });
    },
  };
}

/** What the renderer does with a webhook, without the renderer. */
function receive(door: Server, lab: Lab, storeId: string, seen: Record<number, number>): void {
  door.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [, , provider = '', accountKey = ''] = (request.url ?? '').split('/');
      const headers = request.headers as Record<string, string>;
      const webhook = { provider, accountKey, rawBody: Buffer.concat(chunks), headers };
      lab
        .get(PaymentWebhooks)
        .receive(storeId, webhook)
        .then(
          ({ status }) => status,
          () => 500,
        )
        .then((status) => {
          seen[status] = (seen[status] ?? 0) + 1;
          response.writeHead(status).end();
        })
        .catch(() => undefined);
    });
  });
}

function secretOf(lab: Lab, storeId: string, accountId: string): Promise<string> {
  return lab.db.read(storeId, async (store) => {
    await lab.get(OpenAccounts).open(store, accountId);
    const row = await store.rows(PaymentAccountRow).findOne({ accountId });
    const seal = accountKeySeal(storeId, accountId, 'secretKey');
    return lab
      .get(Secrets)
      .open(row?.sealedKeys.secretKey ?? '', seal)
      .toString();
  });
}
