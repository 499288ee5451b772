import { setImmediate } from 'node:timers/promises';
import { newId } from '@libs/kernel';
import type { Lab } from '@testing';
import { PriceSchedules } from '../../catalog/src/pricing/schedules/price-schedules.service';
import { CheckoutQuotes } from '../src/checkouts/checkout-quotes.service';
import { SweepCheckouts } from '../src/worker/sweep-checkouts.job';
import { type SellingStore, aSellingStore, berlin, openCheckoutLab } from './checkout-lab.builder';
import { recordLocks } from './recorded-locks';
import { makeDiscount, makePickupPoint } from './rules-lab.builder';

const authorized = { kind: 'auth', status: 'authorized' } as const;
const captured = { kind: 'capture', status: 'succeeded' } as const;
const operations = `SELECT kind, state FROM payment_operations WHERE store_id = $1`;
const captures = `SELECT state FROM payment_operations WHERE store_id = $1 AND kind = 'capture'`;
/** Who waits for a lock in this database; whoever waits has locked tables of it. */
const waiting = `SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid IN (
  SELECT pid FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;
const declined = { kind: 'auth', status: 'failed', reason: 'card_declined' } as const;

describe('paying a checkout by card', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab);
  });
  afterAll(() => lab.close());

  const small = (quantity = 1, properties: [string, string][] = []) => ({
    variant: shop.goods.small.id,
    quantity,
    properties,
  });

  it('holds the stock, sends the shopper away, and makes the order by what the provider tells', async () => {
    const { token } = await shop.shopper([small(2)]);
    expect(await shop.pay(token)).toMatchObject({ kind: 'begun', next: { kind: 'redirect' } });
    expect(await shop.read(token)).toMatchObject({ state: 'paying' });
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 0, reserved: 2 });
    expect(await shop.settle(token)).toEqual({ kind: 'waiting' });
    // Nobody comes back: the event alone leads to the order.
    await shop.tell(token, authorized);
    await lab.drain();
    expect(await shop.orders()).toMatchObject([{ number: 1, totalMinor: 10_290 }]);
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 2, reserved: 0 });
  });

  it('is one order when return, event and clock settle in the same moment', async () => {
    const { token } = await shop.shopper([small()]);
    await shop.pay(token);
    await shop.tell(token, captured);
    const all = await Promise.all(Array.from({ length: 8 }, () => shop.settle(token)));
    await lab.drain();
    const ids = new Set(all.map((one) => (one.kind === 'placed' ? one.orderId : one.kind)));
    expect(ids.size).toBe(1);
    expect(await shop.orders()).toHaveLength(1);
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 1, reserved: 0 });
  });

  it('opens again when the card is declined, keeps the stock, and takes the next try', async () => {
    const { token } = await shop.shopper([small(3)]);
    await shop.pay(token);
    await shop.tell(token, declined);
    expect(await shop.settle(token)).toEqual({ kind: 'failed', failure: 'card_declined' });
    expect(await shop.read(token)).toMatchObject({ state: 'open', failure: 'card_declined' });
    expect(await shop.stock()).toMatchObject({ reserved: 3 });
    expect(await shop.pay(token)).toMatchObject({ kind: 'begun' });
    await shop.tell(token, authorized);
    expect(await shop.settle(token)).toMatchObject({ kind: 'placed' });
    expect(await shop.orders()).toHaveLength(1);
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 3, reserved: 0 });
  });

  it('takes the money of a declined attempt that succeeds after all, also when another card came first', async () => {
    const { token } = await shop.shopper([small(2)]);
    await shop.pay(token);
    await shop.tell(token, declined);
    expect(await shop.settle(token)).toMatchObject({ kind: 'failed' });
    // On the provider's page the shopper tries another card.
    await shop.tell(token, authorized);
    expect(await shop.settle(token)).toMatchObject({ kind: 'placed' });
    await lab.drain();
    expect(await shop.orders()).toMatchObject([{ totalMinor: 10_290 }]);
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 2, reserved: 0 });
    const payments = await shop.query('SELECT state FROM payments WHERE store_id = $1');
    expect(payments).toEqual([{ state: 'captured' }]);
  });

  it('gives the money of a declined attempt back when the goods are gone by then', async () => {
    const { token } = await shop.shopper([small(2)]);
    await shop.pay(token);
    await shop.tell(token, declined);
    await shop.settle(token);
    await shop.passTime(token);
    await shop.expire(token);
    const other = await shop.shopper([small(3)]);
    await shop.pay(other.token);
    await shop.tell(token, authorized);
    expect(await shop.settle(token)).toMatchObject({ kind: 'expired' });
    expect(await shop.orders()).toEqual([]);
  });

  it('makes no order of a unit less or of another currency', async () => {
    for (const money of [
      { amountMinor: 5389, currency: 'EUR' },
      { amountMinor: 5390, currency: 'USD' },
    ]) {
      const { token } = await shop.shopper([small()]);
      await shop.pay(token);
      await shop.tell(token, { ...captured, money });
      await lab.drain({ tolerateFailures: true });
      expect((await shop.settle(token)).kind).not.toBe('placed');
    }
    expect(await shop.orders()).toEqual([]);
  });

  it('begins nothing when the price changed meanwhile, and says what changed', async () => {
    const { token } = await shop.shopper([small()]);
    await shop.sql('UPDATE variants SET price_minor = price_minor + 100 WHERE store_id = $1');
    expect(await shop.pay(token)).toMatchObject({
      kind: 'price-changed',
      change: {
        lines: [{ beforeMinor: 4900, afterMinor: 5000 }],
        total: { beforeMinor: 5390, afterMinor: 5490 },
      },
    });
    expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toEqual([]);
    expect(await shop.pay(token)).toMatchObject({ kind: 'begun' });
  });

  it('takes what the form changes in the transaction that pays, and prices it once', async () => {
    const { token } = await shop.shopper([small()]);
    const { version } = await shop.read(token);
    const billingAddress = { ...berlin, name: 'Lovelace GmbH' };
    const change = { billingAddress, paymentAccountId: shop.goods.accounts.manual };
    const price = jest.spyOn(CheckoutQuotes.prototype, 'price');
    const { taken } = recordLocks(lab);
    expect(await shop.pay(token, { change })).toMatchObject({ kind: 'settled' });
    expect(price).toHaveBeenCalledTimes(1);
    price.mockRestore();
    const made = taken.findIndex((one) => one.made.includes('payments'));
    const before = taken.slice(0, made + 1).filter(({ tables }) => tables.includes('checkouts'));
    expect(before).toHaveLength(1);
    const after = await shop.read(token);
    expect(after).toMatchObject({ billingAddress, paymentMethod: { provider: 'manual' } });
    expect(after.version).toBeGreaterThan(version);
  });

  it('keeps what the form changes when it begins nothing', async () => {
    const { token } = await shop.shopper([small()]);
    const change = { billingAddress: { ...berlin, name: 'Lovelace GmbH' } };
    const kept = { checkout: { state: 'open', ...change } };
    await shop.sql('UPDATE variants SET price_minor = price_minor + 100 WHERE store_id = $1');
    const changed = await shop.pay(token, { change });
    expect(changed).toMatchObject({ kind: 'price-changed', ...kept });
    expect(changed).toMatchObject({ change: { lines: [{ beforeMinor: 4900, afterMinor: 5000 }] } });
    await shop.update(token, { billingAddress: null });
    await shop.sql('UPDATE inventory_levels SET on_hand = 0 WHERE store_id = $1');
    expect(await shop.pay(token, { change })).toMatchObject({ kind: 'out-of-stock', ...kept });
    await shop.update(token, { billingAddress: null });
    const gone = { ...change, paymentAccountId: newId() };
    expect(await shop.pay(token, { change: gone })).toMatchObject({ kind: 'method-gone', ...kept });
    expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toEqual([]);
  });

  it('begins nothing when a scheduled price begins or ends meanwhile, and says what changed', async () => {
    const { token } = await shop.shopper([small()]);
    const { variantId } = shop.goods.small;
    const schedules = lab.get(PriceSchedules);
    const prices = [{ variantId, priceMinor: 3_900, compareAtMinor: null }];
    const times = { startsAt: '2099-01-01T00:00:00Z', endsAt: '2099-01-02T00:00:00Z' };
    await lab.db.write(shop.storeId, (store) =>
      schedules.create(store, { title: 'Day', ...times, prices }),
    );
    const changed = (beforeMinor: number, afterMinor: number) => ({
      kind: 'price-changed',
      change: { lines: [{ beforeMinor, afterMinor }] },
    });
    await shop.sql(
      'UPDATE price_schedules SET starts_at = now(), next_at = now() WHERE store_id = $1',
    );
    await schedules.runDue(shop.storeId);
    expect(await shop.pay(token)).toMatchObject(changed(4_900, 3_900));
    await shop.sql(
      'UPDATE price_schedules SET ends_at = now(), next_at = now() WHERE store_id = $1',
    );
    await schedules.runDue(shop.storeId);
    expect(await shop.pay(token)).toMatchObject(changed(3_900, 4_900));
    expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toEqual([]);
  });

  it('holds nothing of an item on three lines of which there is less', async () => {
    shop = await aSellingStore(lab, 3);
    const lines = [small(1), small(1, [['Name', 'Ada']]), small(1, [['Name', 'Eve']])];
    const { token } = await shop.shopper(lines);
    await shop.sql('UPDATE inventory_levels SET on_hand = 2 WHERE store_id = $1');
    const refused = await shop.pay(token);
    expect(refused).toMatchObject({
      kind: 'out-of-stock',
      short: [{ wanted: 1, available: 0 }],
      checkout: { state: 'open' },
    });
    expect(await shop.stock()).toEqual({ onHand: 2, committed: 0, reserved: 0 });
    expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toEqual([]);
  });

  it('sells nothing that no location sends to the address, and says what could be sent elsewhere', async () => {
    shop = await aSellingStore(lab, 3);
    const [far] = await shop.query<{ id: string }>(
      'SELECT location_id AS id FROM locations WHERE store_id = $1',
    );
    const near = await makePickupPoint(lab, shop.storeId);
    await shop.sql(
      `INSERT INTO inventory_levels (store_id, item_id, location_id, on_hand) VALUES ($1, $2, $3, 1)`,
      [shop.goods.small.variantId, near],
    );
    await shop.sql(
      `UPDATE locations SET delivers_to = '{FR}' WHERE store_id = $1 AND location_id = $2`,
      [far?.id],
    );
    const { token } = await shop.shopper([small(2)]);
    expect(await shop.pay(token)).toMatchObject({
      kind: 'out-of-stock',
      short: [{ wanted: 2, available: 1, elsewhere: true }],
      checkout: { state: 'open' },
    });
    const { token: modest } = await shop.shopper([small(1)]);
    expect(await shop.pay(modest)).toMatchObject({ kind: 'begun' });
    const held = () =>
      shop.query('SELECT location_id AS at FROM stock_reservations WHERE store_id = $1');
    expect(await held()).toEqual([{ at: near }]);
    const { token: third } = await shop.shopper([small(1)]);
    expect(await shop.pay(third)).toMatchObject({
      kind: 'out-of-stock',
      short: [{ wanted: 1, available: 0, elsewhere: true }],
    });
    await shop.deliverTo(null);
    expect(await shop.pay(third)).toMatchObject({ kind: 'begun' });
  });

  it('tells of a discount that somebody else used up', async () => {
    await makeDiscount(lab, shop.storeId, { code: 'ONCE', usageLimit: 1 });
    const first = await shop.shopper([small()], { codes: ['ONCE'] });
    const second = await shop.shopper([small()], { codes: ['ONCE'], email: 'eve@example.com' });
    expect(await shop.pay(first.token)).toMatchObject({ kind: 'begun' });
    expect(await shop.pay(second.token)).toMatchObject({
      kind: 'discount-gone',
      change: { total: { afterMinor: 5390 } },
    });
    expect((await shop.read(second.token)).quote?.discounts).toEqual([]);
  });

  it('ends by the clock of the database: provider first, then stock and discounts', async () => {
    const { token } = await shop.shopper([small(2)]);
    await shop.pay(token);
    expect(await shop.expire(token)).toEqual({ kind: 'waiting' });
    expect(await shop.read(token)).toMatchObject({ state: 'paying' });
    await shop.passTime(token);
    await lab.get(SweepCheckouts).tick();
    await lab.drain();
    await lab.get(SweepCheckouts).tick();
    await lab.drain();
    expect(await shop.read(token)).toMatchObject({ state: 'expired' });
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 0, reserved: 0 });
  });

  it('makes no order of an authorisation that is about to be let go', async () => {
    for (const end of ['expire', 'giveUp'] as const) {
      const { token } = await shop.shopper([small()]);
      await shop.pay(token);
      if (end === 'expire') await shop.passTime(token);
      expect(await shop[end](token)).toEqual({ kind: 'waiting' });
      // The shopper confirmed in the moment before; the cancellation is on its way.
      await shop.tell(token, authorized);
      expect(await shop.settle(token)).toEqual({ kind: 'waiting' });
      expect(await shop.expire(token)).toEqual({ kind: 'waiting' });
      expect(await shop.giveUp(token)).toEqual({ kind: 'waiting' });
      await shop.tell(token, { kind: 'auth', status: 'voided' });
      await lab.drain();
      expect(await shop.read(token)).toMatchObject({ state: 'open' });
    }
    expect(await shop.orders()).toEqual([]);
    expect(await shop.query(captures)).toEqual([]);
  });

  it('makes the order once the cancellation has come too late for the authorisation', async () => {
    const { token } = await shop.shopper([small()]);
    await shop.pay(token);
    await shop.giveUp(token);
    await shop.tell(token, authorized);
    expect(await shop.settle(token)).toEqual({ kind: 'waiting' });
    // The provider answers, and what it holds stands.
    await lab.drain();
    expect(await shop.orders()).toHaveLength(1);
    expect(await shop.query(captures)).toEqual([{ state: 'done' }]);
  });

  it('makes the order at once of what was captured while it was to be cancelled', async () => {
    const { token } = await shop.shopper([small()]);
    await shop.pay(token);
    await shop.giveUp(token);
    await shop.tell(token, captured);
    expect(await shop.settle(token)).toMatchObject({ kind: 'placed' });
  });

  it('is an order, and nothing is cancelled, when time is over for a declined attempt that holds its money', async () => {
    const { token } = await shop.shopper([small()]);
    await shop.pay(token);
    await shop.tell(token, declined);
    await shop.settle(token);
    await shop.tell(token, authorized);
    await shop.passTime(token);
    expect(await shop.expire(token)).toMatchObject({ kind: 'placed' });
    await lab.drain();
    expect(await shop.query(operations)).toEqual([{ kind: 'capture', state: 'done' }]);
    expect(
      await shop.query('SELECT captured_minor::int AS captured FROM orders WHERE store_id = $1'),
    ).toEqual([{ captured: 5390 }]);
  });

  it('makes no order of money that is on its way back, though the goods are there again', async () => {
    const { token } = await shop.shopper([small(2)]);
    await shop.pay(token);
    await shop.tell(token, declined);
    await shop.settle(token);
    await shop.passTime(token);
    await shop.expire(token);
    await shop.sql('UPDATE inventory_levels SET on_hand = 0 WHERE store_id = $1');
    await shop.tell(token, captured);
    expect(await shop.settle(token)).toEqual({ kind: 'expired' });
    await shop.sql('UPDATE inventory_levels SET on_hand = 3 WHERE store_id = $1');
    expect(await shop.settle(token)).toEqual({ kind: 'expired' });
    expect(await shop.orders()).toEqual([]);
  });

  /**
   * Begins each only once the one before waits for a lock, of which the first one is held meanwhile: their order at the
   * rows is theirs here.
   * @param held locks the row that the first one needs; `$1` is the store
   */
  async function inLine<Outcome>(
    held: string,
    ...each: (() => Promise<Outcome>)[]
  ): Promise<Outcome[]> {
    const begun: Promise<Outcome>[] = [];
    let ended = 0;
    await lab.db.write(shop.storeId, async (holder) => {
      await holder.query(held, [shop.storeId]);
      for (const begin of each) {
        begun.push(begin().finally(() => (ended += 1)));
        while ((await holder.query(waiting)).length + ended < begun.length) await setImmediate();
      }
    });
    return Promise.all(begun);
  }

  /** Tries in stores of their own until nobody had to wait for longer than shoppers are let wait for a lock. */
  async function raced(
    race: (token: string) => Promise<unknown[]>,
  ): Promise<{ token: string; outcomes: unknown[] }> {
    for (;;) {
      shop = await aSellingStore(lab);
      const { token } = await shop.shopper([small()]);
      await shop.pay(token);
      await shop.passTime(token);
      const outcomes = await race(token);
      const isBusy = outcomes.some((one) => (one as { kind?: unknown }).kind === 'busy');
      if (!isBusy) return { token, outcomes };
      await lab.drain({ tolerateFailures: true });
    }
  }

  it('is an order when the clock comes at once with a success, and after it', async () => {
    const { outcomes } = await raced(async (token) => {
      await shop.tell(token, authorized);
      return inLine<unknown>(
        'SELECT FROM checkouts WHERE store_id = $1 FOR UPDATE',
        () => shop.settle(token),
        () => shop.expire(token),
      );
    });
    const placed = { kind: 'placed', orderId: expect.any(String) };
    expect(outcomes).toEqual([placed, outcomes[0]]);
    await lab.drain();
    expect(await shop.orders()).toHaveLength(1);
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 1, reserved: 0 });
  });

  it('is over when the clock comes at once with a success, and before it', async () => {
    const { token, outcomes } = await raced((token) =>
      // The clock has the checkout and waits for its payment, then the success for the same, then who settles.
      inLine<unknown>(
        'SELECT FROM payments WHERE store_id = $1 FOR UPDATE',
        () => shop.expire(token),
        () => shop.tell(token, authorized),
        () => shop.settle(token),
      ),
    );
    const later = { kind: 'waiting' };
    expect(outcomes).toEqual([later, expect.any(String), later]);
    expect(await shop.query(operations)).toEqual([{ kind: 'cancel', state: 'wanted' }]);
    await shop.tell(token, { kind: 'auth', status: 'voided' });
    await lab.drain();
    await lab.get(SweepCheckouts).tick();
    await lab.drain();
    expect(await shop.read(token)).toMatchObject({ state: 'expired' });
    expect(await shop.orders()).toEqual([]);
    expect(await shop.stock()).toEqual({ onHand: 3, committed: 0, reserved: 0 });
  });

  it('revives what is paid too late while all of it can be had, else gives the money back', async () => {
    const late = async (left: number) => {
      await shop.sql('UPDATE inventory_levels SET on_hand = 9 WHERE store_id = $1');
      const { token } = await shop.shopper([small(2)]);
      await shop.pay(token);
      await shop.sql(
        `UPDATE checkouts SET state = 'expired', expires_at = now() - interval '1 hour'
         WHERE store_id = $1 AND state = 'paying'`,
      );
      await shop.sql(
        `UPDATE stock_reservations SET state = 'released' WHERE store_id = $1 AND state = 'active'`,
      );
      await shop.sql('UPDATE inventory_levels SET reserved = 0, on_hand = $2 WHERE store_id = $1', [
        left,
      ]);
      const paymentId = await shop.tell(token, authorized);
      return { outcome: await shop.settle(token), paymentId };
    };
    expect((await late(3)).outcome).toMatchObject({ kind: 'placed' });
    expect(await shop.orders()).toMatchObject([{ risk: ['late'] }]);
    const { outcome, paymentId } = await late(3);
    expect(outcome).toEqual({ kind: 'expired' });
    const [payment] = await shop.query<{ unwanted: boolean }>(
      'SELECT unwanted_at IS NOT NULL AS unwanted FROM payments WHERE store_id = $1 AND payment_id = $2',
      [paymentId],
    );
    expect(payment).toEqual({ unwanted: true });
    expect(await shop.orders()).toHaveLength(1);
  });

  it('is placed later when the counter is held by a stuck session', async () => {
    const first = await shop.shopper([small()]);
    await shop.pay(first.token);
    await shop.tell(first.token, authorized);
    await shop.settle(first.token);
    const { token } = await shop.shopper([small()]);
    await shop.pay(token);
    await shop.tell(token, authorized);
    await lab.db.write(shop.storeId, async (stuck) => {
      await stuck.query('SELECT FROM store_counters WHERE store_id = $1 FOR UPDATE', [
        shop.storeId,
      ]);
      expect(await shop.settle(token)).toEqual({ kind: 'busy' });
    });
    expect(await shop.settle(token)).toMatchObject({ kind: 'placed' });
    expect((await shop.orders()).map(({ number }) => number)).toEqual([1, 2]);
  });
});

/** The whole proof is 200 shoppers for 50 units: `CARAVEL_SOAK_SHOPPERS=200`. */
const shoppers = Number(process.env.CARAVEL_SOAK_SHOPPERS ?? 24);

describe('many shoppers at once', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  afterAll(() => lab.close());

  it('buy exactly what is there, with numbers without a gap', async () => {
    const units = shoppers / 4;
    const shop = await aSellingStore(lab, units);
    const tokens: string[] = [];
    for (let i = 0; i < shoppers; i += 1) {
      const wants = [{ variant: shop.goods.small.id }];
      const { token } = await shop.shopper(wants, {
        paymentAccountId: shop.goods.accounts.manual,
        email: `shopper-${newId()}@example.com`,
      });
      tokens.push(token);
    }
    const outcomes = await Promise.all(tokens.map((token) => shop.pay(token)));
    const kinds = outcomes.map((one) => (one.kind === 'settled' ? one.outcome.kind : one.kind));
    expect(kinds.filter((kind) => kind === 'placed')).toHaveLength(units);
    expect(kinds.filter((kind) => kind === 'out-of-stock')).toHaveLength(shoppers - units);
    expect(await shop.stock()).toEqual({ onHand: units, committed: units, reserved: 0 });
    const numbers = (await shop.orders()).map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: units }, (_, at) => at + 1));
  }, 600_000);
});
