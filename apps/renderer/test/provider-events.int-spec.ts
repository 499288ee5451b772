import { createHmac } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { request } from 'node:http';
import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { OrdersModule } from '@libs/orders';
import { PaymentsModule } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { CheckoutWorkerModule } from '@worker/checkout';
import { OrdersWorkerModule } from '@worker/orders';
import { PaymentsWorkerModule } from '@worker/payments';
import { randomFrom } from '../../e2e/test/random';
import type { BookObject, BookPayment } from '../../test-payments/src/books';
import { TestPaymentsServer } from '../../test-payments/src/server';
import { aSellingStore, type SellingStore } from '../../../libs/checkout/test/checkout-lab.builder';
import { Reconcile } from '../../../libs/payments/src/worker/reconcile.job';
import { ShopServer } from '../src/shop-server';
import { type OpenRenderer, openRenderer } from './shop-lab';

/** `npm run soak:events` makes a thousand; each has a seed of its own. */
const sequences = Number(process.env['CARAVEL_SOAK_SEQUENCES'] ?? 12);
const firstSeed = Number(process.env['CARAVEL_SOAK_SEED'] ?? 1);
/** Sequences that ended wrongly once; 1051: time ran out for a declined attempt that held its money by then. */
const onceWrong = [1051];
/** Looked at by one test, so that a long run tells how far it is. */
const perTest = 50;

/** Statuses that an object may be told to have had, later than it had them or without ever having had them. */
const stale: Readonly<Record<string, readonly string[]>> = {
  auth: ['action_required', 'failed'],
  capture: ['pending', 'failed'],
};

