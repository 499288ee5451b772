import { createHash } from 'node:crypto';
import { newId } from '@libs/kernel';
import { OrdersModule } from '@libs/orders';
import { OrdersWorkerModule } from '@worker/orders';
import { Withdrawals } from '../src/withdrawals/withdrawals.service';
import {
  type OrderLab,
  openOrderLab,
  type Sale,
  type SaleOptions,
  type Shop,
} from './order-lab.builder';

type Statement = Parameters<Withdrawals['receive']>[1];

describe('withdrawals', () => {
  let lab: OrderLab;
  let withdrawals: Withdrawals;
  let shop: Shop;

  beforeAll(async () => {
    lab = await openOrderLab([OrdersModule, OrdersWorkerModule]);
    withdrawals = lab.lab.get(Withdrawals);
  });
  beforeEach(async () => {
    shop = await lab.aShop([10, 10]);
  });
  afterAll(() => lab.close());

  const email = 'ada@example.test';
  const sell = (quantities = [2], options: SaleOptions = {}) =>
    shop.sell(quantities, { email, ...options });
  const order = ({ orderId }: Sale) => shop.read((store) => lab.orders.get(store, orderId));
  const declare = async (statement: Partial<Statement> = {}) => {
    const { id } = await shop.write((store) =>
      withdrawals.receive(store, {
        key: newId(),
        orderId: null,
        name: 'Ada Lovelace',
        reference: '#1001',
        email,
        lines: null,
        goods: null,
        locale: 'en',
        submittedAt: new Date(),
        ipHash: null,
        pageVersion: 'test',
        ...statement,
      }),
    );
    await lab.lab.drain();
    return shop.read((store) => withdrawals.get(store, id));
  };
  const ship = (sale: Sale, lines?: { lineId: string; quantity: number }[]) =>
    shop.write((store) => lab.orders.fulfil(store, sale.orderId, { key: newId(), lines }));

  it('cancel an order of which nothing was shipped, with its money back', async () => {
    const sale = await sell();
    const done = await declare();
    expect(done).toMatchObject({
      name: 'W-1',
      status: 'completed',
      answer: 'cancelled',
      late: false,
      orderId: sale.orderId,
    });
    await shop.answer(sale);
    expect(await order(sale)).toMatchObject({
      state: 'cancelled',
      cancelReason: 'customer',
      financialStatus: 'refunded',
    });
    expect(await shop.levels()).toMatchObject([{ onHand: 10, committed: 0 }, { onHand: 10 }]);
    const { timeline } = await order(sale);
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['withdrawal_received', 'cancelled', 'refunded']),
    );
  });

  it('approve the return of what was shipped, with the day by which the money must be back', async () => {
    const sale = await sell();
    await ship(sale);
    const [lineId = ''] = sale.lineIds;
    const found = await declare({ orderId: sale.orderId, lines: [{ lineId, quantity: 1 }] });
    expect(found).toMatchObject({ status: 'matched', answer: 'return' });
    expect(found.dueAt.getTime() - found.confirmedAt.getTime()).toBe(14 * 86_400_000);
    const { returns } = await order(sale);
    expect(returns).toMatchObject([
      {
        id: found.returnId,
        state: 'approved',
        requestedBy: 'withdrawal',
        dueAt: found.dueAt,
        lines: [{ lineId, quantity: 1 }],
      },
    ]);
    const place = { orderId: sale.orderId, returnId: found.returnId ?? '' };
    await shop.write((store) => lab.orders.receiveReturn(store, place));
    await shop.write((store) =>
      lab.orders.refundReturn(store, place, { key: newId(), charges: [], freeMinor: 0 }),
    );
    expect(await shop.read((store) => withdrawals.get(store, found.id))).toMatchObject({
      status: 'completed',
    });
  });

  it('refund what has not left and let come back what has', async () => {
    const sale = await sell([2, 1]);
    const [first = '', second = ''] = sale.lineIds;
    await ship(sale, [{ lineId: first, quantity: 1 }]);
    const found = await declare({ orderId: sale.orderId });
    expect(found).toMatchObject({ status: 'matched', answer: 'return' });
    const { lines, returns, refunds } = await order(sale);
    expect(returns[0]?.lines).toMatchObject([{ lineId: first, quantity: 1 }]);
    expect(refunds[0]?.lines).toHaveLength(2);
    expect(lines).toMatchObject([
      { id: first, open: 0, refundedUnits: 1 },
      { id: second, open: 0, refundedUnits: 1 },
    ]);
  });

  it('are received alike, whoever sends them, and matched by nothing but number and address', async () => {
    const sale = await sell();
    for (const wrong of [
      { email: 'eve@example.test' },
      { reference: '#1002' },
      { reference: 'my order' },
    ])
      expect(await declare(wrong)).toMatchObject({ status: 'unmatched', orderId: null });
    expect(await order(sale)).toMatchObject({ state: 'open', timeline: [{ kind: 'placed' }] });
    const right = await declare({ reference: 'order 1001', email: 'ADA@example.test' });
    expect(right).toMatchObject({ status: 'completed', orderId: sale.orderId });
  });

  it('are matched by staff, who read what words mean', async () => {
    const sale = await sell();
    await ship(sale);
    const inWords = await declare({ goods: 'One vase, please' });
    expect(inWords).toMatchObject({ status: 'matched', answer: 'staff', returnId: null });
    const [lineId = ''] = sale.lineIds;
    await shop.write((store) => withdrawals.answer(store, inWords.id, [{ lineId, quantity: 1 }]));
    const lost = await declare({ reference: 'none' });
    await shop.write((store) => withdrawals.match(store, lost.id, sale.orderId));
    await shop.write((store) => withdrawals.answer(store, lost.id));
    const { returns } = await order(sale);
    expect(returns.map(({ lines }) => lines[0]?.quantity)).toEqual([1, 1]);
  });

  it('that cannot be done by rule are left to staff, and nothing is shipped meanwhile', async () => {
    const sale = await sell([2, 1], { money: 'none' });
    const [lineId = ''] = sale.lineIds;
    const found = await declare({ orderId: sale.orderId, lines: [{ lineId, quantity: 1 }] });
    expect(found).toMatchObject({ status: 'matched', answer: 'staff' });
    expect(await order(sale)).toMatchObject({ onHold: true, refunds: [], state: 'open' });
  });

  it('after the period are marked and left to staff, who may reject them with a reason', async () => {
    const sale = await sell();
    const parcelId = await ship(sale);
    await lab.lab.db.write(shop.storeId, (store) =>
      store.execute(
        `UPDATE fulfilments SET delivered_at = now() - interval '20 days', delivery_status = 'delivered'
         WHERE store_id = $1 AND fulfilment_id = $2`,
        [shop.storeId, parcelId],
      ),
    );
    const late = await declare();
    expect(late).toMatchObject({ status: 'matched', late: true, answer: 'staff' });
    await shop.write((store) => withdrawals.reject(store, late.id, 'The period is over.'));
    await expect(shop.write((store) => withdrawals.complete(store, late.id))).rejects.toMatchObject(
      { code: 'orders.withdrawal-state' },
    );
    const second = await declare();
    await shop.write((store) =>
      withdrawals.answer(store, second.id, [{ lineId: sale.lineIds[0] ?? '', quantity: 2 }]),
    );
    expect((await order(sale)).returns).toHaveLength(1);
    await expect(
      shop.write((store) => withdrawals.reject(store, second.id, 'No.')),
    ).rejects.toMatchObject({ code: 'orders.withdrawal-state' });
  });

  it('are made once a key, by two at once too, and kept as they were declared', async () => {
    await sell();
    const key = newId();
    const made = await Promise.all([declare({ key }), declare({ key }), declare({ key })]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const { id, statementText, receiptHash } = made[0] ?? (await declare());
    expect(receiptHash).toBe(createHash('sha256').update(statementText).digest('hex'));
    expect(statementText).toContain('I withdraw from my contract for everything in this order.');
    for (const change of [
      `UPDATE withdrawals SET statement_text = '' WHERE withdrawal_id = $1`,
      `UPDATE withdrawals SET confirmed_at = now() WHERE withdrawal_id = $1`,
      'DELETE FROM withdrawals WHERE withdrawal_id = $1',
    ])
      await expect(shop.write((store) => store.execute(change, [id]))).rejects.toThrow(
        /permission denied/,
      );
  });

  it('are of lines that the order has', async () => {
    const sale = await sell();
    const lines = [{ lineId: newId(), quantity: 1 }];
    await expect(declare({ orderId: sale.orderId, lines })).rejects.toMatchObject({
      code: 'orders.line-not-found',
    });
    const many = [{ lineId: sale.lineIds[0] ?? '', quantity: 3 }];
    await expect(declare({ orderId: sale.orderId, lines: many })).rejects.toMatchObject({
      code: 'orders.too-many-units',
    });
  });
});
