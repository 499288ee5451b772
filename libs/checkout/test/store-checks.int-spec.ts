import { StoreChecks, type StoreFault } from '@libs/checkout';
import type { Lab } from '@testing';
import { CheckRound } from '../src/checks/check-round.service';
import { listFaults } from '../src/checks/store-faults.queries';
import { SweepStoreChecks } from '../src/worker/sweep-store-checks.job';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { makeDiscount } from './rules-lab.builder';

const captured = { kind: 'capture', status: 'succeeded' } as const;

describe('what a store keeps as sums and statuses', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  afterAll(() => lab.close());
  beforeEach(async () => {
    shop = await aSellingStore(lab, 9);
  });

  const look = () => lab.get(StoreChecks).look(shop.storeId);
  const round = () => lab.get(CheckRound).run(shop.storeId);
  const known = () =>
    lab.db.read(shop.storeId, (store) => listFaults(store, { limit: 50, after: null }));

  /** An order that is paid, of two counted shirts with a limited code. */
  const anOrder = async (): Promise<string> => {
    await makeDiscount(lab, shop.storeId, { code: 'TEN', usageLimit: 5 });
    const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity: 2 }], {
      codes: ['TEN'],
    });
    await shop.pay(token);
    await shop.tell(token, captured);
    await lab.drain();
    const { orderId } = await shop.read(token);
    return orderId ?? '';
  };

  it('follows from its rows, while it is paid and after', async () => {
    const { token } = await shop.shopper([{ variant: shop.goods.small.id }]);
    expect(await look()).toEqual([]);
    await shop.pay(token);
    expect(await look()).toEqual([]);
    await anOrder();
    expect(await look()).toEqual([]);
  });

  it.each<[string, string, Partial<StoreFault>]>([
    [
      'units reserved for nobody',
      'UPDATE inventory_levels SET reserved = 1 WHERE store_id = $1',
      { area: 'stock', kind: 'reserved', found: '1', expected: '0', mendable: true },
    ],
    [
      'units an order waits for that are not promised',
      'UPDATE inventory_levels SET committed = 1 WHERE store_id = $1',
      { area: 'stock', kind: 'committed', found: '1', expected: '2', mendable: true },
    ],
    [
      'units that came from nowhere',
      'UPDATE inventory_levels SET on_hand = on_hand + 1 WHERE store_id = $1',
      { area: 'stock', kind: 'movements', mendable: false },
    ],
    [
      'a status that does not follow from the rows',
      "UPDATE orders SET financial_status = 'pending' WHERE store_id = $1",
      {
        area: 'orders',
        kind: 'status',
        found: 'pending unfulfilled none',
        expected: 'paid unfulfilled none',
      },
    ],
    [
      'money that no payment knows of',
      'UPDATE orders SET captured_minor = captured_minor + 1 WHERE store_id = $1',
      { area: 'orders', kind: 'money' },
    ],
    [
      'a number that was given to nobody',
      'UPDATE store_counters SET next = next + 1 WHERE store_id = $1',
      { area: 'orders', kind: 'numbers', found: '1 up to 1', expected: '2 up to 2' },
    ],
    [
      'units shipped in no parcel',
      'UPDATE order_lines SET shipped = 1 WHERE store_id = $1',
      { area: 'orders', kind: 'shipped', found: '1', expected: '0' },
    ],
    [
      'a refund that no timeline tells of',
      `INSERT INTO refunds (store_id, refund_id, order_id, request_key, amount_minor, tax_minor)
       SELECT store_id, gen_random_uuid(), order_id, 'k', 1, 0 FROM orders WHERE store_id = $1`,
      { area: 'orders', kind: 'refund-event' },
    ],
    [
      'a refund that no provider is asked for',
      `WITH r AS (
         INSERT INTO refunds (store_id, refund_id, order_id, request_key, amount_minor, tax_minor)
         SELECT store_id, gen_random_uuid(), order_id, 'k', 1, 0 FROM orders WHERE store_id = $1
         RETURNING store_id, refund_id
       )
       INSERT INTO refund_tenders (store_id, refund_id, position, kind, tender_id, amount_minor)
       SELECT store_id, refund_id, 1, 'provider', 'p', 1 FROM r`,
      { area: 'orders', kind: 'refund-operation' },
    ],
    [
      'a payment that says other than its facts',
      'UPDATE payments SET refunded_minor = 7 WHERE store_id = $1',
      { area: 'payments', kind: 'payment-sums' },
    ],
    [
      'captured money that no order took',
      `UPDATE payments SET order_id = NULL, updated_at = now() - interval '1 hour' WHERE store_id = $1`,
      { area: 'payments', kind: 'stray-capture', expected: '0' },
    ],
    [
      'a payment that can still be made of a checkout that is over',
      `INSERT INTO payments (store_id, payment_id, account_id, provider, test_mode, checkout_id, pay_key, amount_minor,
         currency, capture, return_url, updated_at)
       SELECT store_id, gen_random_uuid(), account_id, provider, test_mode, checkout_id, 'another', 700, currency,
         capture, return_url, now() - interval '61 seconds' FROM payments WHERE store_id = $1`,
      { area: 'payments', kind: 'stray-intent', found: '700', expected: '0' },
    ],
    [
      'a part of a gift card that is held for a checkout that is over',
      `WITH card AS (
         INSERT INTO stored_value_accounts (store_id, account_id, kind, code_hash, currency)
         VALUES ($1, gen_random_uuid(), 'gift_card', 'hash', 'EUR') RETURNING store_id, account_id
       )
       INSERT INTO stored_value_holds (store_id, checkout_id, account_id, amount_minor, state, at)
       SELECT store_id, checkout_id, account_id, 300, 'held', now() - interval '61 seconds'
       FROM card JOIN checkouts USING (store_id)`,
      { area: 'payments', kind: 'stray-value', found: '300', expected: '0' },
    ],
    [
      'uses of a discount that nobody counted',
      'UPDATE discounts SET taken = 0 WHERE store_id = $1',
      { area: 'discounts', kind: 'discount-uses', found: '0', expected: '1' },
    ],
    [
      'uses of a code that nobody made',
      'UPDATE discount_codes SET taken = 3 WHERE store_id = $1',
      { area: 'discounts', kind: 'code-uses', found: '3', expected: '1' },
    ],
    [
      'a use that is held for a checkout that is over',
      "UPDATE discount_redemptions SET state = 'held' WHERE store_id = $1",
      { area: 'discounts', kind: 'stray-hold' },
    ],
  ])('is found wrong: %s', async (_, sql, fault) => {
    await anOrder();
    await shop.sql(sql);
    expect(await look()).toContainEqual(expect.objectContaining(fault));
  });

  it('is told of after a second look a minute later, once, and cleared when it is right again', async () => {
    await anOrder();
    await shop.sql('UPDATE inventory_levels SET reserved = 1 WHERE store_id = $1');
    expect(await round()).toEqual([]);
    expect(await round()).toEqual([]);
    expect(await known()).toEqual([]);
    const earlier = `UPDATE store_faults SET first_seen_at = now() - interval '61 seconds' WHERE store_id = $1`;
    await shop.sql(earlier);
    const told = await round();
    expect(told.map(({ kind }) => kind).sort()).toEqual(['movements', 'reserved']);
    expect(await round()).toEqual([]);
    const still = { kind: 'reserved', found: '1', clearedAt: null };
    expect(await known()).toContainEqual(expect.objectContaining(still));
    await shop.sql('UPDATE inventory_levels SET reserved = 0 WHERE store_id = $1');
    expect(await round()).toEqual([]);
    const cleared = { clearedAt: expect.any(Date) };
    expect(await known()).toMatchObject([cleared, cleared]);
  });

  it('is forgotten when the second look does not see it', async () => {
    await shop.sql('UPDATE inventory_levels SET reserved = 1 WHERE store_id = $1');
    await round();
    await shop.sql('UPDATE inventory_levels SET reserved = 0 WHERE store_id = $1');
    await round();
    expect(await shop.query('SELECT FROM store_faults WHERE store_id = $1')).toEqual([]);
  });

  it('is looked at by the clock: a new store at once, then every ten minutes', async () => {
    const due = () =>
      lab.db.acrossStores('count the checks that wait', async (tx) => {
        const rows = await tx.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM jobs WHERE store_id = $1 AND name = 'checkout.check-store'`,
          [shop.storeId],
        );
        return rows[0]?.n;
      });
    await lab.get(SweepStoreChecks).tick();
    expect(await due()).toBe(1);
    await lab.drain();
    await lab.get(SweepStoreChecks).tick();
    expect(await due()).toBe(0);
    await shop.sql('UPDATE store_checks SET due_at = now() WHERE store_id = $1');
    await lab.get(SweepStoreChecks).tick();
    expect(await due()).toBe(1);
  });

  it('is repaired without what a sale under way has changed, and first only said', async () => {
    await anOrder();
    await shop.sql('UPDATE inventory_levels SET reserved = 3, committed = 0 WHERE store_id = $1');
    const checks = lab.get(StoreChecks);
    const plan = await checks.repairStock(shop.storeId, { dryRun: true });
    expect([plan.changed, plan.faults.map(({ kind }) => kind)]).toEqual([
      0,
      ['committed', 'movements', 'reserved'],
    ]);
    expect(await shop.stock()).toMatchObject({ reserved: 3, committed: 0 });
    expect(await checks.repairStock(shop.storeId, { dryRun: false })).toMatchObject({ changed: 1 });
    expect(await shop.stock()).toMatchObject({ reserved: 0, committed: 2 });
    expect(await look()).toEqual([]);
  });
});
