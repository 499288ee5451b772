import { Checkouts } from '../src/checkouts/checkouts.service';
import { OpenCarts } from '@libs/checkout';
import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import type { Lab } from '@testing';
import { type SellingStore, aSellingStore, berlin, openCheckoutLab } from './checkout-lab.builder';
import { makeDiscount, makePickupPoint } from './rules-lab.builder';

describe('checkouts', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab);
  });
  afterAll(() => lab.close());

  const small = () => ({ variant: shop.goods.small.id });
  const medium = () => ({ variant: shop.goods.medium.id });

  describe('until it is paid', () => {
    it('copies the cart, and keeps the hash of its token alone', async () => {
      const { token, cartToken } = await shop.shopper([{ ...small(), quantity: 2 }, medium()]);
      const checkout = await shop.read(token);
      expect(checkout).toMatchObject({
        state: 'open',
        email: 'ada@example.com',
        lines: [{ quantity: 2, title: 'Linen shirt', variantTitle: 'S' }, { quantity: 1 }],
        quote: { totals: { subtotalMinor: 15_000, shippingMinor: 490, totalMinor: 15_490 } },
        deliveryOptions: [{ title: 'Parcel', priceMinor: 490 }],
      });
      expect(token).toMatch(/^[\w-]{32}$/);
      const [row] = await shop.query<{ text: string }>(
        'SELECT to_jsonb(c)::text AS text FROM checkouts c WHERE store_id = $1',
      );
      expect(row?.text).not.toContain(token);
      expect(await shop.start(cartToken)).toBe(token);
    });

    it('makes another revision of a cart that has changed, with what was typed', async () => {
      const { token, cartToken } = await shop.shopper([medium()]);
      await lab.db.write(shop.storeId, (store) =>
        lab
          .get(OpenCarts)
          .add(store, { token: cartToken, currency: 'EUR' }, [
            { ...small(), quantity: 1, properties: [] },
          ]),
      );
      expect((await shop.read(token)).lines).toHaveLength(1);
      expect(await shop.start(cartToken)).toBe(token);
      expect(await shop.read(token)).toMatchObject({
        email: 'ada@example.com',
        lines: [{ title: 'Linen shirt' }, { title: 'Linen shirt' }],
        quote: { totals: { totalMinor: 10_590 } },
      });
    });

    it('lets the faster of two windows win', async () => {
      const { token } = await shop.shopper([medium()]);
      const { version } = await shop.read(token);
      expect(await shop.update(token, { email: 'b@example.com' }, version)).toMatchObject({
        kind: 'done',
      });
      expect(await shop.update(token, { email: 'c@example.com' }, version)).toMatchObject({
        kind: 'raced',
        checkout: { email: 'b@example.com' },
      });
    });

    it('takes codes, tells those that nobody gave out, and drops a delivery that is not offered', async () => {
      await makeDiscount(lab, shop.storeId, { code: 'TEN' });
      const { token } = await shop.shopper([medium()]);
      const taken = await shop.update(token, { codes: [' ten ', 'NONE'] });
      expect(taken).toMatchObject({
        kind: 'done',
        unknownCodes: ['NONE'],
        checkout: { codes: ['TEN'], quote: { totals: { discountMinor: 520, totalMinor: 5170 } } },
      });
      await shop.update(token, { shippingAddress: { ...berlin, country: 'FR', zip: '75001' } });
      expect(await shop.read(token)).toMatchObject({ deliveryOptions: [], deliveryRateId: null });
    });

    it('sends goods unless the shopper wants to fetch them', async () => {
      const place = `pickup:${await makePickupPoint(lab, shop.storeId)}`;
      const { token } = await shop.shopper([medium()], { shippingAddress: null });
      expect(await shop.read(token)).toMatchObject({ deliveryRateId: null });
      await shop.update(token, { shippingAddress: berlin });
      const { deliveryOptions, deliveryRateId } = await shop.read(token);
      expect(deliveryOptions.map(({ title }) => title)).toEqual(['Parcel', 'Workshop']);
      expect(deliveryRateId).toBe(deliveryOptions[0]?.rateId);
      await shop.update(token, { deliveryRateId: place });
      expect(await shop.read(token)).toMatchObject({
        deliveryRateId: place,
        quote: { totals: { shippingMinor: 0 } },
      });
      await shop.update(token, { shippingAddress: { ...berlin, country: 'FR', zip: '75001' } });
      expect(await shop.read(token)).toMatchObject({ deliveryRateId: place });
    });

    it('says what is missing, and begins nothing', async () => {
      const { token } = await shop.shopper([medium()], { email: null, shippingAddress: null });
      expect(await shop.pay(token)).toMatchObject({
        kind: 'incomplete',
        missing: ['contact', 'address', 'delivery'],
      });
      expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toEqual([]);
    });
  });

  describe('paid by hand', () => {
    it('places the order at once, promises the stock and converts the cart', async () => {
      const { token, cartToken } = await shop.shopper([{ ...small(), quantity: 2 }, medium()], {
        paymentAccountId: shop.goods.accounts.manual,
      });
      const outcome = await shop.pay(token);
      expect(outcome).toMatchObject({
        kind: 'settled',
        outcome: { kind: 'placed' },
        checkout: {
          state: 'completed',
          paymentMethod: { instructions: 'Pay to DE02 1203 0000 0000 2020 51.' },
        },
      });
      expect(await shop.orders()).toEqual([
        expect.objectContaining({ number: 1, totalMinor: 15_490, risk: [] }),
      ]);
      expect(await shop.stock()).toEqual({ onHand: 3, committed: 2, reserved: 0 });
      const cart = await lab.db.read(shop.storeId, (store) =>
        lab.get(OpenCarts).find(store, cartToken),
      );
      expect(cart).toBeNull();
    });

    it('is found by the link of a mail about its order, too', async () => {
      const { token } = await shop.shopper([medium()], {
        paymentAccountId: shop.goods.accounts.manual,
      });
      await shop.pay(token);
      const { checkoutId, orderId } = await shop.read(token);
      const mailed = await lab.db.write(shop.storeId, (store) =>
        lab.get(Orders).issueStatusToken(store, orderId ?? ''),
      );
      expect(await shop.read(mailed)).toMatchObject({ checkoutId, state: 'completed' });
    });

    it('is one order however often the form is sent, by one key or another', async () => {
      const { token } = await shop.shopper([small()], {
        paymentAccountId: shop.goods.accounts.manual,
      });
      const payKey = newId();
      const all = await Promise.all([
        shop.pay(token, { payKey }),
        shop.pay(token, { payKey }),
        shop.pay(token),
      ]);
      for (const outcome of all) {
        expect(outcome).toMatchObject({ kind: 'settled', outcome: { kind: 'placed' } });
      }
      expect(await shop.orders()).toHaveLength(1);
      expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toHaveLength(1);
    });

    it('leaves in the cart what was put in while it was being paid', async () => {
      const { token, cartToken } = await shop.shopper([medium()], {
        paymentAccountId: shop.goods.accounts.manual,
      });
      await lab.db.write(shop.storeId, (store) =>
        lab
          .get(OpenCarts)
          .add(store, { token: cartToken, currency: 'EUR' }, [
            { variant: shop.goods.medium.id, quantity: 2, properties: [] },
          ]),
      );
      await shop.pay(token);
      const cart = await lab.db.read(shop.storeId, (store) =>
        lab.get(OpenCarts).find(store, cartToken),
      );
      expect(cart?.lines).toMatchObject([{ quantity: 2 }]);
    });

    it('asks nobody for nothing', async () => {
      const combinesWith = { product: true, order: true, shipping: true };
      await makeDiscount(lab, shop.storeId, {
        code: 'FREE',
        combinesWith,
        rule: { kind: 'amount_off', on: 'order', benefit: { percent: 100 } },
      });
      await makeDiscount(lab, shop.storeId, {
        code: 'SHIP',
        title: 'Free delivery',
        combinesWith,
        rule: { kind: 'shipping', benefit: { percent: 100 } },
      });
      const { token } = await shop.shopper([medium()], { codes: ['FREE', 'SHIP'] });
      expect((await shop.read(token)).quote?.totals.totalMinor).toBe(0);
      expect(await shop.pay(token)).toMatchObject({
        kind: 'settled',
        outcome: { kind: 'placed' },
      });
      expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toEqual([]);
    });
  });

  it('is another store’s nothing', async () => {
    const { token } = await shop.shopper([medium()]);
    const other = await lab.aStore();
    expect(await lab.db.read(other, (store) => lab.get(Checkouts).find(store, token))).toBeNull();
  });
});
