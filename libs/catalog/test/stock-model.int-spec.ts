import * as fc from 'fast-check';
import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { InventoryLevels } from '../src/stock/inventory-levels.service';
import { Stock, type StockAnswer } from '../src/stock/stock.service';
import { aProduct, write } from './catalog.builder';
import { type ModelMove, type ModelRequest, type Policy, StockModel } from './stock-model';

/** How many sequences of steps are tried; `npm run soak:stock` tries more. */
const sequences = Number(process.env['CARAVEL_SOAK_SEQUENCES'] ?? 12);
const seed = Number(process.env['CARAVEL_SOAK_SEED'] ?? 20261122);
const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();
const policies: readonly Policy[] = ['deny', 'deny', 'continue', 'untracked'];

const checkout = fc.nat(2);
const wants = fc.array(
  fc.record({ item: fc.nat(policies.length - 1), quantity: fc.integer({ min: 1, max: 5 }) }),
  { minLength: 1, maxLength: 4 },
);
const place = fc.nat(2);
const item = fc.nat(policies.length - 2);
/** The first place sends to Germany and Austria, the second to Austria and France, the third everywhere. */
const areas = [['DE', 'AT'], ['AT', 'FR'], null] as const;
const request = fc.record({
  shipTo: fc.option(fc.constantFrom('DE', 'AT', 'FR', 'US'), { freq: 3 }),
  checkout,
  wants,
  pickup: fc.option(place, { freq: 4 }),
  late: fc.boolean(),
});
const units = fc.integer({ min: 1, max: 3 });
const states = ['available', 'damaged', 'quality_control', 'safety_stock', 'removed'] as const;
const move = fc
  .tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), units)
  .map(([from, by, quantity]) => ({ from: states[from], to: states[(from + by) % 5], quantity }))
  .map((one) => one as ModelMove);

/** One thing that happens to the stock; numbers stand for the nth checkout, item or place. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ verb: fc.constant('reserve' as const), request }) },
  {
    weight: 2,
    arbitrary: fc.record({ verb: fc.constant('both' as const), request, other: request }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constantFrom('release' as const, 'commit' as const, 'extend' as const),
      checkout,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constantFrom('fulfil' as const, 'uncommit' as const),
      checkout,
      units,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('restock' as const),
      item,
      place,
      units,
      damaged: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('count' as const),
      item,
      place,
      onHand: fc.integer({ min: 0, max: 7 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ verb: fc.constant('move' as const), item, place, move }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('repair' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
type Asked = Extract<Step, { verb: 'reserve' }>['request'];

/** A store of this run, and the model of it. */
interface Run {
  storeId: string;
  items: readonly string[];
  places: readonly string[];
  checkouts: readonly string[];
  model: StockModel;
}

