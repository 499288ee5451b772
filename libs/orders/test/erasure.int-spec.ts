import { Customers } from '@libs/customers';
import { newId } from '@libs/kernel';
import { OrdersModule } from '@libs/orders';
import { OrdersWorkerModule } from '@worker/orders';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

describe('erasing a customer', () => {
  let lab: OrderLab;
  let shop: Shop;
  let customers: Customers;
  let customerId: string;

  beforeAll(async () => {
    lab = await openOrderLab([OrdersModule, OrdersWorkerModule]);
    customers = lab.lab.get(Customers);
  });
  beforeEach(async () => {
    shop = await lab.aShop([10]);
    const buyer = { email: 'ada@example.test', firstName: 'Ada', lastName: 'Lovelace' };
    customerId =
      (await shop.write((store) =>
        customers.findOrCreateByEmail(store, { ...buyer, phone: null, locale: 'en' }),
      )) ?? '';
  });
  afterAll(() => lab.close());

  const erase = () => shop.write((store) => customers.erase(store, customerId));
  const sell = () =>
    shop.sell([2], { customerId, email: 'ada@example.test', phone: '+49 30 901820', note: 'Ring' });
  const ship = ({ orderId }: Sale) =>
    shop.write((store) => lab.orders.fulfil(store, orderId, { key: newId() }));
  const order = ({ orderId }: Sale) => shop.read((store) => lab.orders.get(store, orderId));
  const sums = async (sale: Sale) => {
    const { lines, charges, taxLines, totalMinor, taxMinor, capturedMinor, dueMinor } =
      await order(sale);
    const amounts = lines.map((line) => [line.totalMinor, line.taxMinor, line.quantity]);
    return { amounts, charges, taxLines, totalMinor, taxMinor, capturedMinor, dueMinor };
  };

  it('is refused while an order is open, which is named (fault 37)', async () => {
    const sale = await sell();
    await expect(erase()).rejects.toMatchObject({
      code: 'customers.orders-open',
      params: { orders: sale.name },
    });
    expect(await shop.read((store) => customers.get(store, customerId))).toMatchObject({
      email: 'ada@example.test',
    });
    await ship(sale);
    const returnId = await shop.write((store) =>
      lab.orders.requestReturn(store, sale.orderId, {
        key: newId(),
        by: 'customer',
        lines: [{ lineId: sale.lineIds[0] ?? '', quantity: 1 }],
      }),
    );
    await expect(erase()).rejects.toMatchObject({ code: 'customers.orders-open' });
    await shop.write((store) =>
      lab.orders.decideReturn(store, { orderId: sale.orderId, returnId }, { state: 'declined' }),
    );
    await erase();
    expect(await shop.read((store) => customers.get(store, customerId))).toMatchObject({
      email: null,
      state: 'erased',
    });
  });

  it('takes who they were out of their orders, and leaves every sum as it was', async () => {
    const sale = await sell();
    await shop.write((store) => lab.orders.comment(store, sale.orderId, 'Ada called.'));
    await ship(sale);
    const before = await sums(sale);
    await erase();
    await lab.lab.drain();
    expect(await sums(sale)).toEqual(before);
    const after = await order(sale);
    expect(after).toMatchObject({
      email: null,
      phone: null,
      note: null,
      shippingAddress: { name: '', address1: '', city: '', country: 'DE' },
      billingAddress: { country: 'DE' },
    });
    // Whole words: an id of hex digits may well have `ada` in it.
    expect(JSON.stringify(after)).not.toMatch(/\bada\b|lovelace|hauptstrasse|901820/i);
    expect(after.timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['placed', 'comment', 'shipped', 'erased']),
    );
    const tokens = await shop.read((store) =>
      lab.orders.findByStatusToken(store, sale.statusToken ?? ''),
    );
    expect(tokens).toBeNull();
    await erase();
    await lab.lab.drain();
    expect((await order(sale)).version).toBe(after.version);
  });

  it('is all that the timeline can forget', async () => {
    const sale = await sell();
    for (const change of [
      `UPDATE order_events SET data = '{}' WHERE order_id = $1`,
      `UPDATE order_events SET actor = '{"kind": "staff", "label": "Eve"}' WHERE order_id = $1`,
      `UPDATE order_events SET kind = 'note' WHERE order_id = $1`,
      'DELETE FROM order_events WHERE order_id = $1',
    ])
      await expect(shop.write((store) => store.execute(change, [sale.orderId]))).rejects.toThrow(
        /permission denied|can only forget/,
      );
  });
});
