import type { DataPlan, DataSource } from '@libs/template-engine';
import type { StoreReader } from '@platform/database';
import { type SourceFaces, loadSources } from './load-sources';

const store = {} as StoreReader;
const asked: string[][] = [];
const faces = {
  catalog: {
    collectionsByRefs: async (_: StoreReader, refs: string[], limit: number) =>
      new Map(
        refs.map((handle) => [
          handle,
          {
            handle,
            products: ['one', 'two', 'gone'].slice(0, limit).map((name) => ({ handle: name })),
          },
        ]),
      ),
    productsByRefs: async (_: StoreReader, refs: string[]) => {
      asked.push(refs);
      const here = refs.filter((handle) => handle !== 'gone');
      return new Map(here.map((handle) => [handle, { handle, variants: [] }]));
    },
  },
} as unknown as SourceFaces;

const source = (ref: string, limit: number, fields: DataSource['fields']): DataSource => ({
  key: `collection:${ref}`,
  kind: 'collection',
  ref,
  limit,
  fields,
});

beforeEach(() => asked.splice(0));

test('products of a collection come whole where more than a card is read, all in one go', async () => {
  const sources = [
    source('all', 1, 'full'),
    source('new', 3, ['variants']),
    source('old', 2, 'card'),
  ];
  const loaded = await loadSources(store, { sources } as unknown as DataPlan, faces);
  expect(asked).toEqual([['one', 'two', 'gone']]);
  expect(loaded).toMatchObject({
    'collection:all': { products: [{ handle: 'one', variants: [] }] },
    'collection:new': {
      products: [
        { handle: 'one', variants: [] },
        { handle: 'two', variants: [] },
        { handle: 'gone' },
      ],
    },
  });
  expect(loaded['collection:old']).toEqual({
    handle: 'old',
    products: [{ handle: 'one' }, { handle: 'two' }],
  });
});

test('cards alone cost nothing more', async () => {
  await loadSources(store, { sources: [source('all', 8, 'card')] } as unknown as DataPlan, faces);
  expect(asked).toEqual([]);
});