describe('stock beside a model of it', () => {
  let lab: Lab;
  let stock: Stock;
  let inventory: InventoryLevels;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule] });
    stock = lab.get(Stock);
    inventory = lab.get(InventoryLevels);
  });
  afterAll(() => lab.close());

  /** Four variants, and three places of which the default one is second by priority. */
  async function begin(): Promise<Run> {
    const storeId = await lab.aStore();
    const variants = policies.map((policy, index) => ({
      options: [String(index)],
      priceMinor: 100,
      inventory: {
        tracked: policy !== 'untracked',
        quantity: 4,
        policy: policy === 'continue' ? ('continue' as const) : ('deny' as const),
      },
    }));
    await write(lab, storeId, [aProduct({ variants })]);
    const rows = await lab.db.write(storeId, async (store) => {
      await store.execute('UPDATE locations SET priority = 1 WHERE store_id = $1', [storeId]);
      await store.execute(
        `INSERT INTO locations (store_id, location_id, name, priority)
         SELECT $1, gen_random_uuid(), name, priority FROM (VALUES ('East', 0), ('West', 2)) AS r (name, priority)`,
        [storeId],
      );
      await store.execute(
        `UPDATE locations SET delivers_to = CASE priority WHEN 0 THEN $2::text[] WHEN 1 THEN $3::text[] END
         WHERE store_id = $1`,
        [storeId, areas[0], areas[1]],
      );
      return store.query<{ items: string[]; places: string[]; fallback: string }>(
        `SELECT (SELECT array_agg(variant_id ORDER BY position) FROM variants WHERE store_id = $1) AS items,
           array_agg(location_id ORDER BY priority) AS places,
           (array_agg(location_id) FILTER (WHERE is_default))[1] AS fallback
         FROM locations WHERE store_id = $1`,
        [storeId],
      );
    });
    const { items, places, fallback } = rows[0]!;
    const known = new Map(items.map((id, index) => [id, policies[index] as Policy]));
    const model = new StockModel(known, places, fallback);
    for (const [index, to] of areas.entries())
      if (to) model.deliversTo.set(places[index] as string, to);
    for (const id of items.slice(0, 3)) model.count(id, fallback, 4);
    return { storeId, items, places, checkouts: [newId(), newId(), newId()], model };
  }

  function requestOf({ items, places, checkouts }: Run, asked: Asked): ModelRequest {
    return {
      checkout: checkouts[asked.checkout] as string,
      wants: asked.wants.map((one) => ({
        itemId: items[one.item] as string,
        quantity: one.quantity,
      })),
      pickup: asked.pickup === null ? null : (places[asked.pickup] as string),
      shipTo: asked.shipTo,
      late: asked.late,
    };
  }

  const ask = ({ storeId }: Run, one: ModelRequest): Promise<StockAnswer> =>
    lab.db.write(storeId, (store) =>
      stock.reserve(store, {
        checkoutId: one.checkout,
        wants: one.wants,
        expiresAt: minutes(one.late ? -2 : 10),
        shipTo: one.shipTo,
        ...(one.pickup === null ? {} : { pickupLocationId: one.pickup }),
      }),
    );

  async function reserve(run: Run, asked: Asked): Promise<void> {
    const wanted = requestOf(run, asked);
    if (run.model.held.get(wanted.checkout)?.state === 'committed') {
      await expect(ask(run, wanted)).rejects.toMatchObject({ code: 'catalog.stock-committed' });
      return;
    }
    expect(run.model.reserve(wanted, await ask(run, wanted))).toBeNull();
  }

  /** Two shoppers at once: what they are told is right in one order or in the other. */
  async function reserveBoth(run: Run, asked: Asked, other: Asked): Promise<void> {
    const [a, b] = [requestOf(run, asked), requestOf(run, other)];
    const over = [a, b].some((one) => run.model.held.get(one.checkout)?.state === 'committed');
    if (over || a.checkout === b.checkout) return reserve(run, asked);
    const [toA, toB] = await Promise.all([ask(run, a), ask(run, b)]);
    const copy = run.model.copy();
    const problem = copy.reserve(a, toA) ?? copy.reserve(b, toB);
    if (problem === null) {
      run.model = copy;
      return;
    }
    expect([problem, run.model.reserve(b, toB) ?? run.model.reserve(a, toA)]).toEqual([
      problem,
      null,
    ]);
  }

  async function ofCheckout(
    run: Run,
    { verb, checkout: nth }: Extract<Step, { verb: 'release' | 'commit' | 'extend' }>,
  ): Promise<void> {
    const id = run.checkouts[nth] as string;
    const lines = await lab.db.write(run.storeId, async (store) => {
      if (verb === 'release') await stock.release(store, id);
      if (verb === 'extend') await stock.extend(store, id, minutes(10));
      return verb === 'commit' ? stock.commit(store, id, id) : [];
    });
    if (verb !== 'commit') return run.model[verb](id);
    const inOrder = (rows: typeof lines) => rows.map((row) => JSON.stringify(row)).sort();
    expect(inOrder(lines)).toEqual(inOrder(run.model.commit(id)));
  }

  async function ofOrder(
    run: Run,
    { verb, checkout: nth, units: most }: Extract<Step, { verb: 'fulfil' | 'uncommit' }>,
  ): Promise<void> {
    const orderId = run.checkouts[nth] as string;
    const line = run.model.takeOf(orderId, most);
    if (!line) return;
    await lab.db.write(run.storeId, (store) =>
      verb === 'fulfil'
        ? stock.fulfil(store, { orderId, parcelId: newId(), lines: [line] })
        : stock.uncommit(store, { orderId, lines: [line] }),
    );
    run.model[verb](line);
  }

  async function ofShelf(
    run: Run,
    one: Extract<Step, { verb: 'restock' | 'count' }>,
  ): Promise<void> {
    const at = {
      itemId: run.items[one.item] as string,
      locationId: run.places[one.place] as string,
    };
    if (one.verb === 'restock') {
      const line = { ...at, quantity: one.units, backordered: 0 };
      await lab.db.write(run.storeId, (store) =>
        stock.restock(store, { ref: newId(), lines: [{ ...line, damaged: one.damaged }] }),
      );
      run.model.restock(line, one.damaged);
      return;
    }
    const counted = lab.db.write(run.storeId, (store) =>
      inventory.count(store, at, { onHand: one.onHand, ignoreCompare: true }),
    );
    const expected = run.model.count(at.itemId, at.locationId, one.onHand);
    if ('onHand' in expected) expect(await counted).toMatchObject(expected);
    else {
      await expect(counted).rejects.toMatchObject({
        code: 'catalog.stock-promised',
        params: expected,
      });
    }
  }

  async function moveUnits(run: Run, one: Extract<Step, { verb: 'move' }>): Promise<void> {
    const itemId = run.items[one.item] as string;
    const at = { itemId, locationId: run.places[one.place] as string };
    const [before] = await lab.db.read(run.storeId, (store) =>
      store.query('SELECT FROM inventory_levels WHERE item_id = $1 AND location_id = $2', [
        at.itemId,
        at.locationId,
      ]),
    );
    const moved = lab.db.write(run.storeId, (store) => inventory.move(store, at, one.move));
    if (!before) {
      await expect(moved).rejects.toMatchObject({ code: 'catalog.item-not-found' });
      return;
    }
    const there = run.model.move(at, one.move);
    if (there === null) {
      const { unavailableBy } = await moved;
      for (const reason of ['damaged', 'quality_control', 'safety_stock'] as const)
        expect(unavailableBy[reason]).toBe(run.model.aside(at.itemId, at.locationId, reason));
      return;
    }
    await expect(moved).rejects.toMatchObject({
      code: 'catalog.units-not-there',
      params: { units: there, state: one.move.from },
    });
  }

  async function take(run: Run, one: Step): Promise<void> {
    if (one.verb === 'reserve') return reserve(run, one.request);
    if (one.verb === 'both') return reserveBoth(run, one.request, one.other);
    if (one.verb === 'move') return moveUnits(run, one);
    if (one.verb === 'restock' || one.verb === 'count') return ofShelf(run, one);
    if ('units' in one) return ofOrder(run, one);
    if ('checkout' in one) return ofCheckout(run, one);
    const mended = await lab.db.write(run.storeId, (store) =>
      stock.repair(store, () => Promise.resolve(waiting(run))),
    );
    expect(mended).toBe(0);
  }

  /** What orders wait for, as the model has it. */
  function waiting({ model }: Run): { itemId: string; locationId: string; quantity: number }[] {
    return [...model.orders.values()]
      .flat()
      .map(({ itemId, locationId, quantity }) => ({ itemId, locationId: locationId!, quantity }));
  }

  /** Every quantity, every reservation and every fault of the store is the model's. */
  async function compare(run: Run): Promise<void> {
    const { storeId, items, model } = run;
    const found = await lab.db.read(storeId, async (store) => ({
      levels: await inventory.ofItems(store, items),
      held: await store.query<{ key: string }>(
        `SELECT concat_ws(' ', checkout_id, item_id, location_id, qty, backordered) AS key
         FROM stock_reservations WHERE store_id = $1 AND state = 'active' ORDER BY 1`,
        [storeId],
      ),
      faults: await stock.check(store, waiting(run)),
    }));
    const here = found.levels.map(({ itemId, locationId, ...level }) => {
      const { onHand, committed, reserved, unavailable, available } = level;
      return [itemId, locationId, onHand, committed, reserved, unavailable, available].join(' ');
    });
    const there = [...model.levels].map(([key, level]) => {
      const [itemId = '', locationId = ''] = key.split(' ');
      const { onHand, committed, reserved, unavailable } = level;
      const available = model.available(itemId, locationId);
      return [key, onHand, committed, reserved, unavailable, available].join(' ');
    });
    expect(here.filter(hasUnits).sort()).toEqual(there.filter(hasUnits).sort());
    const active = [...model.held].flatMap(([id, { state, rows }]) =>
      state !== 'active'
        ? []
        : rows.map((row) =>
            [id, row.itemId, row.locationId, row.quantity, row.backordered].join(' '),
          ),
    );
    expect(found.held.map(({ key }) => key)).toEqual(active.sort());
    const late = [...model.overdue()].map(([key, n]) => `overdue ${key} ${n}`);
    const told = found.faults.map((fault) =>
      [fault.kind, fault.itemId, fault.locationId, fault.found].join(' '),
    );
    expect(told.sort()).toEqual(late.sort());
  }

  it(`has its quantities after every step of ${sequences} sequences`, async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
        const run = await begin();
        await compare(run);
        for (const one of steps) {
          await take(run, one);
          await compare(run);
          taken += 1;
        }
      }),
      {
        seed,
        numRuns: sequences,
        endOnFailure: process.env['CARAVEL_SOAK_SEQUENCES'] === undefined,
      },
    );
    expect(taken).toBeGreaterThan(sequences * 7);
  }, 600_000);
});

/** A level of nothing says what a missing one says. */
function hasUnits(level: string): boolean {
  return !level.endsWith(' 0 0 0 0 0');
}
