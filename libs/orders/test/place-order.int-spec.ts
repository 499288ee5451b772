import { newId } from '@libs/kernel';
import { type OrderSnapshot, Orders, OrdersModule } from '@libs/orders';
import type { PlacedOrder } from '../src/orders/snapshot';
import type { StoreReader } from '@platform/database';
import { type Lab, openLab } from '@testing';
import { aLine, aSnapshot, anAddress } from './order.builder';

describe('placing orders', () => {
  let lab: Lab;
  let orders: Orders;
  let storeId: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [OrdersModule] });
    orders = lab.get(Orders);
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  const place = (snapshot: OrderSnapshot) =>
    lab.db.write(storeId, (store) => orders.create(store, snapshot));
  const read = <T>(work: (store: StoreReader) => Promise<T>) => lab.db.read(storeId, work);
  const count = async (table: string) =>
    (await read((store) => store.query(`SELECT 1 FROM ${table}`))).length;

  it('gives numbers without a gap, however many transactions fail half-way', async () => {
    const gaveUp = new Error('changed its mind');
    const tries = Array.from({ length: 50 }, (_, index) =>
      lab.db
        .write(storeId, async (store) => {
          const placed = await orders.create(store, aSnapshot());
          if (index % 7 < 3) throw gaveUp;
          return placed;
        })
        .catch((error: unknown) => {
          if (error !== gaveUp) throw error;
          return null;
        }),
    );
    const placed = (await Promise.all(tries)).filter((order): order is PlacedOrder => !!order);
    const numbers = placed.map(({ number }) => number).sort((a, b) => a - b);
    expect(placed.length).toBeGreaterThan(20);
    expect(numbers).toEqual(placed.map((_, index) => index + 1));
    expect(placed.map(({ name, number }) => name === `#${1000 + number}`)).not.toContain(false);
    expect(await count('orders')).toBe(placed.length);
  });

  it('numbers tests apart', async () => {
    expect(await place(aSnapshot({ test: true }))).toMatchObject({ number: 1, name: '#T1001' });
    expect(await place(aSnapshot())).toMatchObject({ number: 1, name: '#1001' });
    expect(await place(aSnapshot())).toMatchObject({ number: 2, name: '#1002' });
  });

  it('answers the same order to whoever asks again for the checkout, also at the same time', async () => {
    const snapshot = aSnapshot();
    const answers = await Promise.all(Array.from({ length: 8 }, () => place(snapshot)));
    const again = await place(snapshot);
    expect(
      new Set([again, ...answers].map(({ orderId, number }) => `${orderId} ${number}`)),
    ).toEqual(new Set([`${again.orderId} 1`]));
    expect(answers.filter(({ statusToken }) => statusToken !== null)).toHaveLength(1);
    expect(again.statusToken).toBeNull();
    for (const [table, rows] of [
      ['orders', 1],
      ['order_lines', 1],
      ['order_events', 1],
      ['order_tenders', 1],
    ] as const) {
      expect([table, await count(table)]).toEqual([table, rows]);
    }
  });

  it('takes the id for which stock was committed', async () => {
    const orderId = newId();
    expect(await place(aSnapshot({ orderId }))).toMatchObject({ orderId });
  });

  it('keeps every unit at its place, and what is not counted at none', async () => {
    const locationId = newId();
    const itemId = newId();
    await place(
      aSnapshot({
        lines: [
          {
            quantity: 3,
            allocations: [
              { itemId, locationId, quantity: 2, backordered: 0 },
              { itemId, locationId, quantity: 1, backordered: 1 },
            ],
          },
          { quantity: 4 },
        ],
      }),
    );
    const rows = await read((store) =>
      store.query(
        `SELECT location_id AS place, quantity, backordered FROM order_allocations ORDER BY quantity`,
      ),
    );
    expect(rows).toEqual([
      { place: locationId, quantity: 1, backordered: 1 },
      { place: locationId, quantity: 2, backordered: 0 },
      { place: null, quantity: 4, backordered: 0 },
    ]);
  });

  it('says why it should be looked at before it is sent, and finds such orders', async () => {
    const billingAddress = anAddress({ country: 'FR' });
    const odd = await place(
      aSnapshot({ billingAddress, email: 'x@mailinator.com', attempts: 5, risk: ['late'] }),
    );
    const usual = await place(aSnapshot());
    const flags = ['late', 'countries_differ', 'many_attempts', 'disposable_email'];
    const { risk, timeline } = await read((store) => orders.get(store, odd.orderId));
    expect(risk).toEqual(flags);
    expect(timeline.find(({ kind }) => kind === 'risk')).toMatchObject({
      actor: { kind: 'system' },
      data: { flags },
    });
    const listed = async (wanted: string) => {
      const page = { limit: 9, before: null };
      const rows = await read((store) => orders.list(store, { risk: wanted }, page));
      return rows.map(({ orderId }) => orderId);
    };
    expect(await listed('any')).toEqual([odd.orderId]);
    expect(await listed('late')).toEqual([odd.orderId]);
    expect(await listed('reshipper')).toEqual([]);
    expect((await read((store) => orders.get(store, usual.orderId))).risk).toEqual([]);
  });

  it('gives a token that opens the order, keeps only its hash, and gives further ones for mails', async () => {
    const { orderId, statusToken } = await place(aSnapshot());
    const mailed = await lab.db.write(storeId, (store) => orders.issueStatusToken(store, orderId));
    const find = (token: string) => read((store) => orders.findByStatusToken(store, token));
    expect(await find(statusToken ?? '')).toMatchObject({ orderId, givenBy: 'checkout' });
    expect(await find(mailed)).toMatchObject({ orderId, givenBy: 'mail' });
    expect(await find('x'.repeat(32))).toBeNull();
    const followed = async (token: string) => {
      await lab.db.write(storeId, (store) => orders.markMailedLinkOpened(store, token));
      return (await find(token))?.openedAt ?? null;
    };
    const first = await followed(mailed);
    expect(first).toBeInstanceOf(Date);
    expect(await followed(mailed)).toEqual(first);
    expect(await followed(statusToken ?? '')).toBeNull();
    expect((statusToken ?? '').length).toBeGreaterThanOrEqual(22);
    const kept = await read((store) =>
      store.query<{ row: string }>('SELECT to_jsonb(t)::text AS row FROM order_status_tokens t'),
    );
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain(statusToken);
  });

  it.each([
    ['paid at once', { authorizedMinor: 0, capturedMinor: 10_490 }, 'paid'],
    ['authorised', { authorizedMinor: 10_490, capturedMinor: 0 }, 'authorized'],
    ['not paid yet', { authorizedMinor: 0, capturedMinor: 0 }, 'pending'],
  ])('knows an order that is %s', async (_, financial, status) => {
    await place(aSnapshot({ financial }));
    const [row] = await read((store) => store.query('SELECT financial_status FROM orders'));
    expect(row).toEqual({ financial_status: status });
  });

  it('counts stored value as paid', async () => {
    const tenders = [{ kind: 'gift_card' as const, id: newId(), amountMinor: 10_490 }];
    await place(aSnapshot({ tenders }));
    const [row] = await read((store) =>
      store.query('SELECT financial_status, captured_minor FROM orders'),
    );
    expect(row).toEqual({ financial_status: 'paid', captured_minor: 10_490 });
  });

  it.each([
    ['the total', aSnapshot({ lines: [{}, {}] }).totals.totalMinor + 1, 'totals'],
    ['the tenders', 10_489, 'tenders'],
  ])('refuses an order of which %s does not add up', async (what, amount, part) => {
    const good = aSnapshot();
    const bad =
      part === 'totals'
        ? { ...good, totals: { ...good.totals, totalMinor: amount } }
        : { ...good, tenders: good.tenders.map((row) => ({ ...row, amountMinor: amount })) };
    await expect(place(bad)).rejects.toMatchObject({
      code: 'orders.unbalanced-snapshot',
      params: { what },
    });
  });

  it('refuses a line whose units are not all somewhere', async () => {
    const place1 = { itemId: newId(), locationId: newId(), quantity: 1, backordered: 0 };
    const lines = [aLine({ allocations: [place1] })];
    await expect(place({ ...aSnapshot(), lines })).rejects.toMatchObject({
      code: 'orders.unbalanced-snapshot',
    });
  });

  it.each([
    'UPDATE order_tax_lines SET tax_minor = 0',
    'UPDATE order_events SET kind = $$paid$$',
    'DELETE FROM order_events',
    'DELETE FROM orders',
    'UPDATE order_tenders SET amount_minor = 1',
  ])('lets nobody rewrite what was agreed on: %s', async (sql) => {
    await place(aSnapshot());
    await expect(lab.db.write(storeId, (store) => store.execute(sql))).rejects.toMatchObject({
      code: '42501',
    });
  });
});
