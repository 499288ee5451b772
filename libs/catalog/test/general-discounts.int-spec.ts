import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { Collections } from '../src/collections/collections.service';
import { noteSomeDiscounts, setGeneralDiscount } from '../src/pricing/general-discounts.queries';
import type { GeneralDiscount } from '../src/pricing/ledger/general-discount';
import { noteDiscounts } from '../src/pricing/note-discounts.job';
import { homeTerms } from '../src/pricing/price-terms';
import { CatalogPages, CatalogRendererModule } from '../src/renderer';
import { CatalogWorkerModule } from '../src/worker';
import { write } from './catalog.builder';

const hour = 3_600_000;

describe('automatic discounts in the ledger of prices', () => {
  let lab: Lab;
  let storeId: string;
  const discountId = newId();
  const rows = <Row = Record<string, unknown>>(sql: string) =>
    lab.db.read(storeId, (store) => store.query<Row>(sql, [storeId]));
  const sell = (handle: string, priceMinor: number, more: object = {}) =>
    write(
      lab,
      storeId,
      [{ handle, title: handle, variants: [{ options: [], priceMinor }], ...more }],
      { cause: 'edit' },
    );
  const offer = (more: Partial<GeneralDiscount> = {}): GeneralDiscount => ({
    targets: {},
    benefit: { ppm: 200_000 },
    startsAt: null,
    endsAt: null,
    ...more,
  });
  const set = async (wanted: GeneralDiscount | null, id = discountId) => {
    await lab.db.write(storeId, (store) => setGeneralDiscount(store, id, wanted));
    await lab.drain();
  };
  /** Hours go by: what was written, and what is to come, moves back; whoever waited looks again. */
  const pass = async (hours: number) => {
    await lab.db.acrossStores('let hours go by in a test', async (tx) => {
      for (const table of ['price_intervals', 'general_discounts'])
        await tx.execute(
          `UPDATE ${table} SET starts_at = starts_at - make_interval(hours => $2),
             ends_at = ends_at - make_interval(hours => $2) WHERE store_id = $1`,
          [storeId, hours],
        );
      await tx.execute('DELETE FROM jobs WHERE store_id = $1', [storeId]);
      tx.enqueue(noteDiscounts, {}, { storeId });
    });
    await lab.drain();
  };
  const ledger = (handle: string) =>
    rows<{ kind: string; amount: number; hours: number | null; cause: string }>(
      `SELECT i.kind, i.amount_minor AS amount, i.cause,
         round(extract(epoch FROM i.ends_at - i.starts_at) / 3600)::int AS hours
       FROM price_intervals i JOIN variants v USING (store_id, variant_id)
       JOIN products p USING (store_id, product_id)
       WHERE store_id = $1 AND p.handle = '${handle}' ORDER BY i.starts_at, i.ends_at NULLS LAST`,
    );
  const kinds = async (handle: string) => (await ledger(handle)).map(({ kind }) => kind);
  const reduction = async (handle: string, country = 'DE') => {
    const pages = lab.get(CatalogPages).inMarket(homeTerms({ country, currency: 'EUR' }));
    const page = await lab.db.read(storeId, (store) => pages.productPage(store, handle, null));
    return page?.product.price_reduction;
  };

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CatalogWorkerModule, CatalogRendererModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  it('begin and end by the clock, and are what later reductions are compared with', async () => {
    await sell('cap', 2_000);
    await pass(24 * 40);
    const [startsAt, endsAt] = [new Date(Date.now() + hour), new Date(Date.now() + 3 * hour)];
    await set(offer({ startsAt, endsAt }));
    expect(await kinds('cap')).toEqual(['list']);
    await pass(2);
    expect(await kinds('cap')).toEqual(['list', 'automatic_discount']);
    expect(await reduction('cap')).toMatchObject({
      active: true,
      price: 1_600,
      prior: 2_000,
      percent: 20,
      kind: 'automatic_discount',
    });
    expect(await reduction('cap', 'US')).toMatchObject({ price: 1_600, kind: 'list_price' });
    await pass(2);
    expect(await ledger('cap')).toMatchObject([
      { kind: 'list', amount: 2_000 },
      { kind: 'automatic_discount', amount: 1_600, hours: 2, cause: 'discount' },
      { kind: 'list', amount: 2_000, hours: null, cause: 'discount' },
    ]);
    expect(await reduction('cap')).toMatchObject({ active: false, price: 2_000 });
    await sell('cap', 1_800, {
      variants: [{ options: [], priceMinor: 1_800, compareAtMinor: 2_000 }],
    });
    // 16.00 applied within the 30 days: 18.00 is no reduction.
    expect(await reduction('cap')).toMatchObject({ active: false, price: 1_800 });
  });

  it('are noticed late with their own times, both ends of them', async () => {
    await sell('cap', 2_000);
    const [startsAt, endsAt] = [new Date(Date.now() + hour), new Date(Date.now() + 2 * hour)];
    await set(offer({ startsAt, endsAt }));
    await pass(30);
    expect(await ledger('cap')).toMatchObject([
      { kind: 'list' },
      { kind: 'automatic_discount', hours: 1 },
      { kind: 'list', hours: null },
    ]);
  });

  it('follow a change of price, of the discount, and its end before its time', async () => {
    await sell('cap', 2_000);
    await set(offer());
    await sell('cap', 3_000);
    await set(offer({ benefit: { amountMinor: 500 } }));
    const later = new Date(Date.now() + hour);
    await set(offer({ benefit: { amountMinor: 500 }, endsAt: later }));
    await set(null);
    await set(null);
    expect((await ledger('cap')).map(({ amount }) => amount)).toEqual([
      2_000, 1_600, 2_400, 2_500, 3_000,
    ]);
  });

  it('mean what they target: a tag, a collection, never a gift card; the best of several counts', async () => {
    await sell('cap', 2_000, { tags: ['summer'] });
    await sell('hat', 2_000);
    await sell('card', 2_000, { giftCard: true });
    await set(offer({ targets: { tags: ['summer'] } }));
    expect(await kinds('cap')).toEqual(['list', 'automatic_discount']);
    expect(await kinds('hat')).toEqual(['list']);
    await sell('cap', 2_000, { tags: [] });
    await sell('hat', 2_000, { tags: ['summer'] });
    expect(await kinds('cap')).toEqual(['list', 'automatic_discount', 'list']);
    expect(await kinds('hat')).toEqual(['list', 'automatic_discount']);
    const collections = lab.get(Collections);
    const { id } = await lab.db.write(storeId, (store) =>
      collections.create(store, { title: 'Picked' }),
    );
    await set(offer({ benefit: { ppm: 500_000 }, targets: { collectionIds: [id] } }), newId());
    const products = await rows<{ id: string }>(
      `SELECT product_id AS id FROM products WHERE store_id = $1 AND handle = 'hat'`,
    );
    const choose = async (ids: string[]) => {
      await lab.db.write(storeId, (store) => collections.setProducts(store, id, ids, {}));
      await lab.drain();
    };
    await choose(products.map((product) => product.id));
    await choose([]);
    expect((await ledger('hat')).map(({ amount }) => amount)).toEqual([2_000, 1_600, 1_000, 1_600]);
    await set(offer());
    expect(await kinds('card')).toEqual(['list']);
  });

  it('can be written half, and again', async () => {
    for (const handle of ['a', 'b', 'c']) await sell(handle, 2_000);
    await lab.db.write(storeId, (store) => setGeneralDiscount(store, discountId, offer()));
    // Killed after the first product, and once within a transaction.
    await lab.db.write(storeId, (store) => noteSomeDiscounts(store, null, 1));
    const killed = lab.db.write(storeId, async (store) => {
      await noteSomeDiscounts(store, null, 2);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    await lab.drain();
    await lab.db.write(storeId, (store) => noteSomeDiscounts(store, null, 9));
    for (const handle of ['a', 'b', 'c'])
      expect(await kinds(handle)).toEqual(['list', 'automatic_discount']);
    const [one] = await rows(
      `SELECT count(*)::int AS n FROM general_discounts WHERE store_id = $1`,
    );
    expect(one).toEqual({ n: 1 });
  });
});
