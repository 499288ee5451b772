import { AppError, newId } from '@libs/kernel';
import { OrderChecks, Orders } from '@libs/orders';
import type { Lab } from '@testing';
import { checkStock } from '../../catalog/src/stock/check-stock';
import { OrderEdits, type EditTerms, type EditWish } from '../src/edits/order-edits.service';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { makeDiscount, makePickupPoint, register } from './rules-lab.builder';

describe('orders that are edited before they are sent', () => {
  let lab: Lab;
  let shop: SellingStore;
  let orders: Orders;
  let edits: OrderEdits;

  beforeAll(async () => {
    lab = await openCheckoutLab();
    orders = lab.get(Orders);
    edits = lab.get(OrderEdits);
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab, 5);
  });
  afterAll(() => lab.close());

  const view = (orderId: string) =>
    lab.db.read(shop.storeId, (store) => orders.get(store, orderId));
  const write = <T>(work: Parameters<typeof lab.db.write<T>>[1]) =>
    lab.db.write(shop.storeId, work);
  const preview = (orderId: string, wish: Partial<EditWish>) =>
    lab.db.read(shop.storeId, (store) =>
      edits.preview(store, orderId, { lines: [], add: [], ...wish }),
    );
  const edit = (orderId: string, wish: Partial<EditWish>, terms: Partial<EditTerms> = {}) =>
    write((store) =>
      edits.commit(store, orderId, {
        wish: { lines: [], add: [], ...wish },
        terms: { key: newId(), reason: null, notify: true, ...terms },
      }),
    );
  /** An order of two small shirts and a medium one, 150.00 and 4.90 for the parcel. */
  const placed = async ({
    by = 'card',
    codes = [],
  }: { by?: 'card' | 'manual'; codes?: string[] } = {}): Promise<{
    orderId: string;
    small: string;
    medium: string;
  }> => {
    const { small, medium, accounts } = shop.goods;
    const { token } = await shop.shopper(
      [{ variant: medium.id }, { variant: small.id, quantity: 2 }],
      { paymentAccountId: accounts[by], codes },
    );
    await shop.pay(token);
    if (by === 'card') {
      const amount = (await shop.read(token)).quote?.totals.totalMinor ?? 0;
      const money = { amountMinor: amount, currency: 'EUR' };
      await shop.tell(token, { kind: 'capture', status: 'succeeded', money });
    }
    await lab.drain();
    const { orderId } = await shop.read(token);
    const order = await view(orderId ?? '');
    const of = (variantId: string) =>
      order.lines.find((line) => line.variantId === variantId)?.id ?? '';
    return { orderId: orderId ?? '', small: of(small.variantId), medium: of(medium.variantId) };
  };
  const examine = async () => {
    await lab.db.read(shop.storeId, async (store) => {
      const checks = lab.get(OrderChecks);
      expect(await checks.check(store, null)).toEqual([]);
      expect(await checkStock(store, await checks.commitments(store))).toEqual([]);
    });
  };

  it('taxes what is added where the goods are fetched, not where the shopper lives', async () => {
    await register(lab, shop.storeId);
    await register(lab, shop.storeId, { scheme: 'oss', number: 'DE-OSS' });
    const locationId = await makePickupPoint(lab, shop.storeId);
    const { medium, accounts } = shop.goods;
    const { token } = await shop.shopper([{ variant: medium.id }], {
      paymentAccountId: accounts.manual,
      shippingAddress: {
        name: 'Ada',
        address1: 'Rue 1',
        zip: '75001',
        city: 'Paris',
        country: 'FR',
      },
      deliveryRateId: `pickup:${locationId}`,
    });
    await shop.pay(token);
    await lab.drain();
    const { orderId } = await shop.read(token);
    const add = [{ title: 'Card', unitMinor: 300, quantity: 1 }];
    const { quote } = await preview(orderId ?? '', { add });
    expect(new Set(quote.taxes.map(({ ppm }) => ppm))).toEqual(new Set([190_000]));
  });

  it('costs what it did when nothing is changed, with discounts and taxes as they were agreed on', async () => {
    await register(lab, shop.storeId);
    await makeDiscount(lab, shop.storeId, { code: 'TEN' });
    const { orderId } = await placed({ codes: ['TEN'] });
    const before = await view(orderId);
    expect(before).toMatchObject({ discountMinor: 1_500, totalMinor: 13_990 });
    const { quote, owedMinor, overMinor } = await preview(orderId, {});
    expect(quote.totals).toEqual({
      subtotalMinor: before.subtotalMinor,
      discountMinor: before.discountMinor,
      shippingMinor: before.shippingMinor,
      feesMinor: before.feesMinor,
      taxMinor: before.taxMinor,
      taxIncluded: true,
      totalMinor: before.totalMinor,
    });
    expect([owedMinor, overMinor]).toEqual([0, 0]);
    expect(quote.discounts).toMatchObject([{ title: 'Ten percent', code: 'TEN' }]);
  });

  it('takes more and other things in, holds their stock, and owes the difference', async () => {
    const { orderId, small } = await placed();
    const { version } = await view(orderId);
    const wish: Partial<EditWish> = {
      lines: [{ lineId: small, quantity: 3 }],
      add: [
        { title: 'Engraving', unitMinor: 1_000, quantity: 1, requiresShipping: false },
        {
          variantId: shop.goods.medium.variantId,
          quantity: 2,
          discount: { percent: 50, title: 'Sorry' },
        },
      ],
      shipping: { priceMinor: 990 },
    };
    // One more at 49.00, the engraving, two at half of 52.00, and 5.00 more for the parcel.
    const difference = 4_900 + 1_000 + 5_200 + 500;
    expect(await preview(orderId, wish)).toMatchObject({
      version,
      owedMinor: difference,
      overMinor: 0,
    });
    expect(await shop.stock()).toMatchObject({ committed: 2 });
    await edit(orderId, wish, { version, reason: 'asked on the telephone' });
    expect(await shop.stock()).toEqual({ onHand: 5, committed: 3, reserved: 0 });
    const after = await view(orderId);
    expect(after).toMatchObject({
      totalMinor: 15_490 + difference,
      dueMinor: 15_490 + difference,
      shippingMinor: 990,
      discountMinor: 5_200,
      financialStatus: 'partially_paid',
      owedMinor: difference,
      overMinor: 0,
      revision: 1,
      discounts: [{ title: 'Sorry', amountMinor: 5_200 }],
    });
    expect(after.lines.map(({ title, quantity }) => [title, quantity])).toEqual([
      ['Linen shirt', 1],
      ['Linen shirt', 3],
      ['Engraving', 1],
      ['Linen shirt', 2],
    ]);
    expect(after.timeline.at(-1)).toMatchObject({
      kind: 'edited',
      data: { beforeMinor: 15_490, afterMinor: 15_490 + difference },
    });
    await expect(edit(orderId, wish, { version })).rejects.toMatchObject({
      code: 'http.version-conflict',
    });
    await examine();
    await write((store) => orders.fulfil(store, orderId, { key: newId() }));
    expect((await view(orderId)).lines.find(({ id }) => id === small)?.shipped).toBe(3);
    expect(await shop.stock()).toMatchObject({ onHand: 2, committed: 0 });
  });

  it('takes things out, frees their stock, and gives back what is over, once', async () => {
    const { orderId, small, medium } = await placed();
    const lines = [
      { lineId: small, quantity: 1 },
      { lineId: medium, quantity: 0 },
    ];
    const key = newId();
    const first = await edit(orderId, { lines }, { key });
    expect(await edit(orderId, { lines }, { key })).toEqual(first);
    expect(await shop.stock()).toMatchObject({ committed: 1 });
    const after = await view(orderId);
    const over = 4_900 + 5_200;
    expect(after).toMatchObject({
      totalMinor: 15_490 - over,
      financialStatus: 'paid',
      owedMinor: 0,
      overMinor: over,
    });
    expect(after.lines.map(({ id }) => id)).toEqual([small]);
    const give = { key: newId(), lines: [], charges: [], freeMinor: 0, overpaid: true };
    await write((store) => orders.refund(store, orderId, give));
    const refunded = await view(orderId);
    expect(refunded).toMatchObject({ owedMinor: 0, overMinor: 0 });
    expect(refunded.refunds).toMatchObject([{ amountMinor: over, kind: 'overpaid', lines: [] }]);
    await expect(
      write((store) => orders.refund(store, orderId, { ...give, key: newId() })),
    ).rejects.toMatchObject({ code: 'orders.nothing-over' });
    await examine();
  });

  it('asks for the new sum by hand, where nothing came yet', async () => {
    const { orderId, small } = await placed({ by: 'manual' });
    await edit(orderId, { lines: [{ lineId: small, quantity: 3 }] });
    expect(await view(orderId)).toMatchObject({
      financialStatus: 'pending',
      owedMinor: 20_390,
    });
    await write((store) => orders.markPaid(store, orderId, { key: newId() }));
    expect(await view(orderId)).toMatchObject({
      financialStatus: 'paid',
      capturedMinor: 20_390,
      owedMinor: 0,
      overMinor: 0,
    });
  });

  it('refuses what cannot be: no stock, shipped units, nothing left, unknown lines, a cancelled order', async () => {
    const { orderId, small, medium } = await placed();
    const refused = (wish: Partial<EditWish>, code: string) =>
      expect(edit(orderId, wish)).rejects.toMatchObject({ code });
    await refused({ lines: [{ lineId: small, quantity: 6 }] }, 'orders.out-of-stock');
    await shop.deliverTo(['FR']);
    await refused({ lines: [{ lineId: small, quantity: 3 }] }, 'orders.out-of-stock');
    await shop.deliverTo(null);
    const none = [small, medium].map((lineId) => ({ lineId, quantity: 0 }));
    await refused({ lines: none }, 'orders.edit-empty');
    await refused({ lines: [{ lineId: newId() }] }, 'edits.line-not-found');
    await refused({ lines: [{ lineId: small }, { lineId: small }] }, 'edits.line-twice');
    await refused({ add: [{ variantId: newId(), quantity: 1 }] }, 'assemble.line-gone');
    await write((store) =>
      orders.fulfil(store, orderId, {
        key: newId(),
        lines: [{ lineId: small, quantity: 2 }],
      }),
    );
    await refused({ lines: [{ lineId: small, quantity: 1 }] }, 'orders.units-closed');
    const other = await placed();
    await write((store) =>
      orders.cancel(store, other.orderId, { reason: 'other', refund: true, restock: true }),
    );
    await expect(edit(other.orderId, { shipping: null })).rejects.toMatchObject({
      code: 'orders.cancelled',
    });
    expect(await shop.stock()).toMatchObject({ onHand: 3, committed: 0, reserved: 0 });
    await examine();
  });

  it('row 39 of the fault matrix: an edit while the same line is shipped', async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      shop = await aSellingStore(lab, 5);
      const { orderId, small } = await placed();
      const taken = { lines: [{ lineId: small, quantity: 0 }] };
      const ship = () =>
        write((store) =>
          orders.fulfil(store, orderId, { key: newId(), lines: [{ lineId: small, quantity: 2 }] }),
        );
      // Whoever is first has the row's lock; the other one sees what was done, and is refused.
      const both = [ship, () => edit(orderId, taken)];
      if (round % 2 === 1) both.reverse();
      const [one, two] = await Promise.allSettled(both.map((start) => start()));
      const failed = [one, two].flatMap((end) =>
        end?.status === 'rejected' ? [end.reason as unknown] : [],
      );
      expect(failed).toHaveLength(1);
      expect(failed[0]).toBeInstanceOf(AppError);
      ends.add((failed[0] as AppError).code);
      const order = await view(orderId);
      for (const line of order.lines)
        expect(line.shipped + line.removed + line.refundedUnshipped).toBeLessThanOrEqual(
          line.quantity,
        );
      const stock = await shop.stock();
      expect([
        { onHand: 3, committed: 0, reserved: 0 },
        { onHand: 5, committed: 0, reserved: 0 },
      ]).toContainEqual(stock);
      await examine();
    }
    for (const code of ends)
      expect(['orders.units-closed', 'orders.line-not-found']).toContain(code);
  }, 60_000);
});
