import * as fc from 'fast-check';
import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { checkStock } from '../src/stock/check-stock';
import { InventoryLevels } from '../src/stock/inventory-levels.service';
import { Stock } from '../src/stock/stock.service';
import { Transfers } from '../src/stock/transfers.service';
import { aProduct, write } from './catalog.builder';

const sequences = Number(process.env['CARAVEL_SOAK_SEQUENCES'] ?? 12);

describe('stock on its way between locations', () => {
  let lab: Lab;
  let transfers: Transfers;
  let storeId: string;
  let cup: string;
  let bowl: string;
  let home: string;
  let shop: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule] });
    transfers = lab.get(Transfers);
  });
  beforeEach(begin);
  afterAll(() => lab.close());

  /** Five cups and five bowls at home, and a shop that has nothing. */
  async function begin(): Promise<void> {
    storeId = await lab.aStore();
    const variants = ['cup', 'bowl'].map((name) => ({
      options: [name],
      priceMinor: 100,
      inventory: { tracked: true, quantity: 5 },
    }));
    await write(lab, storeId, [aProduct({ variants })]);
    shop = newId();
    await act((store) =>
      store.execute(
        `INSERT INTO locations (store_id, location_id, name, priority) VALUES ($1, $2, 'Shop', 9)`,
        [storeId, shop],
      ),
    );
    const rows = await act((store) =>
      store.query<{ item: string; at: string }>(
        `SELECT item_id AS item, location_id AS at FROM inventory_levels WHERE store_id = $1
         ORDER BY item_id`,
        [storeId],
      ),
    );
    [cup, bowl] = rows.map(({ item }) => item) as [string, string];
    home = rows[0]?.at ?? '';
  }

  const act = <T>(work: Parameters<typeof lab.db.write<T>>[1]): Promise<T> =>
    lab.db.write(storeId, work);
  const faults = () => lab.db.read(storeId, (store) => checkStock(store, []));
  const announce = (lines = [{ itemId: cup, quantity: 4 }]) =>
    act((store) =>
      transfers.create(store, { fromLocationId: home, toLocationId: shop, note: null, lines }),
    );
  const ship = (id: string) => act((store) => transfers.ship(store, id));
  const receive = (id: string, received: number, rejected: number, itemId = cup) =>
    act((store) => transfers.receive(store, id, { lines: [{ itemId, received, rejected }] }));
  const cancel = (id: string) => act((store) => transfers.cancel(store, id));
  /** On hand, incoming and for sale of the cups: at home, and in the shop. */
  const cups = async () => {
    const found = await lab.db.read(storeId, (store) =>
      lab.get(InventoryLevels).ofItems(store, [cup]),
    );
    return [home, shop].map((at) => {
      const level = found.find(({ locationId }) => locationId === at);
      return [level?.onHand ?? 0, level?.incoming ?? 0, level?.available ?? 0];
    });
  };

  it('is incoming when it is announced, leaves, comes in parts, and is for sale when it is there', async () => {
    const { id, state } = await announce();
    expect([state, await cups()]).toEqual([
      'open',
      [
        [5, 0, 5],
        [0, 4, 0],
      ],
    ]);
    expect(await ship(id)).toMatchObject({ state: 'shipped', shippedAt: expect.any(String) });
    await ship(id);
    expect(await cups()).toEqual([
      [1, 0, 1],
      [0, 4, 0],
    ]);
    expect(await receive(id, 2, 0)).toMatchObject({ state: 'shipped' });
    expect(await cups()).toEqual([
      [1, 0, 1],
      [2, 2, 2],
    ]);
    expect(await receive(id, 1, 1)).toMatchObject({
      state: 'received',
      closedAt: expect.any(String),
      lines: [{ itemId: cup, quantity: 4, received: 3, rejected: 1 }],
    });
    expect(await cups()).toEqual([
      [1, 0, 1],
      [3, 0, 3],
    ]);
    await expect(cancel(id)).rejects.toMatchObject({ code: 'catalog.transfer-state' });
    expect(await faults()).toEqual([]);
  });

  it('lets nothing be owed where it goes that is not sold beyond stock', async () => {
    await announce();
    const rows = await lab.db.read(storeId, (store) =>
      store.query(
        'SELECT oversell FROM inventory_levels WHERE store_id = $1 AND item_id = $2 AND location_id = $3',
        [storeId, cup, shop],
      ),
    );
    expect(rows).toEqual([{ oversell: false }]);
  });

  it('goes back when it is cancelled: what has not come, and only that', async () => {
    const open = await announce();
    await cancel(open.id);
    expect(await cups()).toEqual([
      [5, 0, 5],
      [0, 0, 0],
    ]);
    const { id } = await announce();
    await ship(id);
    await receive(id, 1, 1);
    expect(await cancel(id)).toMatchObject({ state: 'cancelled' });
    await cancel(id);
    expect(await cups()).toEqual([
      [3, 0, 3],
      [1, 0, 1],
    ]);
    await expect(ship(id)).rejects.toMatchObject({ code: 'catalog.transfer-state' });
    expect(await faults()).toEqual([]);
  });

  it('refuses what is promised, what was not sent, and what the store has not', async () => {
    const { id } = await announce([
      { itemId: cup, quantity: 4 },
      { itemId: bowl, quantity: 1 },
    ]);
    await expect(receive(id, 1, 0)).rejects.toMatchObject({ code: 'catalog.transfer-state' });
    const soon = new Date(Date.now() + 600_000).toISOString();
    const checkoutId = newId();
    const wants = [{ itemId: cup, quantity: 2 }];
    const held = act((store) =>
      lab.get(Stock).reserve(store, { checkoutId, wants, expiresAt: soon }),
    );
    expect(await held).toMatchObject({ reserved: true });
    await expect(ship(id)).rejects.toMatchObject({
      code: 'catalog.units-not-there',
      params: { units: 3, state: 'available' },
    });
    expect(await cups()).toEqual([
      [5, 0, 3],
      [0, 4, 0],
    ]);
    await act((store) => lab.get(Stock).release(store, checkoutId));
    await ship(id);
    await expect(receive(id, 4, 1)).rejects.toMatchObject({
      code: 'catalog.transfer-excess',
      params: { open: 4 },
      issues: [{ field: 'lines.0.received' }],
    });
    await expect(receive(id, 1, 0, newId())).rejects.toMatchObject({
      code: 'catalog.transfer-line',
    });
    await expect(announce([{ itemId: newId(), quantity: 1 }])).rejects.toMatchObject({
      code: 'catalog.item-not-found',
      issues: [{ field: 'lines.0.itemId' }],
    });
    await expect(ship(newId())).rejects.toMatchObject({ code: 'catalog.transfer-not-found' });
    expect(await act((store) => transfers.receive(store, id, {}))).toMatchObject({
      state: 'received',
      lines: expect.arrayContaining([{ itemId: bowl, quantity: 1, received: 1, rejected: 0 }]),
    });
    expect(await faults()).toEqual([]);
  });

  it('is received once by as many as say so at the same moment', async () => {
    const { id } = await announce();
    await Promise.all([ship(id), ship(id), ship(id)]);
    const told = await Promise.allSettled(Array.from({ length: 6 }, () => receive(id, 1, 0)));
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    expect(await cups()).toEqual([
      [1, 0, 1],
      [4, 0, 4],
    ]);
    expect(await faults()).toEqual([]);
  });

  it('names levels whose incoming units no transfer brings', async () => {
    await announce();
    await act((store) =>
      store.execute('UPDATE inventory_levels SET incoming = 3 WHERE location_id = $1', [shop]),
    );
    expect(await faults()).toMatchObject([
      { kind: 'incoming', found: 3, expected: 4 },
      { kind: 'movements', found: 3, expected: 4 },
    ]);
  });

  it(`loses and makes no unit in ${sequences} sequences of steps`, async () => {
    const step = fc.record({
      verb: fc.constantFrom(
        'announce' as const,
        'ship' as const,
        'receive' as const,
        'cancel' as const,
      ),
      nth: fc.nat(3),
      units: fc.integer({ min: 1, max: 3 }),
      rejected: fc.nat(1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
        await begin();
        const made: string[] = [];
        let lost = 0;
        for (const { verb, nth, units, rejected } of steps) {
          const id = made[nth % Math.max(1, made.length)];
          if (verb === 'announce' || id === undefined) {
            made.push((await announce([{ itemId: cup, quantity: units }])).id);
            continue;
          }
          const [, before] = await cups();
          const verbs = { ship, cancel, receive: () => receive(id, units, rejected) };
          const done = await verbs[verb](id).then(() => true, refusal);
          if (done && verb === 'receive') lost += rejected;
          const [, after] = await cups();
          if (!done) expect(after).toEqual(before);
        }
        const found = await lab.db.read(storeId, (store) =>
          transfers.list(store, { before: null, limit: 100 }),
        );
        const rows = found.flatMap(({ state, lines }) => lines.map((line) => ({ state, ...line })));
        const away = rows
          .filter(({ state }) => state === 'shipped')
          .reduce((sum, one) => sum + one.quantity - one.received - one.rejected, 0);
        const there = (await cups()).reduce((sum, [onHand = 0]) => sum + onHand, 0);
        expect(there + away + lost).toBe(5);
        expect(await faults()).toEqual([]);
      }),
      { seed: 20261122, numRuns: sequences },
    );
  }, 300_000);
});

/** False for what a step may refuse. */
function refusal(error: { code?: string }): boolean {
  expect(error.code).toMatch(/^catalog\.(transfer-state|transfer-excess|units-not-there)$/);
  return false;
}
