import { ImageReady } from '@libs/media';
import { type Lab, openLab } from '@testing';
import { CatalogModule } from '../src/catalog.module';
import { CatalogWorkerModule } from '../src/worker';
import { Products } from '../src/products.service';
import { aProduct, write } from './catalog.builder';

describe('what the catalogue shouts', () => {
  let lab: Lab;
  let storeId: string;
  const events = () =>
    lab.db.acrossStores('read a test store', (tx) =>
      tx.query<{ name: string; payload: Record<string, never> }>(
        `SELECT name, payload FROM outbox_events WHERE store_id = $1 ORDER BY name`,
        [storeId],
      ),
    );

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CatalogWorkerModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  it('is one event for a batch, and none when nothing changed', async () => {
    const drafts = [aProduct(), aProduct({ handle: 'b' })];
    const verdicts = await write(lab, storeId, drafts);
    const productIds = verdicts.map(({ productId }) => productId);
    const payload = { productIds, createdIds: productIds, collectionIds: [] };
    const told = [{ name: 'catalog.products-changed', payload }];
    expect(await events()).toEqual(told);
    await write(lab, storeId, drafts);
    expect(await events()).toEqual(told);
  });

  it('makes pages stale by stock only when it crosses zero', async () => {
    const count = (quantity: number) => ({
      handle: 'linen-shirt',
      keepOtherVariants: true,
      variants: [{ options: ['S'], inventory: { quantity } }],
    });
    const [verdict] = await write(lab, storeId, [aProduct()]);
    await write(lab, storeId, [count(2)]);
    await write(lab, storeId, [count(0)]);
    const stock = (await events()).filter(({ name }) => name === 'catalog.stock-changed');
    expect(stock.map(({ payload }) => payload['crossedZero'])).toEqual([
      { productIds: [], collectionIds: [] },
      { productIds: [verdict?.productId], collectionIds: [] },
    ]);
  });

  it('tells of a picture that can be shown now', async () => {
    const [verdict] = await write(lab, storeId, [aProduct()]);
    const product = await lab.db.read(storeId, (store) =>
      lab.get(Products).get(store, verdict?.productId ?? ''),
    );
    expect(product.images).toMatchObject([{ state: 'pending', src: null, alt: 'A shirt' }]);
    const imageId = product.images[0]?.mediaId ?? '';
    await lab.drain();
    const stamp = () =>
      lab.db.read(storeId, (store) =>
        store.query<{ v: number }>('SELECT v FROM store_stamps WHERE store_id = $1', [storeId]),
      );
    const [before] = await stamp();
    await lab.db.write(storeId, async (store) => store.publish(ImageReady, { imageId }));
    await lab.drain();
    const [after] = await stamp();
    expect(after?.v).toBeGreaterThan(before?.v ?? Infinity);
  });
});
