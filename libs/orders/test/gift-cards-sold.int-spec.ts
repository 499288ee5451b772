import { newId } from '@libs/kernel';
import { OrdersModule, afterSales } from '@libs/orders';
import { StoredValue } from '@libs/payments';
import { OrdersWorkerModule } from '@worker/orders';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

describe('gift cards that orders buy', () => {
  let lab: OrderLab;
  let shop: Shop;

  beforeAll(async () => {
    lab = await openOrderLab([OrdersModule, OrdersWorkerModule]);
  });
  beforeEach(async () => {
    shop = await lab.aShop([null]);
  });
  afterAll(() => lab.close());

  const sell = (quantity: number, money: 'captured' | 'none' = 'captured') =>
    shop.sell([quantity], { money, shippingMinor: 0, giftCards: true });
  const codesOf = async ({ orderId }: Sale) => {
    const cards = await shop.read((store) =>
      store.query<{ id: string }>(
        'SELECT account_id AS id FROM order_gift_cards WHERE order_id = $1 ORDER BY unit',
        [orderId],
      ),
    );
    const sold = lab.lab.get(afterSales.SoldGiftCards);
    const ids = cards.map(({ id }) => id);
    return shop.read((store) => sold.codes(store, orderId, ids));
  };
  const balance = async (code: string) => {
    const found = await shop.read((store) => lab.lab.get(StoredValue).findGiftCard(store, code));
    return found?.balanceMinor ?? null;
  };
  const refund = (sale: Sale, quantity: number) =>
    shop.write((store) =>
      lab.orders.refund(store, sale.orderId, {
        key: newId(),
        lines: [{ lineId: sale.lineIds[0] ?? '', quantity, restock: 'cancel' }],
        charges: [],
        freeMinor: 0,
      }),
    );
  const kinds = async ({ orderId }: Sale) => {
    const { timeline } = await shop.read((store) => lab.orders.get(store, orderId));
    return timeline.map(({ kind }) => kind);
  };

  it('are one for each unit, of what it cost, however often and by how many they are asked for', async () => {
    const sale = await sell(3);
    const issue = () =>
      shop.write((store) => lab.lab.get(afterSales.SoldGiftCards).issue(store, sale.orderId));
    await Promise.all([issue(), issue(), issue(), lab.lab.drain()]);
    await issue();
    const codes = await codesOf(sale);
    expect(codes).toHaveLength(3);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(3);
    for (const { code } of codes) expect(await balance(code)).toBe(5000);
    expect((await kinds(sale)).filter((kind) => kind === 'gift_cards_issued')).toHaveLength(1);
  });

  it('are issued once the money is there, and not before', async () => {
    const sale = await sell(1, 'none');
    await lab.lab.drain();
    expect(await codesOf(sale)).toEqual([]);
    await shop.write((store) => lab.orders.markPaid(store, sale.orderId, { key: newId() }));
    await lab.lab.drain();
    expect(await codesOf(sale)).toHaveLength(1);
  });

  it('are not issued for a test order, for which no money moved', async () => {
    const sale = await shop.sell([2], { shippingMinor: 0, giftCards: true, test: true });
    await lab.lab.drain();
    const issue = lab.lab.get(afterSales.SoldGiftCards);
    expect(await shop.write((store) => issue.issue(store, sale.orderId))).toBe(0);
    expect(await codesOf(sale)).toEqual([]);
    const [cards] = await shop.read((store) =>
      store.query<{ n: number }>('SELECT count(*)::int AS n FROM stored_value_accounts'),
    );
    expect(cards?.n).toBe(0);
  });

  it('are taken back by a refund as long as nothing of them was used', async () => {
    const sale = await sell(2);
    await lab.lab.drain();
    const [first, second] = (await codesOf(sale)).map(({ code }) => code);
    const checkoutId = newId();
    await shop.write(async (store) => {
      const value = lab.lab.get(StoredValue);
      const card = await value.findGiftCard(store, first ?? '');
      await value.hold(store, checkoutId, [{ accountId: card?.accountId ?? '', amountMinor: 100 }]);
    });
    await refund(sale, 1);
    await lab.lab.drain();
    expect([await balance(first ?? ''), await balance(second ?? '')]).toEqual([4900, null]);
    await expect(refund(sale, 1)).rejects.toMatchObject({ code: 'orders.gift-card-used' });
    expect(await kinds(sale)).toEqual(expect.arrayContaining(['gift_cards_withdrawn']));
    expect(await codesOf(sale)).toHaveLength(1);
  });

  it('go with an order that is cancelled', async () => {
    const sale = await sell(2);
    await lab.lab.drain();
    const codes = await codesOf(sale);
    await shop.write((store) =>
      lab.orders.cancel(store, sale.orderId, { reason: 'other', refund: true, restock: true }),
    );
    await lab.lab.drain();
    for (const { code } of codes) expect(await balance(code)).toBeNull();
    expect(await codesOf(sale)).toEqual([]);
  });

  it('are sealed where they are kept', async () => {
    const sale = await sell(1);
    await lab.lab.drain();
    const [card] = await codesOf(sale);
    const [row] = await shop.read((store) =>
      store.query<{ text: string }>(
        `SELECT jsonb_agg(c)::text || (SELECT jsonb_agg(e)::text FROM order_events e) AS text FROM order_gift_cards c`,
      ),
    );
    expect(row?.text).not.toContain(card?.code);
    expect(row?.text).toContain('v1.');
  });
});
