import * as fc from 'fast-check';
import { type Lab, openLab } from '@testing';
import { recomputePriceFacts } from '../src/pricing/price-facts.queries';
import { recomputeFacts } from '../src/pricing/recompute-price-facts.job';
import { CatalogWorkerModule } from '../src/worker';
import { write } from './catalog.builder';

describe('the ledger of prices', () => {
  let lab: Lab;
  let storeId: string;
  const rows = <Row = Record<string, unknown>>(sql: string) =>
    lab.db.read(storeId, (store) => store.query<Row>(sql, [storeId]));
  const sell = (
    priceMinor: number,
    compareAtMinor: number | null,
    cause: 'edit' | 'import' = 'edit',
  ) =>
    write(
      lab,
      storeId,
      [{ handle: 'cap', title: 'Cap', variants: [{ options: [], priceMinor, compareAtMinor }] }],
      { cause },
    );
  /** Days go by: everything that the ledger says moves into the past. */
  const pass = (days: number) =>
    lab.db.acrossStores('let days go by in a test', (tx) =>
      tx.execute(
        `UPDATE price_intervals SET starts_at = starts_at - make_interval(days => $2),
           ends_at = ends_at - make_interval(days => $2) WHERE store_id = $1`,
        [storeId, days],
      ),
    );
  const facts = () =>
    rows<{ market: string; prior: number }>(
      `SELECT market, prior_minor AS prior FROM variant_price_facts WHERE store_id = $1 ORDER BY 1, 2`,
    );

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogWorkerModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  it('keeps what a reduction is compared with, from the change on and as long as it lasts', async () => {
    await sell(2_000, null);
    await pass(40);
    await sell(1_500, 3_000);
    expect(await facts()).toEqual([{ market: 'home', prior: 2_000 }]);
    await pass(50);
    await sell(1_200, 3_000, 'import');
    expect(await facts()).toEqual([{ market: 'home', prior: 2_000 }]);
    await pass(1);
    await sell(2_000, null);
    expect(await facts()).toEqual([]);
    await pass(1);
    await sell(1_500, 2_000);
    expect(await facts()).toEqual([{ market: 'home', prior: 1_200 }]);
  });

  it('announces nothing of what was never sold at another price, and forgets what is gone', async () => {
    await sell(1_500, 3_000);
    expect(await facts()).toEqual([]);
    await pass(5);
    await sell(1_000, 3_000);
    expect(await facts()).toEqual([]);
    await sell(2_000, null);
    await pass(31);
    await sell(1_000, 3_000);
    expect(await facts()).toHaveLength(1);
    const variants = [{ options: ['S'], priceMinor: 1 }];
    await write(lab, storeId, [{ handle: 'cap', options: [{ name: 'Size' }], variants }]);
    expect(await facts()).toEqual([]);
  });

  it('computes the same again each night, and what the country asks for', async () => {
    await sell(2_000, null);
    await pass(40);
    await sell(1_500, 3_000);
    const again = () => lab.db.write(storeId, (store) => recomputePriceFacts(store));
    expect(await again()).toBe(0);
    const alter = (sql: string) =>
      lab.db.acrossStores('spoil facts in a test', (tx) => tx.execute(sql, [storeId]));
    await alter('UPDATE variant_price_facts SET prior_minor = 9 WHERE store_id = $1');
    await lab.db.write(storeId, async (store) => store.enqueue(recomputeFacts, {}));
    await lab.drain();
    expect(await facts()).toEqual([{ market: 'home', prior: 2_000 }]);
    await alter(`UPDATE stores SET country = 'US' WHERE store_id = $1`);
    expect(await again()).toBe(1);
    expect(await facts()).toEqual([]);
  });

  it('can be closed once by the application, and changed by nobody', async () => {
    await sell(2_000, null);
    await sell(1_500, null);
    const attempt = (sql: string) =>
      lab.db.write(storeId, (store) => store.execute(sql, [storeId]));
    const table = 'price_intervals';
    await expect(
      attempt(`UPDATE ${table} SET amount_minor = 1 WHERE store_id = $1`),
    ).rejects.toThrow('permission denied');
    await expect(attempt(`DELETE FROM ${table} WHERE store_id = $1`)).rejects.toThrow(
      'permission denied',
    );
    const ended = `UPDATE ${table} SET ends_at = now() WHERE store_id = $1 AND ends_at IS NOT NULL`;
    expect(await attempt(ended)).toBe(0);
    await expect(attempt(`UPDATE ${table} SET ends_at = NULL WHERE store_id = $1`)).rejects.toThrow(
      'row-level security',
    );
  });

  it('has neither holes nor overlaps, whatever is changed by whom (I32)', async () => {
    const price = fc.constantFrom(1_000, 1_500, 2_000);
    const step = fc.record({
      priceMinor: price,
      compareAtMinor: fc.constantFrom(null, 1_200, 3_000),
      cause: fc.constantFrom('edit' as const, 'import' as const),
      days: fc.integer({ min: 0, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        storeId = await lab.aStore();
        for (const { priceMinor, compareAtMinor, cause, days } of steps) {
          await sell(priceMinor, compareAtMinor, cause);
          await pass(days);
        }
        const [open] = await rows(
          `SELECT i.amount_minor = v.price_minor AND (i.kind = 'sale') = (coalesce(v.compare_at_minor, 0) > v.price_minor) AS right
           FROM price_intervals i JOIN variants v USING (store_id, variant_id)
           WHERE store_id = $1 AND i.ends_at IS NULL`,
        );
        expect(open).toEqual({ right: true });
        const faults = await rows(
          `SELECT FROM (SELECT ends_at, lead(starts_at) OVER (ORDER BY starts_at, ends_at) AS next
             FROM price_intervals WHERE store_id = $1) i
           WHERE i.ends_at IS DISTINCT FROM i.next`,
        );
        expect(faults).toEqual([]);
      }),
      { seed: 20261122, numRuns: 8 },
    );
  });
});
