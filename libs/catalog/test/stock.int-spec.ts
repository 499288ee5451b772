import * as fc from 'fast-check';
import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { checkStock, repairStock } from '../src/stock/check-stock';
import type { Allocation } from '../src/stock/route-stock';
import { InventoryLevels } from '../src/stock/inventory-levels.service';
import type { UnitsMove } from '../src/stock/move-units';
import { Stock } from '../src/stock/stock.service';
import { aProduct, write } from './catalog.builder';

/** How many shoppers ask at once; `npm run soak:stock` lets more of them come. */
const crowd = Number(process.env['CARAVEL_SOAK_SHOPPERS'] ?? 60);
const soon = () => new Date(Date.now() + 600_000).toISOString();

describe('stock that is promised', () => {
  let lab: Lab;
  let stock: Stock;
  let storeId: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule] });
    stock = lab.get(Stock);
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  const reserve = (checkoutId: string, wants: { itemId: string; quantity: number }[]) =>
    lab.db.write(storeId, (store) =>
      stock.reserve(store, { checkoutId, wants, expiresAt: soon() }),
    );

  /** Variants with these quantities, counted at the default location; `null` is not counted. */
  async function variants(
    quantities: (number | null)[],
    inventoryPolicy: 'deny' | 'continue' = 'deny',
  ): Promise<string[]> {
    await write(lab, storeId, [
      aProduct({
        handle: newId(),
        variants: quantities.map((quantity, index) => ({
          options: [String(index)],
          priceMinor: 100,
          inventory: {
            tracked: quantity !== null,
            quantity: quantity ?? 0,
            policy: inventoryPolicy,
          },
        })),
      }),
    ]);
    const rows = await lab.db.read(storeId, (store) =>
      store.query<{ id: string }>(
        `SELECT variant_id AS id FROM variants v WHERE v.store_id = $1 AND product_id = (
           SELECT product_id FROM products WHERE store_id = $1 ORDER BY created_at DESC, product_id DESC LIMIT 1)
         ORDER BY position`,
        [storeId],
      ),
    );
    return rows.map(({ id }) => id);
  }

  async function addShelf(itemId: string, onHand: number, priority: number): Promise<string> {
    const locationId = newId();
    await lab.db.write(storeId, async (store) => {
      await store.execute(
        `INSERT INTO locations (store_id, location_id, name, priority) VALUES ($1, $2, 'East', $3)`,
        [storeId, locationId, priority],
      );
      await store.execute(
        `INSERT INTO inventory_levels (store_id, item_id, location_id, on_hand) VALUES ($1, $2, $3, $4)`,
        [storeId, itemId, locationId, onHand],
      );
      await store.execute(
        `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_on_hand, cause, actor)
         VALUES ($1, $2, $3, $4, $5, 'count', 'test')`,
        [storeId, newId(), itemId, locationId, onHand],
      );
    });
    return locationId;
  }

  const levels = () =>
    lab.db.read(storeId, (store) =>
      store.query<{ onHand: number; committed: number; reserved: number; unavailable: number }>(
        `SELECT on_hand AS "onHand", committed, reserved, unavailable FROM inventory_levels
         WHERE store_id = $1 ORDER BY item_id, location_id`,
        [storeId],
      ),
    );
  const faults = () => lab.db.read(storeId, (store) => checkStock(store, null));

  it('is set aside for a reason by as many as there are, however many ask at once', async () => {
    const [cup = ''] = await variants([5]);
    const [level] = await lab.db.read(storeId, (store) =>
      lab.get(InventoryLevels).ofItems(store, [cup]),
    );
    const place = { itemId: cup, locationId: level?.locationId ?? '' };
    const aside = (move: UnitsMove) =>
      lab.db.write(storeId, (store) => lab.get(InventoryLevels).move(store, place, move));
    const asked = Array.from({ length: 8 }, () =>
      aside({ from: 'available', to: 'safety_stock', quantity: 1 }),
    );
    const told = await Promise.allSettled(asked);
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await aside({ from: 'safety_stock', to: 'damaged', quantity: 3 });
    await aside({ from: 'damaged', to: 'removed', quantity: 2 });
    expect(await aside({ from: 'safety_stock', to: 'available', quantity: 1 })).toMatchObject({
      onHand: 3,
      unavailable: 2,
      available: 1,
      unavailableBy: { damaged: 1, quality_control: 0, safety_stock: 1 },
    });
    await expect(aside({ from: 'damaged', to: 'available', quantity: 2 })).rejects.toMatchObject({
      code: 'catalog.units-not-there',
      params: { units: 1 },
    });
    expect(await levels()).toEqual([{ onHand: 3, committed: 0, reserved: 0, unavailable: 2 }]);
    expect(await faults()).toEqual([]);
  });

  it('is held, given back, committed, sent and put back, each once', async () => {
    const [cup = '', tea = ''] = await variants([5, null]);
    const checkoutId = newId();
    const wants = [
      { itemId: cup, quantity: 1 },
      { itemId: tea, quantity: 9 },
      { itemId: cup, quantity: 1 },
    ];
    const answer = await reserve(checkoutId, wants);
    if (!answer.reserved) throw new Error('short');
    expect(answer.allocations).toEqual([
      { itemId: cup, locationId: expect.any(String), quantity: 2, backordered: 0 },
      { itemId: tea, locationId: null, quantity: 9, backordered: 0 },
    ]);
    expect(await levels()).toMatchObject([{ onHand: 5, reserved: 2 }]);
    // Asked again it holds what is wanted now.
    await reserve(checkoutId, [{ itemId: cup, quantity: 5 }]);
    expect(await levels()).toMatchObject([{ onHand: 5, reserved: 5 }]);
    await lab.db.write(storeId, (store) => stock.release(store, checkoutId));
    await lab.db.write(storeId, (store) => stock.release(store, checkoutId));
    expect(await levels()).toMatchObject([{ onHand: 5, reserved: 0 }]);
    await reserve(checkoutId, wants);
    const orderId = newId();
    const commit = () => lab.db.write(storeId, (store) => stock.commit(store, checkoutId, orderId));
    const lines = await commit();
    expect(lines).toEqual([answer.allocations[0]]);
    expect(await commit()).toEqual([]);
    await lab.db.write(storeId, (store) => stock.release(store, checkoutId));
    expect(await levels()).toMatchObject([{ onHand: 5, reserved: 0, committed: 2 }]);
    await expect(reserve(checkoutId, wants)).rejects.toMatchObject({
      code: 'catalog.stock-committed',
    });
    const one = lines.map((line) => ({ ...line, quantity: 1 }));
    await lab.db.write(storeId, async (store) => {
      await stock.fulfil(store, { orderId, parcelId: newId(), lines: one });
      await stock.uncommit(store, { orderId, lines: one });
    });
    expect(await levels()).toMatchObject([{ onHand: 4, reserved: 0, committed: 0 }]);
    await lab.db.write(storeId, (store) =>
      stock.restock(store, {
        ref: newId(),
        lines: [...one, { ...(one[0] as Allocation), damaged: true }],
      }),
    );
    expect(await levels()).toMatchObject([{ onHand: 6, committed: 0, unavailable: 1 }]);
    expect(await faults()).toEqual([]);
  });

  it('is refused whole when one item is short, and nothing is held', async () => {
    const [cup = '', bowl = ''] = await variants([5, 2]);
    const answer = await reserve(newId(), [
      { itemId: cup, quantity: 1 },
      { itemId: bowl, quantity: 1 },
      { itemId: bowl, quantity: 2 },
    ]);
    expect(answer).toEqual({
      reserved: false,
      short: [{ itemId: bowl, wanted: 3, available: 2, elsewhere: 0 }],
    });
    expect((await levels()).map(({ reserved }) => reserved)).toEqual([0, 0]);
    expect(await reserve(newId(), [{ itemId: newId(), quantity: 1 }])).toMatchObject({
      reserved: false,
    });
  });

  it('may be owed where the policy says continue, and is told to be', async () => {
    const [cup = ''] = await variants([2], 'continue');
    const answer = await reserve(newId(), [{ itemId: cup, quantity: 5 }]);
    expect(answer).toMatchObject({ allocations: [{ quantity: 5, backordered: 3 }] });
    expect(await levels()).toMatchObject([{ onHand: 2, reserved: 5 }]);
    expect(await faults()).toEqual([]);
  });

  it('is owed for as many units as are not there, however many shoppers come at once', async () => {
    const [cup = ''] = await variants([5], 'continue');
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => reserve(newId(), [{ itemId: cup, quantity: 1 }])),
    );
    const owed = answers.flatMap((one) => (one.reserved ? one.allocations : []));
    expect(owed.reduce((sum, { backordered }) => sum + backordered, 0)).toBe(7);
  });

  it('comes from the location that the buyer collects at', async () => {
    const [cup = ''] = await variants([5]);
    const east = await addShelf(cup, 1, 3);
    const collect = (quantity: number) =>
      lab.db.write(storeId, (store) =>
        stock.reserve(store, {
          checkoutId: newId(),
          wants: [{ itemId: cup, quantity }],
          expiresAt: soon(),
          pickupLocationId: east,
        }),
      );
    expect(await collect(2)).toMatchObject({ reserved: false, short: [{ available: 1 }] });
    expect(await collect(1)).toMatchObject({ allocations: [{ locationId: east }] });
  });

  it('makes pages stale when the last unit is held and when it is free again, not by other sales', async () => {
    const [cup = ''] = await variants([2]);
    const crossings = async () => {
      const rows = await lab.db.acrossStores('read a test store', (tx) =>
        tx.query<{ n: number }>(
          `SELECT jsonb_array_length(payload #> '{crossedZero,productIds}') AS n FROM outbox_events
           WHERE store_id = $1 AND name = 'catalog.stock-changed' ORDER BY event_id`,
          [storeId],
        ),
      );
      return rows.map(({ n }) => n);
    };
    const last = newId();
    await reserve(newId(), [{ itemId: cup, quantity: 1 }]);
    await reserve(last, [{ itemId: cup, quantity: 1 }]);
    await lab.db.write(storeId, (store) => stock.release(store, last));
    expect((await crossings()).slice(-3)).toEqual([0, 1, 1]);
  });

  it(`sells ${crowd / 2} units to ${crowd} shoppers at once, from two locations, with no deadlock`, async () => {
    const half = crowd / 4;
    const items = await variants([half, half, half, half, half]);
    for (const itemId of items) await addShelf(itemId, half, 1);
    const random = fc.sample(fc.infiniteStream(fc.nat(1000)), { numRuns: 1, seed: 7 })[0]!;
    const next = () => random.next().value as number;
    const answers = await Promise.all(
      Array.from({ length: crowd }, async () => {
        const wants = Array.from({ length: 1 + (next() % 5) }, () => ({
          itemId: items[next() % items.length] as string,
          quantity: 1,
        }));
        const checkoutId = newId();
        const answer = await reserve(checkoutId, wants);
        if (answer.reserved && next() % 3 === 0)
          await lab.db.write(storeId, (store) => stock.release(store, checkoutId));
        return answer;
      }),
    );
    expect(answers.some(({ reserved }) => reserved)).toBe(true);
    for (const { onHand, reserved } of await levels()) expect(reserved).toBeLessThanOrEqual(onHand);
    expect(await faults()).toEqual([]);

    const [hot = ''] = await variants([crowd / 2]);
    const hotAnswers = await Promise.all(
      Array.from({ length: crowd }, () => reserve(newId(), [{ itemId: hot, quantity: 1 }])),
    );
    expect(hotAnswers.filter(({ reserved }) => reserved)).toHaveLength(crowd / 2);
  });

  it('is found to be wrong, and repaired without touching what is on hand', async () => {
    const [cup = ''] = await variants([5]);
    const answer = await reserve(newId(), [{ itemId: cup, quantity: 2 }]);
    const locationId = answer.reserved ? answer.allocations[0]?.locationId : null;
    await lab.db.write(storeId, (store) =>
      store.execute('UPDATE inventory_levels SET reserved = 1, committed = 1 WHERE store_id = $1', [
        storeId,
      ]),
    );
    const found = await lab.db.read(storeId, (store) => checkStock(store, []));
    expect(found).toEqual([
      { kind: 'committed', itemId: cup, locationId, found: 1, expected: 0 },
      { kind: 'movements', itemId: cup, locationId, found: 1, expected: 0 },
      { kind: 'reserved', itemId: cup, locationId, found: 1, expected: 2 },
    ]);
    const mended = await lab.db.write(storeId, (store) =>
      repairStock(store, () => Promise.resolve([])),
    );
    expect(mended).toBe(1);
    expect(await levels()).toMatchObject([{ onHand: 5, reserved: 2, committed: 0 }]);
    expect(await lab.db.read(storeId, (store) => checkStock(store, []))).toMatchObject([]);
  });

  it('is wrong also where two quantities differ by as much from what moved', async () => {
    const [cup = ''] = await variants([5]);
    await lab.db.write(storeId, (store) =>
      store.execute(
        'UPDATE inventory_levels SET on_hand = on_hand + 1, unavailable = unavailable + 1 WHERE store_id = $1',
        [storeId],
      ),
    );
    const found = await lab.db.read(storeId, (store) => checkStock(store, []));
    expect(found).toMatchObject([
      { kind: 'movements', itemId: cup, found: 6, expected: 5 },
      { kind: 'unavailable', itemId: cup, found: 1, expected: 0 },
    ]);
  });

  it('adds up after any sequence of verbs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            verb: fc.constantFrom('reserve', 'release', 'commit', 'fulfil', 'cancel', 'restock'),
            checkout: fc.nat(2),
            first: fc.nat(4),
            second: fc.nat(4),
          }),
          { minLength: 5, maxLength: 25 },
        ),
        async (steps) => {
          storeId = await lab.aStore();
          const items = await variants([6, 3]);
          const checkouts = [newId(), newId(), newId()];
          const committed = new Map<string, Allocation[]>();
          for (const { verb, checkout, first, second } of steps) {
            const id = checkouts[checkout] as string;
            const own = committed.get(id);
            const wants = [first, second].flatMap((quantity, index) =>
              quantity === 0 ? [] : [{ itemId: items[index] as string, quantity }],
            );
            if (verb === 'reserve' && !own && wants.length > 0) await reserve(id, wants);
            await lab.db.write(storeId, async (store) => {
              if (verb === 'release') await stock.release(store, id);
              if (verb === 'commit') {
                const lines = await stock.commit(store, id, id);
                if (lines.length > 0) committed.set(id, lines);
              }
              const line = own?.pop();
              if (!line) return;
              if (verb === 'fulfil')
                await stock.fulfil(store, { orderId: id, parcelId: id, lines: [line] });
              else if (verb === 'cancel')
                await stock.uncommit(store, { orderId: id, lines: [line] });
              else own?.push(line);
              if (verb === 'restock') await stock.restock(store, { ref: id, lines: [line] });
            });
            const commitments = [...committed.values()].flat().map((one) => ({
              ...one,
              locationId: one.locationId as string,
            }));
            expect(await lab.db.read(storeId, (store) => checkStock(store, commitments))).toEqual(
              [],
            );
          }
        },
      ),
      { seed: 20261121, numRuns: 12 },
    );
  });
});
