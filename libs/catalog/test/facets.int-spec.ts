import * as fc from 'fast-check';
import { CatalogModule } from '../src/catalog.module';
import { Collections } from '../src/collections/collections.service';
import {
  CatalogPages,
  CatalogRendererModule,
  filterParameters,
  type ListFilters,
  noFilters,
  readFilters,
} from '../src/renderer';
import { type Lab, openLab } from '@testing';
import { aProduct, write } from './catalog.builder';

const colours = ['Red', 'Sky blue', 'Unheard-of'];
const sizes = ['S', 'M', 'L'];
const vendors = ['Kiln', 'Loom & Co', ''];
const tags = ['new', 'sale'];

/** A small shop in which every value meets every other somewhere, and some nowhere. */
const products = Array.from({ length: 14 }, (_, i) =>
  aProduct({
    handle: `thing-${i}`,
    title: `Thing ${i}`,
    vendor: vendors[i % 3] as string,
    productType: i % 2 === 0 ? 'Vases' : 'Bowls',
    tags: tags.filter((_tag, at) => (i >> at) % 2 === 0),
    options: [{ name: i === 3 ? 'COLOUR' : 'Colour' }, { name: 'Size' }],
    images: [],
    metafields: [],
    variants: sizes
      .filter((_size, at) => (i + at) % 3 !== 0)
      .map((size, at) => ({
        options: [colours[(i + at) % 3] as string, size],
        priceMinor: 1000 + 350 * ((i * 5 + at) % 9),
        inventory: { tracked: true, quantity: (i + at) % 4 === 0 ? 0 : 2 },
      })),
  }),
);

const choices = fc.record({
  options: fc.record(
    { colour: fc.subarray(colours, { minLength: 1 }), size: fc.subarray(sizes, { minLength: 1 }) },
    { requiredKeys: [] },
  ),
  types: fc.subarray(['Bowls', 'Vases']),
  vendors: fc.subarray(['Kiln', 'Loom & Co', 'Nobody']),
  tags: fc.subarray(tags),
  availability: fc.subarray(['0', '1']),
  priceFrom: fc.option(fc.constantFrom('10', '20,5', '31.00')),
  priceTo: fc.option(fc.constantFrom('20', '35.50')),
});

