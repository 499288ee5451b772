import { CheckoutModule } from '@libs/checkout';
import { newId } from '@libs/kernel';
import type { Orders } from '@libs/orders';
import {
  type OrderLab,
  openOrderLab,
  type Sale,
  type Shop,
} from '../../orders/test/order-lab.builder';
import { SweepExchanges } from '../../orders/src/worker/sweep-exchanges.job';
import { OrdersWorkerModule } from '../../orders/src/worker/orders-worker.module';
import { OrderChecks } from '../../orders/src/checks/order-checks.service';
import { checkStock } from '../../catalog/src/stock/check-stock';
import { Exchanges } from '../src/edits/exchanges.service';

describe('exchanges', () => {
  let lab: OrderLab;
  let orders: Orders;
  let shop: Shop;
  let sale: Sale;

  beforeAll(async () => {
    lab = await openOrderLab([CheckoutModule, OrdersWorkerModule]);
    orders = lab.orders;
  });
  beforeEach(async () => {
    shop = await lab.aShop([10, 4]);
    sale = await shop.sell([3, 0]);
    await shop.write((store) =>
      store.execute(
        `UPDATE order_lines l SET product_id = v.product_id FROM variants v WHERE v.variant_id = l.variant_id`,
        [],
      ),
    );
    await shop.write((store) => orders.fulfil(store, sale.orderId, { key: newId() }));
  });
  afterAll(() => lab.close());

  const lineId = () => sale.lineIds[0] ?? '';
  const other = () => shop.items[1] ?? '';
  const place = (returnId: string) => ({ orderId: sale.orderId, returnId });
  const view = () => shop.read((store) => orders.get(store, sale.orderId));
  const priceOf = (itemId: string, minor: number) =>
    shop.write((store) =>
      store.execute('UPDATE variants SET price_minor = $2 WHERE variant_id = $1', [itemId, minor]),
    );
  const request = (
    quantity = 2,
    { by = 'customer', unitMinor }: { by?: 'customer' | 'staff'; unitMinor?: number } = {},
  ) =>
    shop.write((store) =>
      orders.requestReturn(store, sale.orderId, {
        key: newId(),
        by,
        lines: [{ lineId: lineId(), quantity, replacement: { variantId: other(), unitMinor } }],
      }),
    );
  const decide = (returnId: string, state: 'approved' | 'declined' | 'closed') =>
    shop.write((store) => orders.decideReturn(store, place(returnId), { state }));
  const receive = (returnId: string, received = 2) =>
    shop.write((store) =>
      orders.receiveReturn(store, place(returnId), [{ lineId: lineId(), received, damaged: 0 }]),
    );
  const exchange = (returnId: string) =>
    shop.write((store) =>
      lab.lab.get(Exchanges).complete(store, place(returnId), { notify: false }),
    );
  const reserved = async () => (await shop.levels()).map((level) => level.reserved);
  const committed = async () => (await shop.levels()).map((level) => level.committed);
  const examine = () =>
    shop.read(async (store) => {
      const checks = lab.lab.get(OrderChecks);
      expect(await checks.check(store, null)).toEqual([]);
      expect(await checkStock(store, await checks.commitments(store))).toEqual([]);
    });

  it('go from a wish to the replacement in a parcel, without money where both cost the same', async () => {
    const before = await view();
    const returnId = await request();
    expect((await view()).returns).toMatchObject([
      {
        state: 'requested',
        heldUntil: null,
        lines: [{ replacement: { variantId: other(), title: 'Vase, Size 1', price: 'paid' } }],
      },
    ]);
    expect(await reserved()).toEqual([0, 0]);
    await decide(returnId, 'approved');
    await decide(returnId, 'approved');
    expect(await reserved()).toEqual([0, 2]);
    const [approved] = (await view()).returns;
    const days = ((approved?.heldUntil?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(13.9);
    await receive(returnId);
    expect(await exchange(returnId)).toBeNull();
    expect(await exchange(returnId)).toBeNull();
    const after = await view();
    expect(after).toMatchObject({
      returnStatus: 'returned',
      financialStatus: 'paid',
      fulfilmentStatus: 'partial',
      dueMinor: before.dueMinor,
      owedMinor: 0,
      overMinor: 0,
      returns: [{ state: 'exchanged', heldUntil: null }],
      refunds: [{ kind: 'exchange', state: 'succeeded', tenders: [] }],
      lines: [
        { quantity: 3, refundedUnits: 2, restocked: 2, open: 0 },
        { quantity: 2, variantId: other(), open: 2 },
      ],
    });
    expect(after.returns[0]?.lines[0]?.replacement?.lineId).toBe(after.lines[1]?.id);
    expect([await reserved(), await committed()]).toEqual([
      [0, 0],
      [0, 2],
    ]);
    await examine();
    await shop.write((store) => orders.fulfil(store, sale.orderId, { key: newId() }));
    expect(await view()).toMatchObject({ fulfilmentStatus: 'fulfilled' });
    expect(await shop.levels()).toMatchObject([{ onHand: 9 }, { onHand: 2, committed: 0 }]);
    expect((await view()).timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['return_requested', 'return_approved', 'return_exchanged', 'edited']),
    );
    await examine();
  });

  it('give back what the replacement costs less, to what paid', async () => {
    await priceOf(other(), 4000);
    const returnId = await request();
    await decide(returnId, 'approved');
    await receive(returnId);
    expect(await exchange(returnId)).toBeNull();
    expect(await view()).toMatchObject({
      overMinor: 0,
      owedMinor: 0,
      refunds: [
        { kind: 'exchange', amountMinor: 10_000 },
        { kind: 'overpaid', amountMinor: 2000, tenders: [{ id: sale.paymentId }] },
      ],
    });
    await shop.answer(sale);
    expect(await view()).toMatchObject({ refundedMinor: 2000, overMinor: 0 });
    await examine();
  });

  it('ask for what the replacement costs more, by a link', async () => {
    const returnId = await request(2, { by: 'staff', unitMinor: 6500 });
    await receive(returnId);
    const link = await exchange(returnId);
    expect(link).toMatchObject({ amountMinor: 3000, currency: 'EUR' });
    expect(await view()).toMatchObject({ owedMinor: 3000, financialStatus: 'partially_paid' });
    await examine();
  });

  it('replace no more than came back', async () => {
    const returnId = await request(2, { by: 'staff' });
    expect(await reserved()).toEqual([0, 2]);
    await receive(returnId, 1);
    await exchange(returnId);
    expect((await view()).lines[1]).toMatchObject({ quantity: 1, open: 1 });
    expect(await reserved()).toEqual([0, 0]);
    await examine();
  });

  it('let go of what they hold when they are closed, refunded or too old', async () => {
    const closed = await request(1, { by: 'staff' });
    await decide(closed, 'closed');
    expect(await reserved()).toEqual([0, 0]);
    const refunded = await request(1, { by: 'staff' });
    await receive(refunded, 1);
    const refund = { key: newId(), charges: [], freeMinor: 0 };
    await shop.write((store) => orders.refundReturn(store, place(refunded), refund));
    expect(await reserved()).toEqual([0, 0]);
    const old = await request(1, { by: 'staff' });
    await lab.lab.get(SweepExchanges).tick();
    await lab.lab.drain();
    expect(await reserved()).toEqual([0, 1]);
    await shop.write((store) =>
      store.execute(`UPDATE returns SET held_until = now() - interval '1 s' WHERE return_id = $1`, [
        old,
      ]),
    );
    await lab.lab.get(SweepExchanges).tick();
    await lab.lab.drain();
    expect(await reserved()).toEqual([0, 0]);
    expect((await view()).timeline.filter(({ kind }) => kind === 'exchange_lapsed')).toHaveLength(
      1,
    );
    await receive(old, 1);
    await exchange(old);
    expect((await view()).returns.at(-1)).toMatchObject({ state: 'exchanged' });
    await examine();
  });

  it('are refused for what is another product, too little of, or not there', async () => {
    await expect(request(9)).rejects.toMatchObject({ code: 'orders.too-many-units' });
    await shop.write((store) =>
      store.execute('UPDATE inventory_levels SET on_hand = 1 WHERE item_id = $1', [other()]),
    );
    await expect(request(2)).rejects.toMatchObject({ code: 'orders.out-of-stock' });
    await expect(request(2, { by: 'staff' })).rejects.toMatchObject({
      code: 'orders.out-of-stock',
    });
    const wish = { lineId: lineId(), quantity: 1, replacement: { variantId: newId() } };
    await expect(
      shop.write((store) =>
        orders.requestReturn(store, sale.orderId, { key: newId(), by: 'staff', lines: [wish] }),
      ),
    ).rejects.toMatchObject({ code: 'orders.no-replacement' });
    const returnId = await request(1);
    await decide(returnId, 'declined');
    await expect(exchange(returnId)).rejects.toMatchObject({ code: 'orders.return-state' });
    const plain = await shop.write((store) =>
      orders.requestReturn(store, sale.orderId, {
        key: newId(),
        by: 'staff',
        lines: [{ lineId: lineId(), quantity: 1 }],
      }),
    );
    await receive(plain, 1);
    await expect(exchange(plain)).rejects.toMatchObject({ code: 'orders.nothing-to-exchange' });
  });

  it('come to what was told before, at every step, whether they cost more, less or the same', async () => {
    const look = (returnId: string) =>
      shop.read((store) => lab.lab.get(Exchanges).previewReturn(store, place(returnId)));
    for (const [unitMinor, received] of [
      [6500, 1],
      [4000, 1],
      [undefined, 1],
    ] as const) {
      const wish = {
        lineId: lineId(),
        quantity: 1,
        replacement: { variantId: other(), unitMinor },
      };
      const told = await shop.read((store) =>
        lab.lab.get(Exchanges).preview(store, sale.orderId, { lines: [wish], by: 'staff' }),
      );
      expect(told).toMatchObject({ currency: 'EUR', lines: [{ inStock: true }] });
      const before = await view();
      const returnId = await request(1, { by: 'staff', unitMinor });
      expect((await look(returnId)).sums).toEqual(told.sums);
      await receive(returnId, received);
      expect((await look(returnId)).sums).toEqual(told.sums);
      await exchange(returnId);
      const after = await view();
      const made = after.refunds.filter(({ id }) => !before.refunds.some((one) => one.id === id));
      const sumOf = (kind: string) =>
        made.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.amountMinor, 0);
      expect({
        creditMinor: sumOf('exchange'),
        refundMinor: sumOf('overpaid'),
        addedMinor: after.totalMinor - before.totalMinor,
        addedTaxMinor: after.taxMinor - before.taxMinor,
        owedMinor: after.owedMinor,
      }).toEqual({
        creditMinor: told.sums.creditMinor,
        refundMinor: told.sums.refundMinor,
        addedMinor: told.sums.addedMinor,
        addedTaxMinor: told.sums.addedTaxMinor,
        owedMinor: told.sums.owedMinor,
      });
      await examine();
    }
    await expect(look((await view()).returns[0]?.id ?? '')).rejects.toMatchObject({
      code: 'orders.return-state',
    });
  });

  it('tell beforehand that there is too little of a replacement, unless it is held already', async () => {
    const returnId = await request(2);
    const look = () =>
      shop.read((store) => lab.lab.get(Exchanges).previewReturn(store, place(returnId)));
    const sellAll = (onHand: number) =>
      shop.write((store) =>
        store.execute('UPDATE inventory_levels SET on_hand = $2 WHERE item_id = $1', [
          other(),
          onHand,
        ]),
      );
    await sellAll(1);
    expect((await look()).lines).toMatchObject([{ available: 1, inStock: false }]);
    await expect(decide(returnId, 'approved')).rejects.toMatchObject({
      code: 'orders.out-of-stock',
      issues: [{ field: 'lines.0.replacement' }],
    });
    await sellAll(2);
    const deliverTo = (countries: string[] | null) =>
      shop.write((store) => store.execute('UPDATE locations SET delivers_to = $1', [countries]));
    await deliverTo(['FR']);
    // The order goes to Germany, where the units of the only location are not sent.
    expect((await look()).lines).toMatchObject([{ available: 0, inStock: false }]);
    const { lines } = await shop.read((store) =>
      lab.lab.get(Exchanges).offers(store, sale.orderId),
    );
    expect(lines.flatMap(({ offers }) => offers.map(({ available }) => available))).toEqual([0, 0]);
    await expect(request(1)).rejects.toMatchObject({
      code: 'orders.out-of-stock',
      params: { available: 0 },
    });
    await expect(decide(returnId, 'approved')).rejects.toMatchObject({
      code: 'orders.out-of-stock',
    });
    await deliverTo(null);
    await decide(returnId, 'approved');
    expect((await look()).lines).toMatchObject([{ available: 0, inStock: true }]);
  });

  it('offer shoppers the variants of the product, with what one costs more', async () => {
    await priceOf(other(), 6500);
    const offers = () => shop.read((store) => lab.lab.get(Exchanges).offers(store, sale.orderId));
    const own = shop.items[0];
    expect(await offers()).toMatchObject({
      currency: 'EUR',
      lines: [
        {
          lineId: lineId(),
          quantity: 3,
          offers: [
            { replacement: { variantId: own, price: 'paid' }, differenceMinor: 0 },
            {
              replacement: { variantId: other(), price: 'listed', unitMinor: 6500 },
              available: 4,
              differenceMinor: 1500,
            },
          ],
        },
      ],
    });
    await request(3);
    expect((await offers()).lines).toEqual([]);
  });

  it('are told to whoever hears of refunds', async () => {
    const returnId = await request(1, { by: 'staff' });
    await receive(returnId, 1);
    await exchange(returnId);
    const [refund] = (await view()).refunds;
    const told = await lab.lab.db.acrossStores('read the outbox in a test', (tx) =>
      tx.query<{ payload: object }>(
        `SELECT payload FROM outbox_events WHERE payload->>'orderId' = $1 AND name = 'orders.refund-recorded'`,
        [sale.orderId],
      ),
    );
    expect(told).toEqual([{ payload: { orderId: sale.orderId, refundId: refund?.id } }]);
  });

  it('made by two at once are made once', async () => {
    const returnId = await request(2, { by: 'staff' });
    await receive(returnId);
    await Promise.all([exchange(returnId), exchange(returnId)]);
    expect((await view()).refunds).toHaveLength(1);
    expect(await committed()).toEqual([0, 2]);
    await examine();
  });
});
