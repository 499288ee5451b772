import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import { StoredValue } from '@libs/payments';
import type { Lab } from '@testing';
import { OrderEdits } from '../src/edits/order-edits.service';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { makeDiscount } from './rules-lab.builder';
import { type Locking, recordLocks } from './recorded-locks';

/** The order of locks that holds everywhere (commerce.md, 2.1); tables of one place are locked in any order. */
const places = [
  ['checkouts'],
  ['orders'],
  ['payments'],
  ['discounts', 'discount_codes', 'discount_units'],
  ['stored_value_accounts'],
  ['stock_reservations'],
  ['inventory_levels'],
  ['store_counters'],
];

const placeOf = (table: string): number => places.findIndex((tables) => tables.includes(table));

/** What a transaction locks, each table where it first came; the order that it places is new, and nobody else's. */
const firsts = ({ tables, made }: Locking): string[] => [
  ...new Set(
    tables.filter(
      (table) => placeOf(table) >= 0 && !(table === 'orders' && made.includes('orders')),
    ),
  ),
];

/** An edit locks all levels at once, then promises its units under a name that nobody else has. */
const edit = 'checkouts > orders > inventory_levels > stock_reservations';

describe('locks', () => {
  let lab: Lab;
  let shop: SellingStore;
  let locks: ReturnType<typeof recordLocks>;

  beforeAll(async () => {
    lab = await openCheckoutLab();
    shop = await aSellingStore(lab, 50);
    // Two counted items, so that one transaction takes two levels.
    await shop.sql(`UPDATE variants SET tracked = true WHERE store_id = $1 AND sku = 'LS-M'`);
    await shop.sql(
      `INSERT INTO inventory_levels (store_id, item_id, location_id, on_hand)
       SELECT $1, $2, location_id, 50 FROM inventory_levels WHERE store_id = $1`,
      [shop.goods.medium.variantId],
    );
    await makeDiscount(lab, shop.storeId, { code: 'LIMITED', usageLimit: 40 });
    locks = recordLocks(lab);
  }, 120_000);
  afterAll(() => lab.close());

  const authorized = { kind: 'auth', status: 'authorized' } as const;
  const write = <T>(work: Parameters<typeof lab.db.write<T>>[1]) =>
    lab.db.write(shop.storeId, work);

  /** A checkout with all that can be held: a discount with a limit, a gift card, and two counted items. */
  const aShopper = async (order: 1 | -1 = 1) => {
    const money = { amountMinor: 1000, currency: 'EUR' };
    const { accountId, code } = await write((store) =>
      lab.get(StoredValue).issueGiftCard(store, { money, ref: newId() }),
    );
    const goods = [shop.goods.small.id, shop.goods.medium.id];
    const wants = (order > 0 ? goods : goods.toReversed()).map((variant) => ({ variant }));
    const { token } = await shop.shopper(wants, { codes: ['LIMITED'] });
    await shop.update(token, { giftCards: [{ accountId, lastCharacters: code.slice(-4) }] });
    return token;
  };

  const buy = async (order: 1 | -1 = 1): Promise<string> => {
    const token = await aShopper(order);
    expect(await shop.pay(token)).toMatchObject({ kind: 'begun' });
    const { quote } = await shop.read(token);
    const amountMinor = quote?.tenders.find(({ kind }) => kind === 'provider')?.amountMinor ?? 0;
    await shop.tell(token, { ...authorized, money: { amountMinor, currency: 'EUR' } });
    const settled = await shop.settle(token);
    if (settled.kind !== 'placed') throw new Error(settled.kind);
    await lab.drain();
    return settled.orderId;
  };

  const lineOf = async (orderId: string): Promise<string> => {
    const { lines } = await lab.db.read(shop.storeId, (store) =>
      lab.get(Orders).get(store, orderId),
    );
    return lines.find(({ variantId }) => variantId === shop.goods.small.variantId)?.id ?? '';
  };

  it('are taken in one order by whoever sells, sends, gives back, edits, cancels and lets go', async () => {
    const orders = lab.get(Orders);
    const sent = await buy();
    const lineId = await lineOf(sent);
    await write((store) =>
      lab.get(OrderEdits).commit(store, sent, {
        wish: { lines: [{ lineId, quantity: 3 }], add: [] },
        terms: { key: newId(), reason: null, notify: false },
      }),
    );
    await write((store) => orders.fulfil(store, sent, { key: newId() }));
    await write((store) =>
      orders.refund(store, sent, {
        key: newId(),
        lines: [{ lineId, quantity: 1, restock: 'return' }],
        charges: [],
        freeMinor: 0,
      }),
    );
    const cancelled = await buy(-1);
    await write((store) =>
      orders.cancel(store, cancelled, { reason: 'other', refund: true, restock: true }),
    );
    const left = await aShopper();
    await shop.pay(left);
    await shop.passTime(left);
    await shop.expire(left);
    await lab.drain();
    await shop.expire(left);
    expect(await shop.read(left)).toMatchObject({ state: 'expired' });
    await lab.drain();
    const seen = new Set(locks.taken.flatMap(firsts));
    expect([...seen].toSorted()).toEqual(
      expect.arrayContaining(['checkouts', 'discounts', 'inventory_levels', 'orders', 'payments']),
    );
    expect(seen).toContain('store_counters');
    const wrong = locks.taken
      .map(firsts)
      .filter((tables) =>
        tables.some((table, at) => at > 0 && placeOf(table) < placeOf(tables[at - 1] ?? '')),
      );
    expect([...new Set(wrong.map((tables) => tables.join(' > ')))]).toEqual([edit]);
    // I13: level by level in the order of items and places, whatever the order of the cart.
    const levels = locks.taken.map(({ levels: rows }) => rows).filter((rows) => rows.length > 1);
    for (const rows of levels) expect(rows).toEqual([...rows].toSorted());
    expect(levels.length).toBeGreaterThan(3);
  }, 180_000);
});
