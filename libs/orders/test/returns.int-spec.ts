import { newId } from '@libs/kernel';
import type { Orders } from '@libs/orders';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

describe('returns', () => {
  let lab: OrderLab;
  let orders: Orders;
  let shop: Shop;
  let sale: Sale;

  beforeAll(async () => {
    lab = await openOrderLab();
    orders = lab.orders;
  });
  beforeEach(async () => {
    shop = await lab.aShop([10]);
    sale = await shop.sell([3]);
    await shop.write((store) => orders.fulfil(store, sale.orderId, { key: newId() }));
  });
  afterAll(() => lab.close());

  const lineId = () => sale.lineIds[0] ?? '';
  const view = () => shop.read((store) => orders.get(store, sale.orderId));
  const request = (quantity: number, wish: Partial<Parameters<Orders['requestReturn']>[2]> = {}) =>
    shop.write((store) =>
      orders.requestReturn(store, sale.orderId, {
        key: newId(),
        by: 'customer',
        lines: [{ lineId: lineId(), quantity }],
        ...wish,
      }),
    );
  const decide = (returnId: string, state: 'approved' | 'declined' | 'closed') =>
    shop.write((store) =>
      orders.decideReturn(store, { orderId: sale.orderId, returnId }, { state }),
    );
  const receive = (returnId: string, received?: number, damaged = 0) =>
    shop.write((store) =>
      orders.receiveReturn(
        store,
        { orderId: sale.orderId, returnId },
        received === undefined ? undefined : [{ lineId: lineId(), received, damaged }],
      ),
    );
  const refund = (returnId: string, freeMinor = 0) =>
    shop.write((store) =>
      orders.refundReturn(
        store,
        { orderId: sale.orderId, returnId },
        { key: newId(), charges: [], freeMinor },
      ),
    );

  it('go from a wish to money back, with the goods on their shelf', async () => {
    const returnId = await request(2);
    expect(await view()).toMatchObject({ returnStatus: 'requested' });
    await decide(returnId, 'approved');
    await decide(returnId, 'approved');
    expect(await view()).toMatchObject({ returnStatus: 'in_progress' });
    await receive(returnId, 1, 1);
    await receive(returnId, 1, 1);
    expect(await shop.levels()).toEqual([{ onHand: 9, committed: 0, reserved: 0, unavailable: 1 }]);
    expect(await view()).toMatchObject({ returnStatus: 'inspection_complete' });
    const refundId = await refund(returnId, -500);
    expect(await refund(returnId)).toBe(refundId);
    await shop.answer(sale);
    expect(await view()).toMatchObject({
      returnStatus: 'returned',
      financialStatus: 'partially_refunded',
      fulfilmentStatus: 'fulfilled',
      refundedMinor: 9500,
      returns: [{ state: 'refunded', refundId, lines: [{ received: 1, damaged: 1 }] }],
      lines: [{ restocked: 2, refundedUnits: 2, open: 0 }],
    });
    expect(await shop.levels()).toMatchObject([{ onHand: 9 }]);
    expect((await view()).timeline.map(({ kind }) => kind)).toEqual([
      'placed',
      'shipped',
      'return_requested',
      'return_approved',
      'return_received',
      'refund_wanted',
      'return_refunded',
      'refunded',
    ]);
  });

  it('are made once a key, and approved at once when staff make them', async () => {
    const wish = { key: 'once', by: 'staff' as const };
    expect(await request(1, wish)).toBe(await request(1, wish));
    expect((await view()).returns).toMatchObject([{ state: 'approved' }]);
  });

  it('are of units that left and are in no other return', async () => {
    const tooMany = { code: 'orders.too-many-units' };
    const first = await request(2);
    await expect(request(2)).rejects.toMatchObject(tooMany);
    await decide(first, 'declined');
    expect(await view()).toMatchObject({ returnStatus: 'none' });
    const again = await request(3, { by: 'staff' });
    await expect(receive(again, 3, 1)).rejects.toMatchObject(tooMany);
    await receive(again);
    await expect(request(1)).rejects.toMatchObject(tooMany);
  });

  it('take one step after the other', async () => {
    const returnId = await request(1);
    const state = { code: 'orders.return-state' };
    await expect(receive(returnId)).rejects.toMatchObject(state);
    await expect(refund(returnId)).rejects.toMatchObject(state);
    await decide(returnId, 'declined');
    await expect(decide(returnId, 'approved')).rejects.toMatchObject(state);
    await expect(decide(newId(), 'approved')).rejects.toMatchObject({
      code: 'orders.return-not-found',
    });
  });

  it('received by two at once are on the shelf once', async () => {
    const returnId = await request(2, { by: 'staff' });
    await Promise.all([receive(returnId), receive(returnId)]);
    expect(await shop.levels()).toMatchObject([{ onHand: 9, unavailable: 0 }]);
  });
});