describe('facets', () => {
  let lab: Lab;
  let storeId: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CatalogRendererModule] });
    storeId = await lab.aStore();
    await write(lab, storeId, [...products, aProduct({ handle: 'draft', status: 'draft' })]);
    await lab.db.write(storeId, (store) =>
      lab.get(Collections).create(store, {
        title: 'Things',
        rules: { all: [{ field: 'title', operator: 'starts_with', value: 'Thing' }] },
      }),
    );
  });
  afterAll(() => lab.close());

  const show = (filters: ListFilters, list = 'things', size = 50) =>
    lab.db.read(storeId, async (store) => {
      const window = { sort: null, page: 1, size, filters, currency: 'EUR', locale: 'en' };
      const pages = lab.get(CatalogPages);
      const found =
        list === 'search'
          ? await pages.search(store, 'thing', { ...window, facets: true })
          : (await pages.collectionPage(store, list, { ...window, facets: true }))?.collection;
      expect(store.statements).toBeLessThanOrEqual(3);
      if (!found) throw new Error('no list');
      return found;
    });
  const shown = async (filters: ListFilters, list?: string) =>
    (await show(filters, list)).products.map(({ handle }) => handle).sort();

  it.each(['things', 'all', 'search'])('say how much choosing them lists: %s', async (list) => {
    await fc.assert(
      fc.asyncProperty(choices, fc.nat(), async (filters, pick) => {
        const { filters: facets, products_count, products: listed } = await show(filters, list);
        expect(listed.length).toBe(products_count);
        const values = facets.flatMap(({ values: own, param_name }) =>
          own.map((value) => ({ ...value, param_name })),
        );
        const value = values[pick % values.length];
        if (!value) throw new Error('a list of products has no facet');
        // Only this value of its facet, all other facets as they are.
        const alone = new URLSearchParams(
          filterParameters(filters)
            .filter(([name]) => name !== value.param_name)
            .map(([name, one]): [string, string] => [name, one]),
        );
        alone.append(value.param_name, value.value);
        const only = await show(readFilters(alone), list);
        expect(only.products_count).toBe(value.count);
      }),
      { numRuns: 25, seed: 20261121 },
    );
  });

  it('join values of one facet by OR and facets by AND', async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (filters) => {
        const parts = {
          vendors: await shown({ ...noFilters, vendors: filters.vendors }),
          types: await shown({ ...noFilters, types: filters.types }),
          tags: await shown({ ...noFilters, tags: filters.tags }),
        };
        const whole = await shown({
          ...noFilters,
          vendors: filters.vendors,
          types: filters.types,
          tags: filters.tags,
        });
        const everyPart = parts.vendors.filter(
          (one) => parts.types.includes(one) && parts.tags.includes(one),
        );
        expect(whole).toEqual(everyPart);
        const union = new Set<string>();
        for (const size of filters.options.size ?? sizes) {
          for (const one of await shown({ ...noFilters, options: { size: [size] } }))
            union.add(one);
        }
        const asked = { size: filters.options.size ?? sizes };
        expect(await shown({ ...noFilters, options: asked })).toEqual([...union].sort());
      }),
      { numRuns: 8, seed: 20261121 },
    );
  });

  it('ask one variant for all of its options, its price and its stock', async () => {
    const filters = { ...noFilters, options: { colour: ['Red'], size: ['S'] }, priceTo: '30' };
    const expected = products.filter(({ variants = [] }) =>
      variants.some(
        ({ options, priceMinor = 0 }) => options?.join() === 'Red,S' && priceMinor <= 3000,
      ),
    );
    expect(await shown(filters)).toEqual(expected.map(({ handle }) => handle).sort());
  });

  it('keep values that would list nothing, show colours and link to every choice', async () => {
    const filters = readFilters(new URLSearchParams('filter.p.vendor=Kiln&filter.v.price.lte=99'));
    const { filters: facets, active_filters, filters_clear_url } = await show(filters);
    expect(facets.map(({ label, type }) => [label, type])).toEqual([
      ['Availability', 'boolean'],
      ['Price', 'price_range'],
      ['Colour', 'swatch'],
      ['Size', 'list'],
      ['Product type', 'list'],
      ['Brand', 'list'],
      ['Tag', 'list'],
    ]);
    const [, price, colour, , , brand] = facets;
    expect([price?.min, price?.max, price?.max_value]).toEqual([1000, 3800, 9900]);
    expect(Object.fromEntries(colour?.values.map((one) => [one.value, one.swatch]) ?? [])).toEqual({
      Red: '#d22b2b',
      'Sky blue': '#87ceeb',
      'Unheard-of': null,
    });
    const other = brand?.values.find(({ value }) => value === 'Loom & Co');
    expect(other?.url).toBe(
      '/collections/things?filter.v.price.lte=99&filter.p.vendor=Kiln&filter.p.vendor=Loom+%26+Co',
    );
    expect(active_filters).toEqual([
      { label: 'Brand', value: 'Kiln', url: '/collections/things?filter.v.price.lte=99' },
      { label: 'Price', value: '≤ €99.00', url: '/collections/things?filter.p.vendor=Kiln' },
    ]);
    expect(filters_clear_url).toBe('/collections/things');
    const none = await show({ ...filters, tags: ['new'], priceTo: '1' });
    expect(none.products_count).toBe(0);
    expect(
      none.filters.find(({ label }) => label === 'Size')?.values.map((one) => one.count),
    ).toEqual([0, 0, 0]);
  });

  it('read no more than 20 values and 5 options, whatever an address holds', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.oneof(
              fc.constantFrom(
                'filter.p.vendor',
                'filter.p.tag',
                'filter.v.price.gte',
                'filter.v.availability',
              ),
              fc.string().map((name) => `filter.v.option.${name}`),
              fc.string(),
            ),
            fc.string({ unit: 'binary' }),
          ),
          { maxLength: 60 },
        ),
        (pairs) => {
          const filters = readFilters(new URLSearchParams(pairs));
          const again = filterParameters(filters).map(([name, value]): [string, string] => [
            name,
            value,
          ]);
          expect(again.length).toBeLessThanOrEqual(22);
          expect(Object.keys(filters.options).length).toBeLessThanOrEqual(5);
          // One choice has one address.
          expect(readFilters(new URLSearchParams(again))).toEqual(filters);
        },
      ),
      { numRuns: 300, seed: 20261121 },
    );
  });
});
