import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { marketInput } from '../src/contract/markets.contract';
import { setGeneralDiscount } from '../src/pricing/general-discounts.queries';
import { MarketPrices } from '../src/pricing/market-prices.service';
import { Markets } from '../src/pricing/markets.service';
import { CatalogPages, CatalogRendererModule } from '../src/renderer';
import { findSellable } from '../src/sellable.queries';
import { CatalogWorkerModule } from '../src/worker';
import { write } from './catalog.builder';

describe('prices of a market’s own', () => {
  let lab: Lab;
  let storeId: string;
  let variants: string[];
  const rows = <Row = Record<string, unknown>>(sql: string) =>
    lab.db.read(storeId, (store) => store.query<Row>(sql, [storeId]));
  const market = async (currency: string, rate: string | undefined, countries: string[]) => {
    const input = marketInput.parse({ name: currency, countries, currency, rate });
    return (await lab.db.write(storeId, (store) => lab.get(Markets).create(store, input))).id;
  };
  type Price = [variant: number, priceMinor: number | null, compareAtMinor?: number];
  const set = (id: string, ...prices: Price[]) =>
    lab.db.write(storeId, (store) =>
      lab.get(MarketPrices).set(store, id, {
        prices: prices.map(([variant, priceMinor, compareAtMinor = null]) => ({
          variantId: variants[variant] ?? newId(),
          priceMinor,
          compareAtMinor,
        })),
      }),
    );
  const shown = (id: string) =>
    lab.db.read(storeId, async (store) => {
      const terms = await lab.get(Markets).terms(store, id);
      const page = await lab.get(CatalogPages).inMarket(terms).productPage(store, 'cap', null);
      if (!page) throw new Error('the product is not shown');
      const { product } = page;
      const sold = await findSellable(store, variants, terms);
      const unit = new Map(sold.map(({ variantId, priceMinor }) => [variantId, priceMinor]));
      return {
        pages: product.variants.map(({ price }) => price),
        carts: variants.map((variantId) => unit.get(variantId)),
        card: [product.price_min, product.price_max],
        reduction: product.variants[0]?.price_reduction,
      };
    });
  const pass = (days: number) =>
    lab.db.acrossStores('let days go by in a test', async (tx) => {
      for (const table of ['price_intervals', 'rate_intervals', 'general_discounts'])
        await tx.execute(
          `UPDATE ${table} SET starts_at = starts_at - make_interval(days => $2),
             ends_at = ends_at - make_interval(days => $2) WHERE store_id = $1`,
          [storeId, days],
        );
    });

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CatalogWorkerModule, CatalogRendererModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore({ currency: 'USD' });
    const both = ['S', 'M'].map((size, at) => ({ options: [size], priceMinor: 1_000 + at * 500 }));
    const draft = { handle: 'cap', title: 'Cap', options: [{ name: 'Size' }], variants: both };
    await write(lab, storeId, [draft]);
    const sold = await rows<{ id: string }>(
      'SELECT variant_id AS id FROM variants WHERE store_id = $1 ORDER BY position',
    );
    variants = sold.map(({ id }) => id);
  });
  afterAll(() => lab.close());

  it('count instead of the converted ones, in minor units of the currency, for pages and carts alike', async () => {
    const yen = await market('JPY', '150', ['JP']);
    const dinar = await market('KWD', '0.3077', ['KW']);
    expect(await shown(yen)).toMatchObject({ pages: [1_500, 2_250], card: [1_500, 2_250] });
    await set(yen, [0, 2_980]);
    await set(dinar, [1, 1_990]);
    // The dearer one at home is the cheapest there.
    expect(await shown(yen)).toMatchObject({
      pages: [2_980, 2_250],
      carts: [2_980, 2_250],
      card: [2_250, 2_980],
    });
    expect(await shown(dinar)).toMatchObject({ pages: [3_080, 1_990], carts: [3_080, 1_990] });
    await set(yen, [0, null], [1, 0]);
    expect(await shown(yen)).toMatchObject({ pages: [1_500, 0], card: [0, 1_500] });
    const listed = await lab.db.read(storeId, (store) =>
      lab.get(MarketPrices).list(store, yen, { limit: 9, after: null }),
    );
    expect(listed).toEqual([{ variantId: variants[1], priceMinor: 0, compareAtMinor: null }]);
  });

  it('are in the ledger without holes, and what reductions there are compared with', async () => {
    const france = await market('EUR', '0.9', ['FR']);
    await pass(60);
    await set(france, [0, 1_200]);
    await pass(40);
    await set(france, [0, 1_000, 2_000]);
    expect((await shown(france)).reduction).toMatchObject({
      active: true,
      price: 1_000,
      prior: 1_200,
      kind: 'sale',
    });
    const list = await rows(
      `SELECT amount_minor AS amount, currency, kind, ends_at IS NULL AS open FROM price_intervals
       WHERE store_id = $1 AND price_list <> 'base' ORDER BY starts_at`,
    );
    expect(list).toEqual([
      { amount: 1_200, currency: 'EUR', kind: 'list', open: false },
      { amount: 1_000, currency: 'EUR', kind: 'sale', open: true },
    ]);
    await pass(10);
    await set(france, [0, null]);
    expect((await shown(france)).reduction).toMatchObject({ active: false, price: 900 });
    const [runs] = await rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM price_intervals
       WHERE store_id = $1 AND price_list <> 'base' AND ends_at IS NULL`,
    );
    expect(runs).toEqual({ n: 0 });
  });

  it('are what general discounts are taken off', async () => {
    const france = await market('EUR', '0.9', ['FR']);
    await set(france, [0, 1_200]);
    await pass(40);
    await lab.db.write(storeId, (store) =>
      setGeneralDiscount(store, newId(), {
        targets: {},
        benefit: { ppm: 250_000 },
        startsAt: null,
        endsAt: null,
      }),
    );
    await lab.drain();
    expect(await shown(france)).toMatchObject({
      pages: [1_200, 1_350],
      reduction: { price: 900, prior: 1_200, kind: 'automatic_discount' },
    });
  });

  it('are refused where they cannot be, all of them', async () => {
    const dinar = await market('KWD', '0.3077', ['KW']);
    await expect(set(dinar, [1, 1_000], [0, 1_995])).rejects.toThrow('steps of 10');
    await expect(set(dinar, [0, 1_990], [7, 1_990])).rejects.toThrow('is not there');
    await expect(set(dinar, [0, 1_990], [0, 1_980])).rejects.toThrow('comes twice');
    await expect(set(newId(), [0, 1_990])).rejects.toThrow('no such market');
    const canada = await market('USD', undefined, ['CA']);
    await expect(set(canada, [0, 900])).rejects.toThrow('own currency');
    expect(await rows('SELECT FROM market_prices WHERE store_id = $1')).toEqual([]);
  });
});
