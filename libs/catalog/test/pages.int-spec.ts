import { writeProducts } from '../src/product-write';
import { CatalogPages, CatalogRendererModule, noFilters } from '../src/renderer';
import { CatalogSitemaps } from '../src/renderer/catalog-sitemaps';
import { CatalogModule } from '../src/catalog.module';
import { Collections } from '../src/collections/collections.service';
import { findSellable } from '../src/sellable.queries';
import { type Lab, openLab } from '@testing';
import { aProduct, write } from './catalog.builder';

const anyList = { filters: noFilters, facets: false, currency: 'EUR', locale: 'en' };

describe('page data', () => {
  let lab: Lab;
  let storeId: string;
  let pages: CatalogPages;

  const plain = {
    options: [],
    variants: [],
    tags: ['summer'],
    productType: 'Things',
    bodyHtml: '',
  };

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CatalogRendererModule] });
    pages = lab.get(CatalogPages);
    storeId = await lab.aStore();
    await write(lab, storeId, [
      aProduct({
        options: [{ name: 'Size' }, { name: 'Colour' }],
        variants: [
          { options: ['S', 'Red'], priceMinor: 4900, inventory: { tracked: true, quantity: 0 } },
          { options: ['S', 'Blue'], priceMinor: 4900, compareAtMinor: 5900 },
          { options: ['M', 'Red'], priceMinor: 5200, grams: 220 },
        ],
      }),
      aProduct({ handle: 'silk-scarf', title: 'Silk scarf', ...plain }),
      aProduct({ handle: 'dress', title: '红色连衣裙', ...plain }),
      aProduct({ handle: 'hidden', title: 'Hidden shirt', status: 'draft' }),
      aProduct({ handle: 'later', title: 'Later shirt', publishedAt: '2999-01-01T00:00:00Z' }),
    ]);
  });
  afterAll(() => lab.close());

  const read = <T>(work: (store: Parameters<CatalogPages['productPage']>[0]) => Promise<T>) =>
    lab.db.read(storeId, async (store) => {
      const result = await work(store);
      expect(store.statements).toBeLessThanOrEqual(2);
      return result;
    });

  it('shows a product with its variants and choices', async () => {
    const page = await read((store) => pages.productPage(store, 'linen-shirt', null));
    const product = page?.product;
    expect(product).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      url: '/products/linen-shirt',
      price: 4900,
      price_min: 4900,
      price_max: 5200,
      price_varies: true,
      available: true,
      variants_count: 3,
      featured_image: null,
      metafields: { custom: { care: 'Wash cold' } },
      selected_variant: null,
      selected_or_first_available_variant: {
        title: 'S / Blue',
        // Nothing was ever sold at a higher price.
        on_sale: false,
        compare_at_price: null,
      },
    });
    const [size, colour] = product?.options_with_values ?? [];
    expect(
      size?.values.map(({ value, selected, available }) => [value, selected, available]),
    ).toEqual([
      ['S', true, true],
      ['M', false, true],
    ]);
    expect(
      colour?.values.map(({ value, selected, available }) => [value, selected, available]),
    ).toEqual([
      ['Red', false, false],
      ['Blue', true, true],
    ]);
  });

  it('selects the variant that the address names', async () => {
    const first = await read((store) => pages.productPage(store, 'linen-shirt', null));
    const wanted = first?.product.variants[2]?.id ?? '';
    const page = await read((store) => pages.productPage(store, 'linen-shirt', wanted));
    expect(page?.product.selected_variant).toMatchObject({
      id: wanted,
      title: 'M / Red',
      selected: true,
    });
    const other = await read((store) => pages.productPage(store, 'linen-shirt', "1' OR 1=1"));
    expect(other?.product.selected_variant).toBeNull();
  });

  it.each(['hidden', 'later', 'nothing'])('does not find %s', async (handle) => {
    expect(await read((store) => pages.productPage(store, handle, null))).toBeNull();
  });

  it('finds products by handle or public id', async () => {
    const one = await read((store) => pages.productPage(store, 'silk-scarf', null));
    const refs = ['linen-shirt', one?.product.id ?? '', 'hidden', 'gone'];
    const found = await read((store) => pages.productsByRefs(store, refs));
    expect([...found.values()].map(({ handle }) => handle)).toEqual(['linen-shirt', 'silk-scarf']);
    expect(found.get('silk-scarf')).toBeUndefined();
  });

  it('shows all products, sorted and paged', async () => {
    const window = { ...anyList, sort: 'price-descending', page: 1, size: 2 };
    const found = await lab.db.read(storeId, (store) => pages.collectionPage(store, 'all', window));
    expect(found?.collection).toMatchObject({ products_count: 3, sort_by: 'price-descending' });
    expect(found?.collection.products.map(({ handle }) => handle)[0]).toBe('linen-shirt');
    const next = await lab.db.read(storeId, (store) =>
      pages.collectionPage(store, 'all', { ...window, page: 2 }),
    );
    expect(next?.collection.products).toHaveLength(1);
    const unknown = await read((store) => pages.collectionPage(store, 'none', window));
    expect(unknown).toBeNull();
  });

  it('shows collections in their own order, or sorted, with their products', async () => {
    const ids = await lab.db.read(storeId, async (store) =>
      store.query<{ id: string }>(
        `SELECT product_id AS id FROM products WHERE store_id = $1
         ORDER BY array_position(ARRAY['silk-scarf', 'hidden', 'linen-shirt', 'dress'], handle)`,
        [storeId],
      ),
    );
    const collections = lab.get(Collections);
    const made = await lab.db.write(storeId, async (store) => {
      const { id } = await collections.create(store, { title: 'Picked', seoTitle: 'Seo' });
      await collections.create(store, { title: 'Secret', published: false });
      const members = ids.slice(0, 4).map((row) => row.id);
      return collections.setProducts(store, id, members, {});
    });
    expect(made.productsCount).toBe(4);
    const handles = (collection: { products: { handle: string }[] } | undefined) =>
      collection?.products.map(({ handle }) => handle);
    const show = (sort: string | null) =>
      read((store) =>
        pages.collectionPage(store, 'picked', { ...anyList, sort, page: 1, size: 10 }),
      );
    const own = await show(null);
    expect(own).toMatchObject({
      seoTitle: 'Seo',
      collection: { products_count: 3, sort_by: 'manual' },
    });
    expect(handles(own?.collection)).toEqual(['silk-scarf', 'linen-shirt', 'dress']);
    expect(handles((await show('price-descending'))?.collection)?.[0]).toBe('linen-shirt');
    expect(handles((await show('title-ascending'))?.collection)?.[0]).toBe('linen-shirt');
    expect((await show('nonsense'))?.collection.sort_by).toBe('manual');
    const refs = ['picked', 'secret', made.publicId.toString()];
    const found = await read((store) => pages.collectionsByRefs(store, refs, 2));
    expect([...found.keys()]).toEqual(['picked', made.publicId.toString()]);
    expect(handles(found.get('picked'))).toEqual(['silk-scarf', 'linen-shirt']);
    const list = await read((store) => pages.listCollections(store, { page: 1, size: 10 }));
    expect(list).toMatchObject({ collections_count: 1, collections: [{ title: 'Picked' }] });
    const entries = await read((store) => lab.get(CatalogSitemaps).entries(store, 'collections'));
    expect(entries.map(({ url }) => url)).toEqual(['/collections/picked']);
    const near = await read(async (store) => {
      const [first] = (await pages.productsByRefs(store, ['dress'])).values();
      return first?.id ?? '';
    });
    const others = await read((store) =>
      pages.recommendations(store, { productId: near, intent: 'related', limit: 5 }),
    );
    expect(others.map(({ handle }) => handle).sort()).toEqual(['linen-shirt', 'silk-scarf']);
  });

  it('gives a cart what it needs of a variant', async () => {
    const page = await read((store) => pages.productPage(store, 'linen-shirt', null));
    const ids = (page?.product.variants ?? []).map(({ id }) => Number(id));
    const found = await read((store) => findSellable(store, [...ids, 1]));
    const byId = new Map(found.map((variant) => [variant.publicId, variant]));
    expect(byId.size).toBe(3);
    expect(byId.get(ids[0] ?? 0)).toMatchObject({
      title: 'S / Red',
      options: [
        { name: 'Size', value: 'S' },
        { name: 'Colour', value: 'Red' },
      ],
      priceMinor: 4900,
      currency: 'EUR',
      quantity: 0,
    });
    expect(byId.get(ids[1] ?? 0)).toMatchObject({ title: 'S / Blue', quantity: null });
  });

  it.each([
    ['linen', ['linen-shirt']],
    ['LINE shi', ['linen-shirt']],
    ['silk scarf summer', ['silk-scarf']],
    ['连衣裙', ['dress']],
    ['裙', ['dress']],
    ['红色', ['dress']],
    ['色红', []],
    ['shirt nothing', []],
    [`'; DROP TABLE products; --`, []],
    ['!!!', []],
  ])('searches “%s”', async (q, handles) => {
    const window = { ...anyList, sort: null, page: 1, size: 10 };
    const found = await read((store) => pages.search(store, q, window));
    expect(found.products.map(({ handle }) => handle)).toEqual(handles);
    expect(found.results_count).toBe(handles.length);
  });

  it('shows no products of another store', async () => {
    const other = await lab.aStore();
    await lab.db.read(other, async (store) => {
      expect(await pages.productPage(store, 'linen-shirt', null)).toBeNull();
      const found = await pages.search(store, 'linen', {
        ...anyList,
        sort: null,
        page: 1,
        size: 10,
      });
      expect(found.results_count).toBe(0);
      expect(await lab.get(CatalogSitemaps).entries(store, 'products')).toEqual([]);
    });
  });

  it('lists for the sitemap what may be seen', async () => {
    const entries = await read((store) => lab.get(CatalogSitemaps).entries(store, 'products'));
    expect(entries.map(({ url }) => url)).toEqual([
      '/products/linen-shirt',
      '/products/silk-scarf',
      '/products/dress',
    ]);
  });

  it('finds a product in a store of thousands without reading them all', async () => {
    const big = await lab.aStore();
    for (let from = 0; from < 2_000; from += 400) {
      const drafts = Array.from({ length: 400 }, (_, i) => ({
        handle: `p-${from + i}`,
        title: `Thing ${from + i}`,
      }));
      await lab.db.write(big, (store) => writeProducts(store, drafts, { overwrite: true }));
    }
    await lab.db.read(big, async (store) => {
      const found = await pages.search(store, 'thing 1234', {
        ...anyList,
        sort: null,
        page: 1,
        size: 10,
      });
      expect(found.products.map(({ handle }) => handle)).toEqual(['p-1234']);
    });
  });
});
