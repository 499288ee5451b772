import * as fc from 'fast-check';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { Collections } from '../src/collections/collections.service';
import { compileRules } from '../src/collections/compile-rules';
import { matchesRules, type ProductFacts } from '../src/collections/evaluate-rules';
import type { CollectionRules } from '../src/contract';
import { InventoryLevels } from '../src/stock/inventory-levels.service';
import { aProduct, write } from './catalog.builder';

const words = ['Red', 'red shirt', 'ÜBER', 'über', 'Ⅷ', 'İ', 'ΣΑΣ', '红色', '%', '_', "o'clock"];
const word = fc.constantFrom(...words);
const amount = fc.integer({ min: 0, max: 4 });

const text = (field: 'title' | 'type' | 'vendor' | 'tag' | 'variant_title') =>
  fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom(
      'equals' as const,
      'not_equals' as const,
      'starts_with' as const,
      'ends_with' as const,
      'contains' as const,
      'not_contains' as const,
    ),
    value: word,
  });
const comparison = fc.constantFrom(
  'equals' as const,
  'not_equals' as const,
  'greater_than' as const,
  'less_than' as const,
);
const number = (field: 'price' | 'compare_at' | 'weight' | 'inventory') =>
  fc.record({ field: fc.constant(field), operator: comparison, value: amount });
