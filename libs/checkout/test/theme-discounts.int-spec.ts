import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { CheckoutWorkerModule } from '@worker/checkout';
import { Discounts } from '../src/discounts/discounts.service';
import { themeDiscounts } from '../src/renderer/theme-discounts';
import { makeDiscount } from './rules-lab.builder';

describe('a discount that a theme’s setting names', () => {
  let lab: Lab;
  let storeId: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CheckoutModule, CheckoutWorkerModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  const ids = async () =>
    (
      await lab.db.read(storeId, (store) =>
        store.query<{ id: string }>(
          'SELECT discount_id AS id FROM discounts WHERE store_id = $1 ORDER BY created_at',
          [storeId],
        ),
      )
    ).map(({ id }) => id);
  const view = async (wanted: string[]) => [
    ...(await lab.db.read(storeId, (store) => themeDiscounts(store, wanted))).values(),
  ];

  it('is told with its code, its value and what is left of it', async () => {
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    await makeDiscount(lab, storeId, { code: 'SUMMER', usageLimit: 10, endsAt });
    const [found] = await view([...(await ids()), newId(), 'nonsense']);
    expect(found).toMatchObject({
      code: 'SUMMER',
      ends_at: endsAt,
      value: { percent: 10 },
      applies_to: 'order',
      uses_left: 10,
    });
  });

  it('is null before it begins, after it ends, switched off, used up, or another store’s', async () => {
    const past = new Date(Date.now() - 60_000).toISOString();
    const future = new Date(Date.now() + 3_600_000).toISOString();
    await makeDiscount(lab, storeId, { startsAt: future });
    await makeDiscount(lab, storeId, { startsAt: '2020-01-01T00:00:00Z', endsAt: past });
    await makeDiscount(lab, storeId, { enabled: false });
    await makeDiscount(lab, storeId, { usageLimit: 1 });
    await lab.db.write(storeId, (store) =>
      store.execute('UPDATE discounts SET taken = 1 WHERE store_id = $1 AND usage_limit = 1', [
        storeId,
      ]),
    );
    const all = await ids();
    expect(all).toHaveLength(4);
    expect(await view(all)).toEqual([]);
    await makeDiscount(lab, storeId, {});
    const own = await ids();
    expect(await view(own)).toHaveLength(1);
    const other = await lab.aStore();
    const seen = await lab.db.read(other, (store) => themeDiscounts(store, own));
    expect(seen.size).toBe(0);
  });

  it('makes the pages that show it stale when it begins and when it ends, and not when it no longer does', async () => {
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    const stampAt = async (hours: number) => {
      await lab.drain({ until: inHours(hours) });
      const rows = await lab.db.read(storeId, (store) =>
        store.query<{ v: number }>('SELECT v FROM store_stamps WHERE store_id = $1', [storeId]),
      );
      return rows[0]?.v ?? 0;
    };
    const [startsAt, endsAt] = [inHours(1).toISOString(), inHours(2).toISOString()];
    const { id } = await makeDiscount(lab, storeId, { startsAt, endsAt });
    const made = await stampAt(0.9);
    const begun = await stampAt(1.1);
    expect(begun).toBeGreaterThan(made);
    await lab.db.write(storeId, (store) =>
      lab
        .get(Discounts)
        .update(
          store,
          id,
          { endsAt: inHours(4).toISOString() },
          { ifMatch: undefined, version: undefined },
        ),
    );
    const put = await stampAt(1.1);
    expect(await stampAt(2.1)).toBe(put);
    expect(await stampAt(4.1)).toBeGreaterThan(put);
  });
});
