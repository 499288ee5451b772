import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { StoreChecks } from '@libs/checkout';
import { Payments } from '@libs/payments';
import { aSellingStore, type SellingStore } from '../../../libs/checkout/test/checkout-lab.builder';
import {
  openProviderLab,
  type ProviderLab,
} from '../../../libs/checkout/test/provider-lab.builder';
import { hasRedis, type RedisServer, startRedis } from './redis-server';

jest.setTimeout(240_000);

const register = join(__dirname, '../../../libs/testing/jest/register.cjs');
const shoppers = 6;

/** Row 31 of the fault matrix: what is to be done stands in PostgreSQL, Redis only hurries it. */
(hasRedis() ? describe : describe.skip)('purchases whose Redis is wiped', () => {
  let redis: RedisServer;
  let client: Redis;
  let rig: ProviderLab;
  let shop: SellingStore;
  let worker: ChildProcess;

  beforeAll(async () => {
    redis = await startRedis();
    client = new Redis(redis.url);
    rig = await openProviderLab();
    shop = await aSellingStore(rig.lab, 20);
    worker = fork(join(__dirname, 'selling-process.ts'), {
      execArgv: ['-r', register],
      env: {
        PATH: process.env['PATH'],
        ...rig.lab.env,
        CARAVEL_WORKER_PORT: '0',
        LOG_LEVEL: 'silent',
        REDIS_URL: redis.url,
      },
    });
    const exit = once(worker, 'exit').then(([code]) => [`exit ${code}`]);
    const [message] = (await Promise.race([once(worker, 'message'), exit])) as [string];
    expect(message).toBe('ready');
  });
  afterAll(async () => {
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    client.disconnect();
    await rig.close();
    await redis.stop();
  });

  const count = async (of: string): Promise<number> => {
    const [row] = await shop.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${of} WHERE store_id = $1`,
    );
    return row?.n ?? -1;
  };
  /** Waits, looking often, and then wipes Redis. */
  const wipeOnce = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + 60_000;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`Waited too long: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await client.flushall();
  };
  const atLeast = (n: number, of: string) => async () => (await count(of)) >= n;

  /** The shopper pays at the provider, which tells nobody; we ask it. */
  const payThere = async (token: string): Promise<void> => {
    const { paymentId } = await shop.read(token);
    const book = rig.provider.books.list().find((one) => one.paymentId === paymentId);
    if (!book || paymentId === null) throw new Error('The provider knows of no such payment.');
    rig.provider.behave(book.account, { webhook: { never: true } });
    await fetch(`${rig.provider.url}/pay/${book.id}`, {
      method: 'POST',
      body: new URLSearchParams({ choice: 'pay' }),
      redirect: 'manual',
    });
    await rig.lab.get(Payments).refresh(shop.storeId, paymentId);
  };

  test('end as one order, one capture and one mail each', async () => {
    const tokens: string[] = [];
    for (let n = 0; n < shoppers; n += 1) {
      const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity: 2 }]);
      expect(await shop.pay(token)).toMatchObject({ kind: 'begun' });
      tokens.push(token);
    }
    await client.flushall();
    for (const token of tokens) await payThere(token);
    await client.flushall();
    await wipeOnce('the first order', atLeast(1, 'orders'));
    await wipeOnce('half of the orders', atLeast(shoppers / 2, 'orders'));
    const captures = `(SELECT * FROM payment_operations WHERE state = 'done') AS o`;
    await wipeOnce('the first capture', atLeast(1, captures));
    const mails = `(SELECT * FROM order_events WHERE kind = 'mail_sent') AS e`;
    await wipeOnce('the first mail', atLeast(1, mails));
    const paid = `(SELECT * FROM orders WHERE financial_status = 'paid') AS p`;
    await wipeOnce('all is paid', atLeast(shoppers, paid));
    await wipeOnce('all are told', atLeast(shoppers, mails));

    expect((await shop.orders()).map(({ number }) => number)).toEqual(
      tokens.map((_, at) => at + 1),
    );
    expect(await count(mails)).toBe(shoppers);
    const done = tokens.map(() => ['auth authorized', 'capture succeeded']);
    const books = rig.provider.books.list().map(({ objects }) => objects);
    expect(books.map((all) => all.map(({ kind, status }) => `${kind} ${status}`))).toEqual(done);
    const units = { onHand: 20, committed: 2 * shoppers, reserved: 0 };
    expect(await shop.stock()).toEqual(units);
    expect(await rig.lab.get(StoreChecks).look(shop.storeId)).toEqual([]);
  });
});
