import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { writeProducts } from '../src/product-write';
import { aProduct, write } from './catalog.builder';

describe('writing products', () => {
  let lab: Lab;
  let storeId: string;
  const rows = <Row = Record<string, unknown>>(sql: string) =>
    lab.db.read(storeId, (store) => store.query<Row>(sql, [storeId]));

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  it('creates a product with all that belongs to it', async () => {
    const [verdict] = await write(lab, storeId, [aProduct()]);
    expect(verdict).toMatchObject({
      outcome: 'created',
      problems: [],
      variants: { created: 2, updated: 0, deleted: 0, failed: 0 },
      imagesQueued: 1,
    });
    const [product] = await rows('SELECT * FROM products WHERE store_id = $1');
    expect(product).toMatchObject({
      handle: 'linen-shirt',
      tags: ['linen', 'summer'],
      options: [{ name: 'Size', values: ['S', 'M'] }],
      variant_count: 2,
      price_min_minor: 4900,
      price_max_minor: 5200,
      status: 'active',
      version: 1,
    });
    expect(product?.['published_at']).toBeInstanceOf(Date);
    expect(
      await rows('SELECT on_hand, oversell FROM inventory_levels WHERE store_id = $1'),
    ).toEqual([{ on_hand: 3, oversell: false }]);
    expect(
      await rows('SELECT delta_on_hand, cause FROM stock_movements WHERE store_id = $1'),
    ).toEqual([{ delta_on_hand: 3, cause: 'import' }]);
    expect(
      await rows(
        `SELECT amount_minor, kind, ends_at FROM price_intervals WHERE store_id = $1 ORDER BY 1`,
      ),
    ).toEqual([
      { amount_minor: 4900, kind: 'sale', ends_at: null },
      { amount_minor: 5200, kind: 'list', ends_at: null },
    ]);
  });

  it('changes nothing the second time', async () => {
    await write(lab, storeId, [aProduct()]);
    const before = await rows('SELECT xmin, version FROM products WHERE store_id = $1');
    const [verdict] = await write(lab, storeId, [aProduct()]);
    expect(verdict).toMatchObject({ outcome: 'unchanged', variants: { created: 0, updated: 0 } });
    expect(await rows('SELECT xmin, version FROM products WHERE store_id = $1')).toEqual(before);
  });

  it('skips what is there without overwrite', async () => {
    await write(lab, storeId, [aProduct()]);
    const drafts = [aProduct({ title: 'Other' }), aProduct({ handle: 'new' })];
    const verdicts = await write(lab, storeId, drafts, { overwrite: false });
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['skipped', 'created']);
  });

  it('keeps what a draft does not say and clears what it says is nothing', async () => {
    await write(lab, storeId, [aProduct()]);
    const draft = { handle: 'linen-shirt', vendor: null, published: false };
    const [verdict] = await write(lab, storeId, [draft], { cause: 'edit' });
    expect(verdict).toMatchObject({
      outcome: 'updated',
      changes: { before: { vendor: 'Atelier' }, after: { vendor: '', publishedAt: null } },
    });
    const [product] = await rows('SELECT * FROM products WHERE store_id = $1');
    expect(product).toMatchObject({
      vendor: '',
      title: 'Linen shirt',
      version: 2,
      variant_count: 2,
    });
  });

  it('recognizes variants by their values: prices, stock and ids live on', async () => {
    await write(lab, storeId, [aProduct()]);
    const sql = `SELECT variant_id, option1, price_minor, position FROM variants
      WHERE store_id = $1 ORDER BY position`;
    const before = await rows<{ variant_id: string; option1: string }>(sql);
    const [verdict] = await write(lab, storeId, [
      aProduct({
        variants: [
          { options: ['L'], priceMinor: 100 },
          { options: ['S'], priceMinor: 4500, inventory: { quantity: 5 } },
        ],
      }),
    ]);
    expect(verdict?.variants).toEqual({ created: 1, updated: 1, deleted: 1, failed: 0 });
    expect(await rows(sql)).toEqual([
      expect.objectContaining({ option1: 'L', price_minor: 100, position: 1 }),
      { variant_id: before[0]?.variant_id, option1: 'S', price_minor: 4500, position: 2 },
    ]);
    const ledger = await rows(
      `SELECT amount_minor, ends_at IS NULL AS open FROM price_intervals
       WHERE store_id = $1 ORDER BY starts_at, amount_minor`,
    );
    expect(ledger).toEqual([
      { amount_minor: 4900, open: false },
      { amount_minor: 5200, open: false },
      { amount_minor: 100, open: true },
      { amount_minor: 4500, open: true },
    ]);
    const gaps = await rows(
      `SELECT FROM price_intervals a JOIN price_intervals b USING (store_id, variant_id)
       WHERE store_id = $1 AND b.starts_at > a.starts_at AND a.ends_at IS DISTINCT FROM b.starts_at`,
    );
    expect(gaps).toHaveLength(0);
    expect(await rows('SELECT on_hand FROM inventory_levels WHERE store_id = $1')).toEqual([
      { on_hand: 5 },
    ]);
  });

  it('judges each draft alone and writes the others', async () => {
    const verdicts = await write(lab, storeId, [
      aProduct({ handle: 'a', variants: [{ options: ['S'], priceMinor: -1 }] }),
      aProduct({ handle: 'b', variants: [{ options: ['S'] }, { options: ['S'] }] }),
      aProduct({ handle: 'c', variants: [{ options: ['S', 'red'] }] }),
      aProduct({ handle: 'd', title: undefined }),
      aProduct({ handle: 'E e' }),
      aProduct({ handle: 'f', options: ['1', '2', '3', '4'].map((name) => ({ name })) }),
      aProduct({
        handle: 'g',
        variants: Array.from({ length: 2049 }, (_, i) => ({ options: [`${i}`] })),
      }),
      aProduct({ handle: 'h' }),
      aProduct({ handle: 'h' }),
    ]);
    expect(verdicts.map(({ outcome, problems }) => problems[0]?.field ?? outcome)).toEqual([
      'variants.0.price',
      'variants.1.options',
      'variants.0.options',
      'title',
      'handle',
      'options',
      'variants',
      'created',
      'handle',
    ]);
    expect(await rows('SELECT handle FROM products WHERE store_id = $1')).toEqual([
      { handle: 'h' },
    ]);
  });

  it('writes a batch in a number of statements that does not grow with it', async () => {
    const count = (drafts: number, from: string) =>
      lab.db.write(storeId, async (store) => {
        const list = Array.from({ length: drafts }, (_, i) => aProduct({ handle: `${from}-${i}` }));
        await writeProducts(store, list, { overwrite: true });
        return store.statements;
      });
    await count(1, 'first');
    const one = await count(1, 'one');
    expect(await count(200, 'many')).toBe(one);
    expect(one).toBeLessThanOrEqual(16);
  });

  it('lets a policy and a count change together without room to oversell', async () => {
    const one = (quantity: number, policy: 'deny' | 'continue') =>
      aProduct({
        options: [],
        variants: [{ options: [], inventory: { tracked: true, quantity, policy } }],
      });
    const level = () => rows('SELECT on_hand, oversell FROM inventory_levels WHERE store_id = $1');
    await write(lab, storeId, [one(-4, 'continue')]);
    expect(await level()).toEqual([{ on_hand: -4, oversell: true }]);
    await write(lab, storeId, [one(2, 'deny')]);
    expect(await level()).toEqual([{ on_hand: 2, oversell: false }]);
    await write(lab, storeId, [one(-1, 'deny')]);
    expect(await level()).toEqual([{ on_hand: -1, oversell: false }]);
  });

  it('reads a metafield by the type that is defined', async () => {
    const metafield = (value: unknown, fromText: boolean) => [
      { namespace: 'custom', key: 'size', type: 'number_integer', value, fromText },
    ];
    const verdicts = await write(lab, storeId, [
      aProduct({ handle: 'a', metafields: metafield('42', true) }),
      aProduct({ handle: 'b', metafields: metafield('42', false) }),
    ]);
    expect(verdicts.map(({ outcome, problems }) => problems[0]?.field ?? outcome)).toEqual([
      'created',
      'metafields.0.value',
    ]);
    expect(await rows('SELECT value FROM product_metafields WHERE store_id = $1')).toEqual([
      { value: 42 },
    ]);
  });

  it('lets nobody rewrite the ledgers', async () => {
    await write(lab, storeId, [aProduct()]);
    for (const sql of [
      'DELETE FROM price_intervals WHERE store_id = $1',
      'UPDATE price_intervals SET amount_minor = 1 WHERE store_id = $1',
      'UPDATE stock_movements SET delta_on_hand = 1 WHERE store_id = $1',
    ]) {
      const attempt = lab.db.write(storeId, (store) => store.execute(sql, [storeId]));
      await expect(attempt).rejects.toMatchObject({ code: '42501' });
    }
  });
});
