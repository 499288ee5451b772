import * as fc from 'fast-check';
import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { checkStock, repairStock } from '../src/stock/check-stock';
import { InventoryLevels } from '../src/stock/inventory-levels.service';
import { Stock } from '../src/stock/stock.service';
import { Transfers } from '../src/stock/transfers.service';
import { findSellable } from '../src/sellable.queries';
import { aProduct, write } from './catalog.builder';

const runs = { numRuns: 12 };
const few = fc.nat(4);

describe('stock by what other rows tell', () => {
  let lab: Lab;
  let storeId: string;
  let cup: string;
  let home: string;
  let shop: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule] });
  });
  afterAll(() => lab.close());

  const act = <T>(work: Parameters<typeof lab.db.write<T>>[1]): Promise<T> =>
    lab.db.write(storeId, work);
  const sql = (text: string, params: unknown[] = []) =>
    act((store) => store.execute(text, [storeId, ...params]));
  const soon = () => new Date(Date.now() + 600_000).toISOString();

  /** A cup of which so many are at home, and a shop that has these. */
  async function begin(
    [atHome, inShop]: readonly [number, number],
    variant: { policy?: 'deny' | 'continue'; requiresShipping?: boolean } = {},
  ): Promise<void> {
    storeId = await lab.aStore();
    const { policy = 'deny', requiresShipping = true } = variant;
    const inventory = { tracked: true, quantity: atHome, policy };
    const variants = [{ options: ['cup'], priceMinor: 100, requiresShipping, inventory }];
    await write(lab, storeId, [aProduct({ variants })]);
    shop = newId();
    await sql(
      `INSERT INTO locations (store_id, location_id, name, priority) VALUES ($1, $2, 'Shop', 9)`,
      [shop],
    );
    const [level] = await levels();
    cup = level?.itemId ?? '';
    home = level?.locationId ?? '';
    await sql(
      `INSERT INTO inventory_levels (store_id, item_id, location_id, on_hand, oversell)
       SELECT store_id, item_id, $2, $3::int, oversell FROM inventory_levels WHERE store_id = $1`,
      [shop, inShop],
    );
    await sql(
      `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_on_hand, cause, actor)
       VALUES ($1, $2, $3, $4, $5, 'count', 'test')`,
      [newId(), cup, shop, inShop],
    );
  }

  const levels = () =>
    act((store) =>
      store.query<Record<string, number> & { itemId: string; locationId: string }>(
        `SELECT item_id AS "itemId", location_id AS "locationId", on_hand, committed, reserved, unavailable, incoming
         FROM inventory_levels WHERE store_id = $1 ORDER BY location_id`,
        [storeId],
      ),
    );
  const faults = () => lab.db.read(storeId, (store) => checkStock(store, []));
  const repair = () => act((store) => repairStock(store, () => Promise.resolve([])));

  it('is as before once it is repaired, whatever numbers were changed by themselves', async () => {
    const wrong = fc.record({
      reserved: few,
      committed: few,
      unavailable: few,
      incoming: few,
      noted: fc.boolean(),
    });
    const happened = fc.record({ aside: few, back: few, sent: few, came: few, held: few });
    await fc.assert(
      fc.asyncProperty(happened, fc.tuple(wrong, wrong), async (done, tampered) => {
        await begin([20, 20]);
        await move('available', 'damaged', done.aside);
        await move('damaged', 'available', Math.min(done.back, done.aside));
        await bring(done.sent, Math.min(done.came, done.sent));
        if (done.held > 0) {
          const wants = [{ itemId: cup, quantity: done.held }];
          const wish = { checkoutId: newId(), wants, expiresAt: soon() };
          await act((store) => lab.get(Stock).reserve(store, wish));
        }
        expect(await faults()).toEqual([]);
        const before = await levels();
        for (const [at, { noted, ...more }] of tampered.entries())
          await tamper(at === 0 ? home : shop, more, noted);
        const places = tampered.filter(({ noted: _, ...more }) =>
          Object.values(more).some((units) => units > 0),
        );
        expect(await repair()).toBe(places.length);
        expect(await levels()).toEqual(before);
        expect(await faults()).toEqual([]);
        expect(await repair()).toBe(0);
      }),
      runs,
    );
  });

  it('is left alone where more was put back of a reason than was set aside', async () => {
    await begin([5, 0]);
    await move('available', 'quality_control', 3);
    await sql(
      `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_unavailable, reason, cause, actor)
       VALUES ($1, $2, $3, $4, -1, 'damaged', 'move', 'test')`,
      [newId(), cup, home],
    );
    const before = await levels();
    const found = await faults();
    expect(found.map(({ kind }) => kind)).toEqual(['movements', 'reason']);
    expect(await repair()).toBe(0);
    expect(await levels()).toEqual(before);
  });

  it('can be sold where it goes as many times as it can be held for there', async () => {
    const where = fc.constantFrom(null, ['DE'], ['FR', 'DE'], ['FR'], []);
    const sold = fc.record({
      policy: fc.constantFrom<'deny' | 'continue'>('deny', 'continue'),
      requiresShipping: fc.boolean(),
    });
    const place = fc.constantFrom('DE', 'FR', 'home', 'shop', null);
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(few, few),
        fc.tuple(where, where),
        sold,
        fc.tuple(place, fc.integer({ min: 1, max: 9 })),
        async (units, delivers, variant, [goes, quantity]) => {
          await begin(units, variant);
          for (const [at, countries] of delivers.entries())
            await sql(
              'UPDATE locations SET delivers_to = $3 WHERE store_id = $1 AND location_id = $2',
              [at === 0 ? home : shop, countries],
            );
          const pickup = goes === 'home' ? home : goes === 'shop' ? shop : null;
          const reach = pickup ? { shipTo: null, pickupLocationId: pickup } : { shipTo: goes };
          const [offer] = await lab.db.read(storeId, (store) =>
            findSellable(store, [cup], null, reach),
          );
          const wish = {
            checkoutId: newId(),
            wants: [{ itemId: cup, quantity }],
            expiresAt: soon(),
          };
          const answer = await act((store) => lab.get(Stock).reserve(store, { ...wish, ...reach }));
          const enough = offer?.quantity === null || (offer?.quantity ?? 0) >= quantity;
          expect(answer.reserved).toBe(enough);
        },
      ),
      { numRuns: 60 },
    );
  });

  async function move(
    from: 'available' | 'damaged',
    to: 'available' | 'damaged' | 'quality_control',
    quantity: number,
  ): Promise<void> {
    if (quantity === 0) return;
    const at = { itemId: cup, locationId: home };
    await act((store) => lab.get(InventoryLevels).move(store, at, { from, to, quantity }));
  }

  /** A transfer to the shop of which so many have come. */
  async function bring(quantity: number, received: number): Promise<void> {
    if (quantity === 0) return;
    const transfers = lab.get(Transfers);
    const lines = [{ itemId: cup, quantity }];
    const wish = { fromLocationId: home, toLocationId: shop, note: null, lines };
    const { id } = await act((store) => transfers.create(store, wish));
    await act((store) => transfers.ship(store, id));
    const came = [{ itemId: cup, received, rejected: 0 }];
    if (received > 0) await act((store) => transfers.receive(store, id, { lines: came }));
  }

  /** Adds to numbers of a level. @param noted whether movements say so, too, where they need no reason */
  async function tamper(
    locationId: string,
    more: { reserved: number; committed: number; unavailable: number; incoming: number },
    noted: boolean,
  ): Promise<void> {
    const { reserved, committed, unavailable, incoming } = more;
    await sql(
      `UPDATE inventory_levels SET reserved = reserved + $3, committed = committed + $4,
         unavailable = unavailable + $5, incoming = incoming + $6 WHERE store_id = $1 AND location_id = $2`,
      [locationId, reserved, committed, unavailable, incoming],
    );
    if (!noted) return;
    await sql(
      `INSERT INTO stock_movements (store_id, movement_id, item_id, location_id, delta_reserved, delta_committed,
         delta_incoming, cause, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, 'import', 'test')`,
      [newId(), cup, locationId, reserved, committed, incoming],
    );
  }
});
