import { CatalogModule } from '../src/catalog.module';
import { CatalogPages, CatalogRendererModule, noFilters } from '../src/renderer';
import { ratingOf } from '../src/renderer/rating';
import { type Lab, openLab } from '@testing';
import { aProduct, write } from './catalog.builder';

describe('what product pages know beside the product', () => {
  let lab: Lab;
  let storeId: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CatalogRendererModule] });
    storeId = await lab.aStore();
    const rated = [
      {
        namespace: 'reviews',
        key: 'rating',
        type: 'rating',
        value: { value: '4.5', scale_min: '1.0', scale_max: '5.0' },
      },
      { namespace: 'reviews', key: 'rating_count', type: 'number_integer', value: 12 },
    ];
    await write(lab, storeId, [
      aProduct({
        metafields: rated,
        options: [{ name: 'Farbe' }],
        variants: [
          { options: ['Dunkelblau'], inventory: { tracked: true, quantity: 3 } },
          { options: ['Blubb'] },
        ],
      }),
      aProduct({ handle: 'kin', title: 'Kin', vendor: 'Else' }),
      aProduct({ handle: 'twin', title: 'Twin' }),
      aProduct({ handle: 'stranger', title: 'S', vendor: 'X', productType: 'Y', tags: [] }),
      aProduct({ handle: 'draft', title: 'Draft', status: 'draft' }),
    ]);
  });
  afterAll(() => lab.close());

  const page = (recommended: number) =>
    lab.db.read(storeId, (store) =>
      lab
        .get(CatalogPages)
        .productPage(store, 'linen-shirt', null, { related: recommended, complementary: 0 }),
    );

  it('rates it, shows colours and counts what is left', async () => {
    const found = await page(0);
    expect(found?.product.rating).toEqual({ value: 4.5, count: 12 });
    expect(found?.product.options_with_values[0]?.values.map(({ swatch }) => swatch)).toEqual([
      '#1f2a44',
      null,
    ]);
    const quantities = found?.product.variants.map(({ inventory_quantity: left }) => left);
    expect(quantities).toEqual([3, null]);
    expect(found?.product.recommendations).toEqual([]);
  });

  it('recommends what is most alike, never itself, what is hidden or what has nothing in common', async () => {
    const found = await page(8);
    const titles = found?.product.recommendations.map(({ title }) => title);
    expect(titles).toEqual(['Twin', 'Kin']);
  });

  it('finds products by their ids in the order asked for', async () => {
    await lab.db.read(storeId, async (store) => {
      const pages = lab.get(CatalogPages);
      const known = await pages.productsByRefs(store, ['kin', 'linen-shirt']);
      const ids = ['linen-shirt', 'kin'].map((handle) => known.get(handle)?.id ?? '');
      const window = {
        sort: null,
        page: 1,
        size: 9,
        filters: noFilters,
        facets: false,
        currency: 'EUR',
        locale: 'en',
      };
      const { products } = await pages.searchByIds(store, [...ids, '999999'], window);
      expect(products.map(({ handle }) => handle)).toEqual(['linen-shirt', 'kin']);
    });
  });

  it.each([
    [null, null],
    [{ rating: 4 }, null],
    [{ rating: 4, rating_count: 0 }, null],
    [
      { rating: '4.25', rating_count: '3' },
      { value: 4.25, count: 3 },
    ],
    [{ rating: { value: 'five' }, rating_count: 3 }, null],
  ])('reads a rating out of %j', (reviews, expected) =>
    expect(ratingOf({ reviews })).toEqual(expected),
  );
});
