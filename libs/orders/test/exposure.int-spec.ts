import { Markets } from '@libs/catalog';
import { newId, toBase } from '@libs/kernel';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

const seen = { ifMatch: undefined, version: undefined };
const rates = [9_338_000_000, 9_100_000_000, 8_777_000_000];

describe('what a store has open in another currency', () => {
  let orderLab: OrderLab;
  let shop: Shop;
  let market: string;
  const sales: Sale[] = [];
  const markets = () => orderLab.lab.get(Markets);

  beforeAll(async () => {
    orderLab = await openOrderLab();
    shop = await orderLab.aShop([500, 500], 'USD');
    const { id } = await shop.write((store) =>
      markets().create(store, {
        name: 'Europe',
        countries: ['FR', 'IT'],
        currency: 'EUR',
        enabled: true,
        rateSource: 'manual',
        markupPpm: 0,
        ending: null,
        frozenUntil: null,
        priorPrice: { asks: 'auto', gradual: true, young: 'since_first_sale' },
        rate: '0.8950',
      }),
    );
    market = id;
  });
  afterAll(() => orderLab.close());

  const sell = async (turn: number, money: 'captured' | 'authorized' | 'none', more = {}) => {
    const rate1e10 = rates[turn % rates.length]!;
    const base = {
      currency: 'USD',
      totalMinor: 0,
      taxMinor: 0,
      rate1e10,
      source: 'manual',
      market,
    };
    const sale = await shop.sell([1 + (turn % 3), turn % 2], { money, base, ...more });
    sales.push(sale);
    return sale;
  };
  const give = (sale: Sale, quantity: number, restock: 'cancel' | 'return') =>
    shop.write((store) =>
      orderLab.orders.refund(store, sale.orderId, {
        key: newId(),
        lines: [{ lineId: sale.lineIds[0]!, quantity, restock }],
        charges: [],
        freeMinor: 0,
      }),
    );

  /** Order by order, out of what the API shows of each. */
  const byHand = async () => {
    const sums = new Map<string, number[]>();
    let result = 0;
    const open = new Set<string>();
    for (const { orderId } of sales) {
      const order = await shop.read((store) => orderLab.orders.get(store, orderId));
      if (order.test || order.base.rate1e10 === null) continue;
      const pending = order.refunds
        .flatMap(({ tenders }) => tenders)
        .filter(({ state }) => state === 'pending')
        .reduce((all, { amountMinor }) => all + amountMinor, 0);
      const kept = order.capturedMinor - order.refundedMinor - pending;
      const unshipped = Math.min(
        kept,
        order.lines.reduce((all, line) => all + (line.totalMinor / line.quantity) * line.open, 0),
      );
      const amounts = [order.authorizedMinor, unshipped, kept, pending];
      const key = String(order.base.rate1e10);
      sums.set(
        key,
        (sums.get(key) ?? [0, 0, 0, 0]).map((sum, at) => sum + amounts[at]!),
      );
      const results = order.refunds.map(({ exchange }) => exchange?.resultMinor ?? 0);
      result += results.reduce((all, one) => all + one, 0);
      if (amounts.some((amount) => amount > 0) || results.some((one) => one !== 0))
        open.add(orderId);
    }
    const valued = (at: number) => {
      const of = (rate: (own: number) => number) =>
        [...sums].reduce(
          (all, [own, amounts]) =>
            all +
            toBase(amounts[at]!, { base: 'USD', currency: 'EUR', rate1e10: rate(Number(own)) }),
          0,
        );
      const amountMinor = [...sums.values()].reduce((all, amounts) => all + amounts[at]!, 0);
      return { amountMinor, bookedMinor: of((own) => own), todayMinor: of(() => 8_950_000_000) };
    };
    const [authorized, unshipped, refundable, refunding] = [0, 1, 2, 3].map(valued);
    return {
      orders: open.size,
      sums: { authorized, unshipped, refundable, refunding },
      refundResultMinor: result,
    };
  };
  const told = () => shop.read((store) => orderLab.orders.exposure(store));

  it('is nothing as long as nothing was sold in it', async () => {
    await shop.sell([1, 0], {});
    expect(await told()).toEqual([]);
  });

  it('I34: is what the orders say one by one, as it was booked and as it is worth today', async () => {
    for (let turn = 0; turn < 9; turn += 1) {
      const sale = await sell(turn, turn % 4 === 1 ? 'authorized' : 'captured');
      if (turn % 4 === 1) continue;
      if (turn % 3 === 1)
        await shop.write((store) => orderLab.orders.fulfil(store, sale.orderId, { key: newId() }));
      if (turn % 4 === 2) await give(sale, 1, turn % 3 === 1 ? 'return' : 'cancel');
      if (turn % 8 === 2) await shop.answer(sale);
    }
    await sell(1, 'none');
    await sell(2, 'captured', { test: true });
    const { sums, orders, refundResultMinor } = await byHand();
    const [only, ...others] = await told();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      currency: 'EUR',
      orders,
      rates: [{ marketId: market, rate: '0.895', source: 'manual' }],
      ...sums,
      refundResultMinor,
    });
    for (const sum of Object.values(sums)) expect(sum?.amountMinor).toBeGreaterThan(0);
    expect(refundResultMinor).not.toBe(0);
  });

  it('changes by what happens to it, and by what the currency is worth', async () => {
    const [before] = await told();
    await shop.write((store) => markets().update(store, market, { rate: '0.8' }, seen));
    const [after] = await told();
    const { amountMinor, bookedMinor, todayMinor } = after!.refundable;
    expect({ amountMinor, bookedMinor }).toMatchObject({
      amountMinor: before!.refundable.amountMinor,
      bookedMinor: before!.refundable.bookedMinor,
    });
    expect(todayMinor).toBeGreaterThan(before!.refundable.todayMinor);
  });
});