describe('whatever a provider tells, in any order and however often', () => {
  let lab: Lab;
  let renderer: OpenRenderer;
  let provider: TestPaymentsServer;
  let shop: SellingStore;
  let port: number;
  let began = 0;
  const tally = { orders: 0, givenBack: 0, unpaid: 0, events: 0 };

  beforeAll(async () => {
    provider = new TestPaymentsServer({ port: 0, bind: '127.0.0.1', file: null });
    await provider.listen();
    const env = {
      CARAVEL_TEST_PAYMENTS_URL: provider.url,
      CARAVEL_SHOP_PORT: '0',
      CARAVEL_TLS_PORT: '0',
    };
    lab = await openLab({
      env,
      modules: [
        CatalogModule,
        PaymentsModule,
        OrdersModule,
        CheckoutModule,
        CheckoutWorkerModule,
        PaymentsWorkerModule,
        OrdersWorkerModule,
      ],
    });
    renderer = await openRenderer(lab, env);
    ({ port } = await renderer.module.get(ShopServer).listen());
    shop = await aSellingStore(lab, 100_000);
    began = performance.now();
  }, 120_000);
  afterAll(async () => {
    await renderer.module.get(ShopServer).close();
    await renderer.close();
    await lab.close();
    await provider.close();
  });

  /** Sends an event as the provider does: signed, to the address that it was given. */
  const post = ({ account, webhookUrl, id, paymentId }: BookPayment, event: Told) => {
    const { hostname, pathname } = new URL(webhookUrl);
    const payment = { id, paymentId, objects: event.objects };
    const type = 'payment.updated';
    const body = JSON.stringify({
      id: event.id,
      type,
      livemode: false,
      account: account.slice(-8),
      payment,
    });
    const at = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', account).update(`${at}.${body}`).digest('hex');
    const headers = {
      host: `${hostname}:${port}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'test-payments-signature': `t=${at},v1=${signature}`,
    };
    tally.events += 1;
    return new Promise<number>((done, fail) => {
      const sending = request(
        { host: '127.0.0.1', port, path: pathname, method: 'POST', headers },
        (answer) => {
          answer.resume();
          done(answer.statusCode ?? 0);
        },
      );
      sending.once('error', fail);
      sending.end(body);
    });
  };

  const drain = () => lab.drain({ tolerateFailures: true });

  /**
   * Minutes pass: what waits becomes due, and the clock looks at it.
   * @param paymentId the sequence's own: what earlier ones left waiting would make each one slower than the one before
   */
  const passMinutes = async (paymentId: string): Promise<void> => {
    await shop.sql(
      `UPDATE payment_operations SET next_at = now() - interval '2 minutes'
       WHERE store_id = $1 AND payment_id = $2 AND state IN ('wanted', 'sent')`,
      [paymentId],
    );
    await shop.sql(
      `UPDATE payments SET check_at = CASE WHEN payment_id = $2 THEN now() END
       WHERE store_id = $1 AND check_at IS NOT NULL`,
      [paymentId],
    );
    await lab.get(Reconcile).tick();
    await drain();
    await shop.sql(`UPDATE jobs SET run_at = now() WHERE store_id = $1 AND state = 'ready'`);
    await drain();
  };

  /** What an ended sequence still has to wait for is none of the next one's. */
  const forgetJobs = () =>
    lab.db.acrossStores('forget what waits', (tx) =>
      tx.execute(`DELETE FROM jobs WHERE state = 'ready'`),
    );

  const play = async (seed: number): Promise<void> => {
    const random = randomFrom(seed);
    const chance = (share: number) => random() < share;
    const { token } = await shop.shopper([{ variant: shop.goods.small.id }]);
    const paid = await shop.pay(token);
    if (paid.kind !== 'begun' || paid.next.kind !== 'redirect') throw new Error(paid.kind);
    const { url } = paid.next;
    const book = provider.books.find(url.split('/').at(-1) ?? '')!;
    const lost = { fault: 'lost_after_effect', times: 1 } as const;
    provider.behave(book.account, {
      webhook: { never: true },
      answers: [
        ...(chance(0.3) ? [{ on: 'capture' as const, ...lost }] : []),
        ...(chance(0.3) ? [{ on: 'fetch' as const, ...lost }] : []),
      ],
    });
    const history = new History(book, random);
    const choose = async (choice: string) => {
      await fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ choice }),
        redirect: 'manual',
      });
      history.look();
    };
    const declined = chance(0.2);
    if (chance(0.4)) await choose('check');
    if (declined) await choose(book.page === 'challenge' ? 'reject' : 'decline');
    const pays = chance(0.9);
    if (pays) await choose(book.page === 'challenge' ? 'confirm' : 'pay');
    const expires = chance(0.2);
    let left = history.shuffled();
    for (let round = 0; left.length > 0; round += 1) {
      for (const event of left) {
        const together: Promise<unknown>[] = [post(book, event)];
        if (chance(0.2)) together.push(post(book, event));
        if (chance(0.2)) together.push(shop.settle(token));
        const [status] = await Promise.all(together);
        expect(status).toBe(200);
        if (chance(0.25)) await drain();
        if (expires && round === 0 && chance(0.4)) {
          await shop.passTime(token);
          await shop.expire(token);
        }
      }
      await drain();
      history.look();
      left = history.shuffled();
    }
    await passMinutes(book.paymentId);
    await passMinutes(book.paymentId);
    await forgetJobs();
    await expectRight(seed, token, book, { pays, certain: pays && !declined && !expires });
  };

  /** The provider's books, the payment, the checkout and the order say the same. */
  const expectRight = async (
    seed: number,
    token: string,
    book: BookPayment,
    { pays, certain }: { pays: boolean; certain: boolean },
  ): Promise<void> => {
    const checkout = await shop.read(token);
    const orders = await shop.query<{ totalMinor: number; status: string; captured: number }>(
      `SELECT total_minor::int AS "totalMinor", financial_status AS status, captured_minor::int AS captured
       FROM orders WHERE store_id = $1 AND checkout_id = $2`,
      [checkout.checkoutId],
    );
    const [payment] = await shop.query<{ captured: number; refunded: number; authorized: number }>(
      `SELECT captured_minor::int AS captured, refunded_minor::int AS refunded, authorized_minor::int AS authorized
       FROM payments WHERE store_id = $1 AND payment_id = $2`,
      [book.paymentId],
    );
    const sum = (kind: string, status: string) =>
      book.objects
        .filter((each) => each.kind === kind && each.status === status)
        .reduce((all, { amountMinor }) => all + amountMinor, 0);
    const truth = {
      captured: sum('capture', 'succeeded'),
      refunded: sum('refund', 'succeeded'),
      authorized: Math.max(0, sum('auth', 'authorized') - sum('capture', 'succeeded')),
    };
    expect({ seed, ...payment }).toEqual({ seed, ...truth });
    const captures = book.objects.filter(({ kind }) => kind === 'capture').length;
    expect([seed, captures <= 1, orders.length <= 1]).toEqual([seed, true, true]);
    if (certain) expect([seed, orders.length, captures]).toEqual([seed, 1, 1]);
    if (!pays) expect([seed, orders.length, captures]).toEqual([seed, 0, 0]);
    const [order] = orders;
    const kept = truth.captured - truth.refunded;
    if (order) {
      tally.orders += 1;
      expect([seed, order.status, order.captured, kept]).toEqual([
        seed,
        'paid',
        order.totalMinor,
        order.totalMinor,
      ]);
      expect([seed, checkout.state]).toEqual([seed, 'completed']);
    } else {
      tally[pays ? 'givenBack' : 'unpaid'] += 1;
      expect([seed, kept, truth.authorized, checkout.state === 'completed']).toEqual([
        seed,
        0,
        0,
        false,
      ]);
    }
  };

  const seeds = Array.from({ length: sequences }, (_, at) => firstSeed + at);
  const shares = Array.from({ length: Math.ceil(sequences / perTest) }, (_, at) =>
    seeds.slice(at * perTest, (at + 1) * perTest),
  );

  it.each(shares.map((share): [number, number[]] => [share[0] ?? 0, share]))(
    'is one order and one capture, or none and nothing kept (seeds from %i)',
    async (_, share) => {
      for (const seed of share) await play(seed);
    },
    600_000,
  );

  it('has met every end', () => {
    const took = `${((performance.now() - began) / sequences).toFixed(0)} ms each`;
    const told = `${sequences} sequences from ${firstSeed}, ${took}: ${JSON.stringify(tally)}\n`;
    process.stderr.write(told);
    const file = process.env['CARAVEL_SOAK_LOG'];
    if (file !== undefined) appendFileSync(file, told);
    expect(tally.orders).toBeGreaterThan(sequences / 3);
    expect(tally.events).toBeGreaterThan(sequences * 2);
  });

  it.each(onceWrong)('ends as it should where it did not once (seed %i)', play, 60_000);
});

interface Told {
  id: string;
  objects: BookObject[];
}

/** What a provider's object has been, as events to tell of it. */
class History {
  private readonly told = new Set<string>();
  private pending: Told[] = [];
  private count = 0;

  constructor(
    private readonly book: BookPayment,
    private readonly random: () => number,
  ) {}

  /** Notes what is new in the books, and what may be told wrongly of it. */
  look(): void {
    for (const object of this.book.objects) {
      const key = `${object.id} ${object.status}`;
      if (this.told.has(key)) continue;
      this.told.add(key);
      this.add([structuredClone(object)]);
      for (const status of stale[object.kind] ?? []) {
        if (isOver(object) && this.random() < 0.4) this.add([{ ...object, status }]);
      }
      if (this.random() < 0.3) this.add(structuredClone(this.book.objects));
    }
  }

  /** What waits to be told, doubled here and there, in a random order; then nothing waits any more. */
  shuffled(): Told[] {
    const all = this.pending.flatMap((event) =>
      this.random() < 0.3 ? [event, event, event] : [event],
    );
    this.pending = [];
    return all
      .map((event) => ({ event, place: this.random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ event }) => event);
  }

  private add(objects: BookObject[]): void {
    this.count += 1;
    this.pending.push({ id: `evt_${this.book.id}_${this.count}`, objects });
  }
}

/** Only of what has come to its end can an earlier status be told too late. */
function isOver({ kind, status }: BookObject): boolean {
  return kind === 'auth' ? status === 'authorized' : status === 'succeeded';
}
