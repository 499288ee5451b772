import { newId } from '@libs/kernel';
import type { Orders } from '@libs/orders';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

describe('what becomes of orders', () => {
  let lab: OrderLab;
  let orders: Orders;
  let shop: Shop;

  beforeAll(async () => {
    lab = await openOrderLab();
    orders = lab.orders;
  });
  beforeEach(async () => {
    shop = await lab.aShop([10, 10]);
  });
  afterAll(() => lab.close());

  const view = ({ orderId }: Sale) => shop.read((store) => orders.get(store, orderId));
  const kinds = async (sale: Sale) => (await view(sale)).timeline.map(({ kind }) => kind);
  const fulfil = (sale: Sale, wish: Partial<Parameters<Orders['fulfil']>[2]> = {}) =>
    shop.write((store) => orders.fulfil(store, sale.orderId, { key: newId(), ...wish }));
  const cancel = (sale: Sale, wish: Partial<Parameters<Orders['cancel']>[2]> = {}) =>
    shop.write((store) =>
      orders.cancel(store, sale.orderId, {
        reason: 'customer',
        refund: true,
        restock: true,
        ...wish,
      }),
    );
  const refund = (sale: Sale, wish: Partial<Parameters<Orders['refund']>[2]>) =>
    shop.write((store) =>
      orders.refund(store, sale.orderId, {
        key: newId(),
        lines: [],
        charges: [],
        freeMinor: 0,
        ...wish,
      }),
    );

  describe('parcels', () => {
    it('take units from the shelf, several parcels an order', async () => {
      const sale = await shop.sell([3, 2]);
      const [first = ''] = sale.lineIds;
      await fulfil(sale, {
        lines: [{ lineId: first, quantity: 1 }],
        tracking: { number: '1Z999AA10123456784' },
      });
      expect(await view(sale)).toMatchObject({
        fulfilmentStatus: 'partial',
        parcels: [{ carrier: 'UPS', lines: [{ lineId: first, quantity: 1 }] }],
      });
      expect(await shop.levels()).toMatchObject([
        { onHand: 9, committed: 2 },
        { onHand: 10, committed: 2 },
      ]);
      await fulfil(sale);
      expect(await view(sale)).toMatchObject({ fulfilmentStatus: 'fulfilled', version: 3 });
      expect(await shop.levels()).toMatchObject([
        { onHand: 7, committed: 0 },
        { onHand: 8, committed: 0 },
      ]);
      expect(await kinds(sale)).toEqual(['placed', 'shipped', 'shipped']);
      await expect(fulfil(sale)).rejects.toMatchObject({ code: 'orders.nothing-to-ship' });
    });

    it('are made once a key', async () => {
      const sale = await shop.sell([3]);
      const lines = [{ lineId: sale.lineIds[0] ?? '', quantity: 1 }];
      const ids = [
        await fulfil(sale, { key: 'once', lines }),
        await fulfil(sale, { key: 'once', lines }),
      ];
      expect(ids[0]).toBe(ids[1]);
      expect((await view(sale)).parcels).toHaveLength(1);
    });

    it('are refused for units that are not there, on hold or cancelled', async () => {
      const sale = await shop.sell([3]);
      const lines = [{ lineId: sale.lineIds[0] ?? '', quantity: 4 }];
      await expect(fulfil(sale, { lines })).rejects.toMatchObject({
        code: 'orders.too-many-units',
        issues: [{ field: 'lines.0.quantity' }],
      });
      await expect(
        fulfil(sale, { lines: [{ lineId: newId(), quantity: 1 }] }),
      ).rejects.toMatchObject({ code: 'orders.line-not-found' });
      await expect(fulfil(sale, { locationId: newId() })).rejects.toMatchObject({
        code: 'orders.location-not-found',
        issues: [{ field: 'locationId' }],
      });
      const elsewhere = newId();
      await shop.write((store) =>
        store.execute(
          `INSERT INTO locations (store_id, location_id, name) VALUES ($1, $2, 'Elsewhere')`,
          [store.storeId, elsewhere],
        ),
      );
      await expect(fulfil(sale, { locationId: elsewhere })).rejects.toMatchObject({
        code: 'orders.not-at-location',
      });
      await shop.write((store) => orders.change(store, sale.orderId, { onHold: true }));
      expect(await view(sale)).toMatchObject({ fulfilmentStatus: 'on_hold' });
      await expect(fulfil(sale)).rejects.toMatchObject({ code: 'orders.on-hold' });
      await cancel(sale);
      await expect(fulfil(sale)).rejects.toMatchObject({ code: 'orders.cancelled' });
      expect(await shop.levels()).toMatchObject([{ onHand: 10, committed: 0 }, { onHand: 10 }]);
    });

    it('can be followed elsewhere later, and arrive', async () => {
      const sale = await shop.sell([1]);
      const parcelId = await fulfil(sale);
      const which = { orderId: sale.orderId, parcelId };
      await shop.write((store) =>
        orders.changeParcel(store, which, {
          tracking: { number: 'RX123456789DE' },
          delivered: true,
        }),
      );
      expect((await view(sale)).parcels).toMatchObject([
        { carrier: 'Deutsche Post', deliveryStatus: 'delivered', deliveredAt: expect.any(Date) },
      ]);
      expect(await kinds(sale)).toEqual(['placed', 'shipped', 'delivered', 'tracking_changed']);
      const other = await shop.sell([1]);
      await expect(
        shop.write((store) =>
          orders.changeParcel(store, { orderId: other.orderId, parcelId }, { delivered: true }),
        ),
      ).rejects.toMatchObject({ code: 'orders.parcel-not-found' });
    });
  });

  describe('cancelling', () => {
    it('gives the money and the units back', async () => {
      const sale = await shop.sell([3, 1]);
      await cancel(sale);
      expect(await shop.levels()).toMatchObject([
        { onHand: 10, committed: 0 },
        { onHand: 10, committed: 0 },
      ]);
      expect(await view(sale)).toMatchObject({
        state: 'cancelled',
        cancelReason: 'customer',
        financialStatus: 'paid',
        fulfilmentStatus: 'restocked',
        refunds: [{ state: 'pending', amountMinor: 20_490 }],
      });
      await shop.answer(sale);
      expect(await view(sale)).toMatchObject({
        financialStatus: 'refunded',
        refundedMinor: 20_490,
        refunds: [{ state: 'succeeded' }],
      });
      await cancel(sale);
      expect(await kinds(sale)).toEqual(['placed', 'cancelled', 'refund_wanted', 'refunded']);
    });

    it('lets authorized money go, and gives no refund', async () => {
      const sale = await shop.sell([1], { money: 'authorized' });
      await cancel(sale, { reason: 'fraud' });
      await shop.answer(sale);
      expect(await view(sale)).toMatchObject({ financialStatus: 'voided', refunds: [] });
    });

    it('gives back what earlier refunds left, and writes units off that are not for sale again', async () => {
      const sale = await shop.sell([2]);
      await refund(sale, { freeMinor: 700 });
      await refund(sale, {
        lines: [{ lineId: sale.lineIds[0] ?? '', quantity: 1, restock: 'cancel' }],
      });
      await cancel(sale, { restock: false, reason: 'inventory' });
      const { refunds, lines } = await view(sale);
      expect(refunds.map(({ amountMinor }) => amountMinor)).toEqual([700, 5000, 4790]);
      expect(lines).toMatchObject([{ removed: 1, refundedUnshipped: 1, refundedUnits: 2 }]);
      expect(await shop.levels()).toMatchObject([{ onHand: 9, committed: 0 }, { onHand: 10 }]);
    });

    it('is refused once something was shipped', async () => {
      const sale = await shop.sell([2]);
      await fulfil(sale, { lines: [{ lineId: sale.lineIds[0] ?? '', quantity: 1 }] });
      await expect(cancel(sale)).rejects.toMatchObject({ code: 'orders.shipped-already' });
    });

    it('and shipping at the same time: one of the two happens', async () => {
      for (let round = 0; round < 5; round += 1) {
        const sale = await shop.sell([1]);
        const [shipped, cancelled] = await Promise.allSettled([fulfil(sale), cancel(sale)]);
        expect([shipped.status, cancelled.status].sort()).toEqual(['fulfilled', 'rejected']);
        const { state, fulfilmentStatus } = await view(sale);
        expect([state, fulfilmentStatus]).toEqual(
          shipped.status === 'fulfilled' ? ['open', 'fulfilled'] : ['cancelled', 'restocked'],
        );
      }
      expect(await shop.levels()).toMatchObject([{ committed: 0 }, { onHand: 10 }]);
    });
  });

  describe('refunds', () => {
    it('of units, delivery and more, with the units back on their shelf', async () => {
      const sale = await shop.sell([3, 1]);
      await fulfil(sale);
      const [first = ''] = sale.lineIds;
      const { charges } = await view(sale);
      await refund(sale, {
        lines: [{ lineId: first, quantity: 2, restock: 'return' }],
        charges: [{ chargeId: charges[0]?.id ?? '', amountMinor: 490 }],
        freeMinor: 10,
        reason: 'too blue',
      });
      expect(await shop.levels()).toMatchObject([{ onHand: 9 }, { onHand: 9 }]);
      await shop.answer(sale);
      expect(await view(sale)).toMatchObject({
        financialStatus: 'partially_refunded',
        fulfilmentStatus: 'fulfilled',
        refundedMinor: 10_500,
        refunds: [{ amountMinor: 10_500, freeMinor: 10, reason: 'too blue', state: 'succeeded' }],
        lines: [{ refundedUnits: 2, restocked: 2, refundedMinor: 10_000 }, { refundedUnits: 0 }],
      });
    });

    it('of units that were not shipped leave less to ship', async () => {
      const sale = await shop.sell([3]);
      const lineId = sale.lineIds[0] ?? '';
      await refund(sale, { lines: [{ lineId, quantity: 1, restock: 'cancel' }] });
      expect(await shop.levels()).toMatchObject([{ onHand: 10, committed: 2 }, {}]);
      await refund(sale, { lines: [{ lineId, quantity: 1, restock: 'no_restock' }] });
      expect(await shop.levels()).toMatchObject([{ onHand: 9, committed: 1 }, {}]);
      await fulfil(sale);
      expect((await view(sale)).lines).toMatchObject([{ shipped: 1, open: 0 }]);
    });

    it('are made once a key, and never beyond what was paid', async () => {
      const sale = await shop.sell([1]);
      const wish = { key: 'once', freeMinor: 5000 };
      expect(await refund(sale, wish)).toBe(await refund(sale, wish));
      await expect(refund(sale, { freeMinor: 491 })).rejects.toMatchObject({
        code: 'money.over-refund',
      });
      await expect(refund(sale, {})).rejects.toMatchObject({ code: 'orders.nothing-to-refund' });
      expect((await view(sale)).refunds).toHaveLength(1);
    });

    it('are refused for units that cannot come back so', async () => {
      const sale = await shop.sell([2]);
      const lineId = sale.lineIds[0] ?? '';
      const tooMany = { code: 'orders.too-many-units' };
      await expect(
        refund(sale, { lines: [{ lineId, quantity: 1, restock: 'return' }] }),
      ).rejects.toMatchObject(tooMany);
      await fulfil(sale);
      await expect(
        refund(sale, {
          lines: [{ lineId, quantity: 1, restock: 'return', locationId: newId() }],
        }),
      ).rejects.toMatchObject({
        code: 'orders.location-not-found',
        issues: [{ field: 'lines.0.locationId' }],
      });
      await expect(
        refund(sale, { lines: [{ lineId, quantity: 1, restock: 'cancel' }] }),
      ).rejects.toMatchObject(tooMany);
      await expect(
        refund(sale, { lines: [{ lineId, quantity: 3, restock: 'no_restock' }] }),
      ).rejects.toMatchObject(tooMany);
      await expect(
        refund(sale, { charges: [{ chargeId: newId(), amountMinor: 1 }] }),
      ).rejects.toMatchObject({ code: 'orders.charge-not-found' });
    });

    it('at the same time: no more goes back than was paid', async () => {
      const sale = await shop.sell([1]);
      const both = await Promise.allSettled([
        refund(sale, { freeMinor: 3000 }),
        refund(sale, { freeMinor: 3000 }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('money', () => {
    it('is captured when staff want it, whole or in part', async () => {
      const sale = await shop.sell([1], { money: 'authorized' });
      const capture = (amountMinor?: number) =>
        shop.write((store) => orders.capture(store, sale.orderId, { key: newId(), amountMinor }));
      await expect(capture(6000)).rejects.toMatchObject({ code: 'orders.nothing-authorized' });
      await capture();
      await shop.answer(sale);
      expect(await view(sale)).toMatchObject({ financialStatus: 'paid', capturedMinor: 5490 });
      expect(await kinds(sale)).toEqual(['placed', 'capture_wanted', 'captured', 'paid']);
      await expect(capture()).rejects.toMatchObject({ code: 'orders.nothing-authorized' });
    });

    it('that came by hand is noted', async () => {
      const sale = await shop.sell([1], { money: 'none' });
      const pay = (amountMinor?: number, key = newId()) =>
        shop.write((store) => orders.markPaid(store, sale.orderId, { key, amountMinor }));
      await pay(490);
      expect(await view(sale)).toMatchObject({ financialStatus: 'partially_paid' });
      await pay();
      expect(await view(sale)).toMatchObject({ financialStatus: 'paid', capturedMinor: 5490 });
      await expect(pay()).rejects.toMatchObject({ code: 'orders.nothing-due' });
    });
  });

  it('keeps notes, tags and comments, archives and opens again', async () => {
    const sale = await shop.sell([1]);
    const change = (patch: Parameters<Orders['change']>[2]) =>
      shop.write((store) => orders.change(store, sale.orderId, patch));
    await change({ note: 'Ring twice', tags: [' gift ', 'gift', ''], archived: true });
    await shop.write((store) => orders.comment(store, sale.orderId, 'A friend of mine'));
    expect(await view(sale)).toMatchObject({
      note: 'Ring twice',
      tags: ['gift'],
      state: 'archived',
    });
    await change({ archived: false });
    expect(await view(sale)).toMatchObject({ note: 'Ring twice', state: 'open' });
    expect(await kinds(sale)).toEqual([
      'placed',
      'note',
      'tags',
      'archived',
      'comment',
      'reopened',
    ]);
    await cancel(sale);
    await expect(change({ archived: true })).rejects.toMatchObject({ code: 'orders.cancelled' });
  });
});