const presence = fc.constantFrom('is_set' as const, 'is_not_set' as const);
const metafield = {
  field: fc.constant('metafield' as const),
  namespace: fc.constant('m'),
  key: fc.constantFrom('a', 'b'),
};
const condition: fc.Arbitrary<CollectionRules> = fc.oneof(
  text('title'),
  text('type'),
  text('vendor'),
  text('tag'),
  text('variant_title'),
  number('price'),
  number('compare_at'),
  number('weight'),
  number('inventory'),
  fc.record({ field: fc.constant('compare_at' as const), operator: presence }),
  fc.record({ ...metafield, operator: presence }),
  fc.record({ ...metafield, operator: comparison, value: amount }),
  fc.record({
    ...metafield,
    operator: fc.constantFrom('contains' as const, 'not_equals' as const),
    value: word,
  }),
  fc.record({ ...metafield, operator: fc.constant('equals' as const), value: fc.boolean() }),
);
const { rules } = fc.letrec<{ rules: CollectionRules }>((tie) => ({
  rules: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ all: fc.array(tie('rules'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rules'), { minLength: 1, maxLength: 3 }) }),
  ),
}));
const variant = fc.record({
  title: word,
  priceMinor: amount,
  compareAtMinor: fc.option(amount),
  grams: amount,
  quantity: fc.option(fc.integer({ min: -2, max: 4 })),
});
const product = fc.record({
  title: word,
  productType: fc.oneof(word, fc.constant('')),
  vendor: word,
  tags: fc.uniqueArray(word, { maxLength: 3 }),
  variants: fc.uniqueArray(variant, { minLength: 1, maxLength: 3, selector: ({ title }) => title }),
  metafields: fc.record({ a: fc.oneof(amount, word, fc.boolean()), b: word }, { requiredKeys: [] }),
});

describe('smart collections', () => {
  let lab: Lab;
  let storeId: string;
  const members = (title: string) =>
    lab.db.read(storeId, async (store) =>
      (
        await store.query<{ handle: string }>(
          `SELECT p.handle FROM collections c JOIN collection_products USING (store_id, collection_id)
           JOIN products p USING (store_id, product_id) WHERE c.store_id = $1 AND c.title = $2 ORDER BY 1`,
          [storeId, title],
        )
      ).map(({ handle }) => handle),
    );
  const create = (title: string, wanted: CollectionRules) =>
    lab.db.write(storeId, (store) => lab.get(Collections).create(store, { title, rules: wanted }));

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  it('says the same by its evaluator and by its SQL', async () => {
    const products = fc.sample(product, { numRuns: 60, seed: 11 });
    const drafts = products.map(({ variants, metafields, ...facts }, index) => ({
      ...facts,
      handle: `p-${index}`,
      options: [{ name: 'Kind' }],
      variants: variants.map(({ title, quantity, ...one }) => ({
        ...one,
        options: [title],
        inventory: { tracked: quantity !== null, quantity, policy: 'continue' as const },
      })),
      metafields: Object.entries(metafields).map(([key, value]) => ({
        namespace: 'm',
        key,
        type: 'json',
        value,
      })),
    }));
    const verdicts = await write(lab, storeId, drafts);
    expect(new Set(verdicts.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    const facts = products.map(({ variants, metafields, ...one }): ProductFacts => ({
      ...one,
      variants,
      inventory: variants.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0),
      metafields: Object.fromEntries(
        Object.entries(metafields).map(([key, value]) => [`m.${key}`, value]),
      ),
    }));
    await lab.db.read(storeId, async (store) => {
      await fc.assert(
        fc.asyncProperty(rules, async (wanted) => {
          const { sql, params } = compileRules(wanted, 2);
          const rows = await store.query<{ handle: string }>(
            `SELECT p.handle FROM products p WHERE p.store_id = $1 AND ${sql}`,
            [storeId, ...params],
          );
          const expected = facts.flatMap((fact, index) =>
            matchesRules(fact, wanted) ? [`p-${index}`] : [],
          );
          expect(rows.map(({ handle }) => handle).sort()).toEqual(expected.sort());
        }),
        { numRuns: 300 },
      );
    });
  });

  it('follows every kind of edit', async () => {
    await create('Cheap', { field: 'price', operator: 'less_than', value: 5000 });
    await create('Sold out', { field: 'inventory', operator: 'less_than', value: 1 });
    await create('Cold wash', {
      field: 'metafield',
      namespace: 'custom',
      key: 'care',
      operator: 'contains',
      value: 'COLD',
    });
    await write(lab, storeId, [aProduct()]);
    expect(await members('Cheap')).toEqual(['linen-shirt']);
    expect(await members('Sold out')).toEqual([]);
    expect(await members('Cold wash')).toEqual(['linen-shirt']);
    await write(lab, storeId, [
      {
        handle: 'linen-shirt',
        variants: [{ options: ['S'], priceMinor: 9000 }],
        metafields: [{ namespace: 'custom', key: 'care', type: '', value: null }],
      },
    ]);
    expect(await members('Cheap')).toEqual([]);
    expect(await members('Cold wash')).toEqual([]);
    await lab.db.write(storeId, async (store) => {
      const stock = lab.get(InventoryLevels);
      const [level] = await stock.list(store, {}, { limit: 1, after: null });
      if (level) await stock.count(store, level, { onHand: 0, ignoreCompare: true });
    });
    expect(await members('Sold out')).toEqual(['linen-shirt']);
  });

  it('evaluates only rules that ask about what changed', async () => {
    await write(lab, storeId, [aProduct()]);
    await create('Linen', { field: 'tag', operator: 'equals', value: 'linen' });
    // A membership that the rules do not give: an edit that touches no tag must not even look at it.
    await lab.db.write(storeId, (store) =>
      store.execute('DELETE FROM collection_products WHERE store_id = $1', [storeId]),
    );
    await write(lab, storeId, [{ handle: 'linen-shirt', vendor: 'Other', bodyHtml: '' }]);
    expect(await members('Linen')).toEqual([]);
    await write(lab, storeId, [{ handle: 'linen-shirt', tags: ['linen', 'more'] }]);
    expect(await members('Linen')).toEqual(['linen-shirt']);
  });

  it('finds its members anew when its rules change', async () => {
    await write(lab, storeId, [aProduct(), aProduct({ handle: 'b', vendor: 'Other' })]);
    const made = await create('One', { field: 'vendor', operator: 'equals', value: 'other' });
    expect(await members('One')).toEqual(['b']);
    await lab.db.write(storeId, (store) =>
      lab
        .get(Collections)
        .update(
          store,
          made.id,
          { rules: { field: 'vendor', operator: 'not_equals', value: 'other' } },
          {},
        ),
    );
    expect(await members('One')).toEqual(['linen-shirt']);
  });
});
