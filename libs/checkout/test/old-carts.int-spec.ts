import { Db } from '@platform/database';
import type { JobContext } from '@platform/outbox';
import type { Lab } from '@testing';
import { abandonIdle } from '../src/carts/old-carts.queries';
import { RunTidyCarts } from '../src/worker/run-tidy-carts.job';
import { SweepOldCarts } from '../src/worker/sweep-old-carts.job';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { type Moment, killAt, recover } from './rig/killed';

jest.setTimeout(120_000);

describe('carts and checkouts that are over for long', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab);
  });
  afterAll(() => lab.close());

  const tidy = (storeId = shop.storeId) =>
    new RunTidyCarts(lab.get(Db)).run({}, { storeId } as JobContext);
  /** Lets so many days pass for all that the store has. */
  const pass = async (days: number) => {
    const back = 'now() - make_interval(days => $2)';
    await shop.sql(`UPDATE carts SET updated_at = ${back} WHERE store_id = $1`, [days]);
    await shop.sql(`UPDATE checkouts SET expires_at = ${back} WHERE store_id = $1`, [days]);
  };
  const end = () =>
    shop.sql(`UPDATE checkouts SET state = 'expired' WHERE store_id = $1 AND state = 'open'`);
  const carts = () =>
    shop.query<{ state: string }>('SELECT state FROM carts WHERE store_id = $1 ORDER BY state');
  const engraved = (words: string) => [
    { variant: shop.goods.medium.id, properties: [['Engraving', words]] as [string, string][] },
  ];

  it('are left alone until their days are over', async () => {
    const { token } = await shop.shopper(engraved('For Grace'));
    await end();
    await pass(13);
    await tidy();
    expect(await carts()).toEqual([{ state: 'open' }]);
    await pass(29);
    await tidy();
    expect(await carts()).toEqual([{ state: 'abandoned' }]);
    expect(await shop.read(token)).toMatchObject({ email: 'ada@example.com' });
    await pass(89);
    await tidy();
    expect(await carts()).toHaveLength(1);
  });

  it('name nobody after 30 days and are deleted after 90, with what was written in them', async () => {
    const { token } = await shop.shopper(engraved('For Grace'));
    await shop.sql(`UPDATE checkouts SET ip_country = 'FR' WHERE store_id = $1`);
    await end();
    await pass(31);
    await tidy();
    const checkout = await shop.read(token);
    expect(checkout).toMatchObject({
      state: 'expired',
      email: null,
      phone: null,
      ipCountry: null,
      shippingAddress: { name: '', address1: '', city: '', country: 'DE' },
      quote: { totals: { totalMinor: 5_690 } },
    });
    const texts = await shop.query<{ text: string }>(
      'SELECT to_jsonb(c)::text AS text FROM checkouts c WHERE store_id = $1',
    );
    // Whole words: a hash of 64 hex digits may well have `ada` in it.
    expect(texts[0]?.text).not.toMatch(/\bada\b|lovelace|torstra|\b10119\b|grace/i);
    await pass(91);
    await tidy();
    expect(await carts()).toEqual([]);
    expect(await shop.query('SELECT 1 FROM cart_lines WHERE store_id = $1')).toEqual([]);
    expect(await shop.read(token)).toMatchObject({ state: 'expired', cartId: null });
    // Once is enough: nothing is found a second time.
    const { version } = await shop.read(token);
    await tidy();
    expect((await shop.read(token)).version).toBe(version);
  });

  it('stay as they are while a checkout is going on, and orders keep what was ordered', async () => {
    const bought = await shop.shopper(engraved('For Ada'), {
      paymentAccountId: shop.goods.accounts.manual,
    });
    expect(await shop.pay(bought.token)).toMatchObject({ kind: 'settled' });
    const orderOf = () =>
      shop.query<{ text: string }>(
        'SELECT to_jsonb(o)::text AS text FROM orders o WHERE store_id = $1',
      );
    const [order] = await orderOf();
    await shop.shopper([{ variant: shop.goods.medium.id }]);
    await pass(200);
    await tidy();
    // Of the open checkout the cart is left; the one that became an order is gone, its order and its checkout are not.
    expect(await carts()).toEqual([{ state: 'open' }]);
    expect(await orderOf()).toEqual([order]);
    expect(await shop.read(bought.token)).toMatchObject({
      state: 'completed',
      email: 'ada@example.com',
      lines: [{ properties: [['Engraving', 'For Ada']] }],
    });
  });

  it('stay when they are a customer’s, whose they are to have erased', async () => {
    await shop.shopper([{ variant: shop.goods.medium.id }]);
    await end();
    await shop.sql('UPDATE carts SET customer_id = gen_random_uuid() WHERE store_id = $1');
    await pass(200);
    await tidy();
    expect(await carts()).toEqual([{ state: 'abandoned' }]);
  });

  it.each<Moment>([
    'checkout.carts-tidied',
    'checkout.carts-tidied#2',
    'checkout.carts-tidied#3',
    'checkout.carts-tidied#4',
    'jobs.ran',
  ])('come to the same when who tidies is killed at %s', async (moment) => {
    const { token } = await shop.shopper(engraved('For Grace'));
    await end();
    await pass(200);
    await shop.shopper([{ variant: shop.goods.medium.id }]);
    // More than one transaction takes, of each kind.
    const some = { open: 600, converted: 600 };
    for (const [state, count] of Object.entries(some))
      await shop.sql(
        `INSERT INTO carts (store_id, cart_id, token_hash, state, currency, updated_at)
         SELECT $1, gen_random_uuid(), $2 || n, $2, 'EUR',
           now() - make_interval(days => CASE $2 WHEN 'open' THEN 15 ELSE 100 END)
         FROM generate_series(1, $3::int) n`,
        [state, count],
      );
    await lab.get(SweepOldCarts).tick();
    await killAt(lab, shop.storeId, moment);
    await lab.get(SweepOldCarts).tick();
    await recover(lab);
    const left = await shop.query(
      'SELECT state, count(*)::int AS n FROM carts WHERE store_id = $1 GROUP BY state ORDER BY state',
    );
    // The one that idled for 200 days is deleted at once; the one of which a checkout is open stays.
    expect(left).toEqual([
      { state: 'abandoned', n: some.open },
      { state: 'open', n: 1 },
    ]);
    expect(await shop.query('SELECT FROM cart_lines WHERE store_id = $1')).toHaveLength(1);
    expect(await shop.read(token)).toMatchObject({ state: 'expired', email: null, cartId: null });
  });

  it('are found by the clock in their store, once, and not in another', async () => {
    const other = await aSellingStore(lab);
    await other.shopper([{ variant: other.goods.medium.id }]);
    await shop.shopper([{ variant: shop.goods.medium.id }]);
    await end();
    await pass(15);
    const clock = new SweepOldCarts(lab.get(Db));
    await clock.tick();
    await clock.tick();
    const jobs = await lab.get(Db).acrossStores('read the jobs of the test', (tx) =>
      tx.query<{ storeId: string }>(
        `SELECT store_id AS "storeId" FROM jobs WHERE name = 'checkout.tidy-carts'
             AND store_id = ANY ($1::uuid[])`,
        [[shop.storeId, other.storeId]],
      ),
    );
    expect(jobs).toEqual([{ storeId: shop.storeId }]);
    await tidy();
    expect(await carts()).toEqual([{ state: 'abandoned' }]);
    expect(await other.query('SELECT state FROM carts WHERE store_id = $1')).toEqual([
      { state: 'open' },
    ]);
  });

  it('wait for whoever is at them, and are not waited for', async () => {
    await shop.shopper([{ variant: shop.goods.medium.id }]);
    await end();
    await pass(15);
    const ended = await lab.db.write(shop.storeId, async (store) => {
      await store.query('SELECT FROM carts WHERE store_id = $1 FOR UPDATE', [store.storeId]);
      return lab.db.write(shop.storeId, abandonIdle);
    });
    expect(ended).toBe(0);
    expect(await lab.db.write(shop.storeId, abandonIdle)).toBe(1);
    expect(await lab.db.write(shop.storeId, abandonIdle)).toBe(0);
  });
});
