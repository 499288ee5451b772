import { OrderCancelled } from '@libs/orders';
import type { Lab } from '@testing';
import { Discounts } from '../src/discounts/discounts.service';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { makeDiscount } from './rules-lab.builder';

describe('checkouts with a discount of few uses', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab);
  });
  afterAll(() => lab.close());

  const shopper = (at: number, codes = ['TEN']) =>
    shop.shopper([{ variant: shop.goods.medium.id }], {
      email: `shopper${at}@example.com`,
      codes,
      paymentAccountId: shop.goods.accounts.manual,
    });
  const usesOf = async (id: string) => {
    const { used, held } = await lab.db.read(shop.storeId, (store) =>
      lab.get(Discounts).get(store, id),
    );
    return [used, held];
  };

  it('places exactly as many orders at the lower price as there are uses', async () => {
    const { id } = await makeDiscount(lab, shop.storeId, { code: 'TEN', usageLimit: 3 });
    const shoppers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((at) => shopper(at)));
    const outcomes = await Promise.all(shoppers.map(({ token }) => shop.pay(token)));
    const kinds = outcomes.map(({ kind }) => kind);
    // Whether they looked before the last use was taken or after it.
    const late = kinds.filter((kind) => kind === 'discount-gone');
    expect([late.length, kinds.length]).toEqual([5, 8]);
    await lab.drain();
    const orders = await shop.query<{ orderId: string; checkoutId: string; minor: number }>(
      `SELECT order_id AS "orderId", checkout_id AS "checkoutId", total_minor::int AS minor
       FROM orders WHERE store_id = $1`,
    );
    expect(orders.map(({ minor }) => minor)).toEqual([5_170, 5_170, 5_170]);
    expect(await usesOf(id)).toEqual([3, 0]);

    const [first] = orders;
    if (!first) throw new Error('There is no order.');
    const { orderId, checkoutId } = first;
    await lab.db.write(shop.storeId, (store) =>
      Promise.resolve(store.publish(OrderCancelled, { orderId, checkoutId, reason: 'customer' })),
    );
    await lab.drain();
    expect(await usesOf(id)).toEqual([2, 0]);
    const next = await shopper(9);
    expect((await shop.read(next.token)).quote?.totals.totalMinor).toBe(5_170);
  }, 60_000);

  it('gives a use back when the time to pay is over, and says with the order why it cost so', async () => {
    const { id } = await makeDiscount(lab, shop.storeId, { code: 'TEN', usageLimit: 1 });
    const { card } = shop.goods.accounts;
    const slow = await shop.shopper([{ variant: shop.goods.medium.id }], {
      codes: ['TEN'],
      paymentAccountId: card,
    });
    await shop.pay(slow.token);
    expect(await usesOf(id)).toEqual([0, 1]);
    await shop.passTime(slow.token);
    // The provider is asked to give up first.
    expect(await shop.expire(slow.token)).toMatchObject({ kind: 'waiting' });
    await shop.tell(slow.token, { kind: 'auth', status: 'voided' });
    await shop.expire(slow.token);
    expect(await usesOf(id)).toEqual([0, 0]);

    const next = await shopper(2);
    await shop.pay(next.token);
    await lab.drain();
    const [order] = await shop.query<{ sentences: string[] }>(
      `SELECT ARRAY(SELECT row ->> 'sentence' FROM jsonb_array_elements(reasons -> 'explanation') AS row)
         AS sentences
       FROM orders WHERE store_id = $1`,
    );
    expect(order?.sentences).toEqual([
      'Linen shirt - M: 52.00 EUR (1 × 52.00 EUR).',
      'Linen shirt - M: 5.20 EUR off by “Ten percent”, code TEN.',
      'Parcel: 4.90 EUR.',
      'To pay: 51.70 EUR.',
    ]);
  }, 60_000);
});
