import { CatalogApiModule } from '@api/catalog';
import { IdentityApiModule } from '@api/identity';
import { MediaApiModule } from '@api/media';
import { StoresApiModule } from '@api/stores';
import { type ApiCall, type ApiLab, type Merchant, openApiLab } from '@testing';

describe('the catalogue over HTTP', () => {
  let lab: ApiLab;
  let merchant: Merchant;
  const call = (route: string, request: ApiCall = {}) => {
    const [method, path] = route.split(' ');
    return lab.call(`${method} /stores/${merchant.storeId}${path}`, {
      token: merchant.token,
      ...request,
    });
  };
  const shirt = {
    title: 'Leinenhemd Größe',
    vendor: 'Atelier',
    tags: ['linen'],
    options: [{ name: 'Size' }],
    variants: [
      { options: ['S'], priceMinor: 4900, sku: 'S-1', tracked: true, quantity: 4 },
      { options: ['M'], priceMinor: 5200 },
    ],
  };

  beforeAll(async () => {
    lab = await openApiLab([IdentityApiModule, StoresApiModule, MediaApiModule, CatalogApiModule]);
    merchant = await lab.aMerchant();
  });
  afterAll(() => lab.close());

  it('creates a product with a handle from its title', async () => {
    const made = await call('POST /products', { body: shirt });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      handle: 'leinenhemd-groesse',
      status: 'active',
      priceMinMinor: 4900,
      priceMaxMinor: 5200,
      currency: 'EUR',
      quantity: 4,
      version: 1,
      variants: [
        { title: 'S', priceMinor: 4900, quantity: 4, tracked: true },
        { title: 'M', quantity: null },
      ],
    });
    const again = await call('POST /products', { body: shirt });
    expect(again.body.handle).toBe('leinenhemd-groesse-1');
    const chinese = await call('POST /products', { body: { title: '银行 T恤' } });
    expect(chinese.body.handle).toBe('yin-hang-t-xu');
    expect(chinese.body.variants).toMatchObject([{ title: 'Default Title', priceMinor: 0 }]);
    const taken = { title: 'x', handle: 'leinenhemd-groesse' };
    const conflict = await call('POST /products', { body: taken });
    expect([conflict.status, conflict.body.code]).toEqual([409, 'catalog.handle-taken']);
  });

  it('takes out of descriptions what could run, and says what it was', async () => {
    const bodyHtml =
      '<h2 style="position: fixed; color: red" onclick="a()">Cool</h2><script>b()</script>';
    const lost = {
      bodyHtml: '<h2 style="color: red">Cool</h2>',
      warnings: [
        {
          field: 'bodyHtml',
          code: 'html-removed',
          message: 'Taken out of the HTML: style: position of <h2>, onclick of <h2>, <script>.',
          removed: [
            { element: 'h2', attribute: 'style: position', count: 1 },
            { element: 'h2', attribute: 'onclick', count: 1 },
            { element: 'script', attribute: null, count: 1 },
          ],
        },
      ],
    };
    for (const kind of ['products', 'collections']) {
      const made = await call(`POST /${kind}`, { body: { title: 'Cool', bodyHtml } });
      expect(made.body).toMatchObject(lost);
      const path = `/${kind}/${made.body.id}`;
      const renamed = await call(`PATCH ${path}`, { body: { title: 'Cooler' } });
      expect(renamed.body).toMatchObject({ bodyHtml: lost.bodyHtml, warnings: [] });
      expect((await call(`PATCH ${path}`, { body: { bodyHtml } })).body).toMatchObject(lost);
      const read = await call(`GET ${path}`);
      expect(read.body.bodyHtml).toBe(lost.bodyHtml);
      expect(read.body).not.toHaveProperty('warnings');
    }
  });

  it('names HTML that nobody can read, and HTML that is too long once written out', async () => {
    const codes = async (kind: string, bodyHtml: string) => {
      const { status, body } = await call(`POST /${kind}`, { body: { title: 'X', bodyHtml } });
      return [status, body.errors[0].field, body.errors[0].code];
    };
    const deep = '<div>'.repeat(1_000);
    const long = '<'.repeat(200_000);
    expect(await codes('products', deep)).toEqual([422, 'bodyHtml', 'catalog.too-complex']);
    expect(await codes('products', long)).toEqual([422, 'bodyHtml', 'catalog.too-long']);
    expect(await codes('collections', deep)).toEqual([422, 'bodyHtml', 'html.too-complex']);
    expect(await codes('collections', long)).toEqual([422, 'bodyHtml', 'html.too-long']);
  });

  it('names the field of every fault', async () => {
    const body = {
      title: 'Bad',
      options: [{ name: 'Size' }],
      variants: [{ options: ['S'], priceMinor: -5 }, { options: ['S'] }],
    };
    const answer = await call('POST /products', { body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'variants.0.priceMinor',
      'variants.1.options',
    ]);
    const shape = await call('POST /products', { body: { title: '', tags: 'no' } });
    expect(shape.status).toBe(422);
  });

  it('locks optimistically by version and by ETag', async () => {
    const { body: made } = await call('POST /products', { body: { title: 'Versioned' } });
    const path = `/products/${made.id}`;
    const read = await call(`GET ${path}`);
    expect(read.headers.etag).toBe('"v1"');
    const body = { title: 'Second', version: 1 };
    const changed = await call(`PATCH ${path}`, { body });
    expect(changed.body).toMatchObject({ title: 'Second', version: 2, handle: 'versioned' });
    expect((await call(`PATCH ${path}`, { body })).status).toBe(409);
    const headers = { 'if-match': '"v1"' };
    expect((await call(`PATCH ${path}`, { body: { title: 'x' }, headers })).status).toBe(412);
    const same = await call(`PATCH ${path}`, { body: { title: 'Second' } });
    expect(same.body.version).toBe(2);
    expect((await call(`DELETE ${path}`, { headers })).status).toBe(412);
    expect((await call(`DELETE ${path}`)).status).toBe(204);
    expect((await call(`GET ${path}`)).status).toBe(404);
  });

  it('renames a handle unless it is taken', async () => {
    const { body: a } = await call('POST /products', { body: { title: 'Rename a' } });
    await call('POST /products', { body: { title: 'Rename b' } });
    const taken = await call(`PATCH /products/${a.id}`, { body: { handle: 'rename-b' } });
    expect(taken.status).toBe(409);
    const renamed = await call(`PATCH /products/${a.id}`, { body: { handle: 'rename-c' } });
    expect(renamed.body).toMatchObject({ id: a.id, handle: 'rename-c' });
    const bad = await call(`PATCH /products/${a.id}`, { body: { handle: 'No Handle' } });
    expect(bad.body.errors[0].field).toBe('handle');
  });

  it('lists with filters and cursors', async () => {
    const store = await lab.aMerchant();
    const at = (route: string, body?: unknown) => {
      const [method, path] = route.split(' ');
      return lab.call(`${method} /stores/${store.storeId}${path}`, { token: store.token, body });
    };
    for (const n of [1, 2, 3, 4, 5]) {
      await at('POST /products', {
        title: `Lamp ${n}`,
        vendor: n % 2 ? 'Odd' : 'Even',
        tags: [`n${n}`],
        status: n === 5 ? 'draft' : 'active',
      });
    }
    const titles = async (query: string) =>
      (await at(`GET /products${query}`)).body.items.map(({ title }: { title: string }) => title);
    const first = await at('GET /products?limit=2');
    expect(first.body.items.map(({ title }: { title: string }) => title)).toEqual([
      'Lamp 5',
      'Lamp 4',
    ]);
    expect(await titles(`?limit=50&cursor=${first.body.nextCursor}`)).toEqual([
      'Lamp 3',
      'Lamp 2',
      'Lamp 1',
    ]);
    expect(await titles('?vendor=Even')).toEqual(['Lamp 4', 'Lamp 2']);
    expect(await titles('?tag=n3')).toEqual(['Lamp 3']);
    expect(await titles('?status=draft')).toEqual(['Lamp 5']);
    expect(await titles('?q=lamp%204')).toEqual(['Lamp 4']);
    expect((await at('GET /products?cursor=nonsense')).status).toBe(400);
    const forged = Buffer.from('["x"]').toString('base64url');
    expect((await at(`GET /products?cursor=${forged}`)).status).toBe(400);
  });

  it('adds, changes and removes variants', async () => {
    const { body: product } = await call('POST /products', { body: { ...shirt, title: 'V' } });
    const path = `/products/${product.id}/variants`;
    const added = await call(`POST ${path}`, { body: { options: ['L'], priceMinor: 5500 } });
    expect([added.status, added.body.position]).toEqual([201, 3]);
    const again = await call(`POST ${path}`, { body: { options: ['L'] } });
    expect(again.status).toBe(422);
    const changed = await call(`PATCH ${path}/${added.body.id}`, {
      body: { options: ['XL'], priceMinor: 5600, version: 1 },
    });
    expect(changed.body).toMatchObject({ id: added.body.id, title: 'XL', priceMinor: 5600 });
    const listed = await call(`GET ${path}`);
    expect(listed.body.items.map(({ title }: { title: string }) => title)).toEqual([
      'S',
      'M',
      'XL',
    ]);
    const clash = await call(`PATCH ${path}/${added.body.id}`, { body: { options: ['S'] } });
    expect(clash.status).toBe(422);
    for (const variant of product.variants)
      expect((await call(`DELETE ${path}/${variant.id}`)).status).toBe(204);
    expect((await call(`DELETE ${path}/${added.body.id}`)).status).toBe(409);
    const after = await call(`GET /products/${product.id}`);
    expect(after.body).toMatchObject({ priceMinMinor: 5600, variantsCount: 1 });
    expect(after.body.options).toEqual([{ name: 'Size', values: ['XL'] }]);
  });

  it('counts stock per place, with a version', async () => {
    const { body: product } = await call('POST /products', { body: { ...shirt, title: 'Stock' } });
    const item = product.variants[0].inventoryItemId;
    const { body: levels } = await call(`GET /inventory-levels?productId=${product.id}`);
    expect(levels.items).toMatchObject([{ itemId: item, onHand: 4, available: 4, version: 1 }]);
    const path = `/inventory-levels/${item}/${levels.items[0].locationId}`;
    const counted = await call(`PUT ${path}`, { body: { onHand: 9, version: 1 } });
    expect(counted.body).toMatchObject({ onHand: 9, version: 2 });
    const late = await call(`PUT ${path}`, { body: { onHand: 1, version: 1 } });
    expect([late.status, late.body]).toEqual([
      409,
      expect.objectContaining({ code: 'catalog.stock-moved', onHand: 9, version: 2 }),
    ]);
    expect((await call(`GET /inventory-levels?productId=${product.id}`)).body.items).toEqual([
      expect.objectContaining({ onHand: 9, version: 2 }),
    ]);
    const second = await call('POST /locations', { body: { name: 'Shop' } });
    const other = `/inventory-levels/${item}/${second.body.id}`;
    await call(`PUT ${other}`, { body: { onHand: 3 } });
    const after = await call(`GET /products/${product.id}`);
    expect(after.body.quantity).toBe(12);
    const untracked = product.variants[1].inventoryItemId;
    const refused = `/inventory-levels/${untracked}/${second.body.id}`;
    expect((await call(`PUT ${refused}`, { body: { onHand: 3 } })).status).toBe(404);
    const { body: places } = await call('GET /locations');
    expect(places.items.map(({ name }: { name: string }) => name)).toEqual([
      'Main location',
      'Shop',
    ]);
  });

  it('counts nothing over what nobody saw', async () => {
    const { body: product } = await call('POST /products', { body: { ...shirt, title: 'Seen' } });
    const { body: found } = await call(`GET /inventory-levels?productId=${product.id}`);
    const [{ itemId, locationId, version }] = found.items;
    const path = `/inventory-levels/${itemId}/${locationId}`;
    const count = (body: object, headers = {}) => call(`PUT ${path}`, { body, headers });
    const unseen = await count({ onHand: 7 });
    expect([unseen.status, unseen.body]).toEqual([
      422,
      expect.objectContaining({ code: 'catalog.count-unseen', onHand: 4, version }),
    ]);
    const other = await count({ onHand: 7, compareOnHand: 5 });
    expect([other.status, other.body]).toEqual([
      409,
      expect.objectContaining({ code: 'catalog.stock-moved', onHand: 4, version }),
    ]);
    expect(other.body.errors[0].field).toBe('compareOnHand');
    expect((await count({ onHand: 7, ignoreCompare: false })).status).toBe(422);
    const aside = { from: 'available', to: 'damaged', quantity: 1 };
    await call(`POST ${path}/moves`, { body: aside, headers: { 'idempotency-key': 'seen' } });
    expect((await count({ onHand: 7, version })).status).toBe(409);
    // What was set aside in the meantime is on hand as before.
    expect((await count({ onHand: 7, compareOnHand: 4 })).body).toMatchObject({ onHand: 7 });
    expect((await count({ onHand: 8, ignoreCompare: true })).body).toMatchObject({ onHand: 8 });
    const { body: now } = await call(`GET ${path}`);
    const seen = { 'if-match': `"v${now.version}"` };
    expect((await count({ onHand: 9 }, seen)).body).toMatchObject({ onHand: 9 });
    expect((await count({ onHand: 1 }, seen)).status).toBe(412);
  });

  it('takes units from sale with a reason, and refuses more than there are', async () => {
    const { body: product } = await call('POST /products', { body: { ...shirt, title: 'Aside' } });
    const { body: found } = await call(`GET /inventory-levels?productId=${product.id}`);
    const [{ itemId, locationId, version }] = found.items;
    const move = (body: object, key: string) =>
      call(`POST /inventory-levels/${itemId}/${locationId}/moves`, {
        body,
        headers: { 'idempotency-key': key },
      });
    const wish = { from: 'available', to: 'damaged', quantity: 3, version };
    const unavailableBy = { damaged: 3, quality_control: 0, safety_stock: 0 };
    const moved = { onHand: 4, available: 1, unavailable: 3, unavailableBy };
    expect((await move(wish, 'a')).body).toMatchObject(moved);
    expect((await move(wish, 'a')).body).toMatchObject(moved);
    expect((await move(wish, 'b')).body).toMatchObject({ code: 'catalog.stock-moved' });
    const more = await move({ ...wish, version: undefined, quantity: 2 }, 'c');
    expect([more.status, more.body.code]).toEqual([409, 'catalog.units-not-there']);
    const same = await move({ from: 'damaged', to: 'damaged', quantity: 1 }, 'd');
    expect([same.status, same.body.errors[0].field]).toEqual([422, 'to']);
  });

  it('says to which countries a place sends', async () => {
    const { body: shed } = await call('POST /locations', {
      body: { name: 'Shed', deliversTo: ['FR', 'BE'] },
    });
    expect(shed).toMatchObject({ deliversTo: ['FR', 'BE'] });
    const change = (deliversTo: unknown) =>
      call(`PATCH /locations/${shed.id}`, { body: { deliversTo } });
    expect((await change(['DE', 'FR'])).body).toMatchObject({ deliversTo: ['DE', 'FR'] });
    expect((await change([])).body).toMatchObject({ deliversTo: [], name: 'Shed' });
    expect((await change(null)).body).toMatchObject({ deliversTo: null });
    for (const [wrong, field, message] of [
      [['DE', 'ZZ'], 'deliversTo.1', 'is no country of ISO 3166-1'],
      [['germany'], 'deliversTo.0', 'must be two capitals of ISO 3166-1'],
      [['DE', 'FR', 'DE'], 'deliversTo', 'names a country twice'],
    ] as const) {
      const { status, body } = await change(wrong);
      expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field, message })]]);
    }
  });

  it('keeps collections: by hand and by rules', async () => {
    const { body: a } = await call('POST /products', { body: { title: 'Col a', tags: ['Sale'] } });
    const { body: b } = await call('POST /products', { body: { title: 'Col b' } });
    const manual = await call('POST /collections', { body: { title: 'By hand' } });
    expect([manual.status, manual.body.kind]).toEqual([201, 'manual']);
    const members = await call(`PUT /collections/${manual.body.id}/products`, {
      body: { productIds: [b.id, a.id], version: 1 },
    });
    expect(members.body).toMatchObject({ productsCount: 2, version: 2 });
    const rules = { all: [{ field: 'tag', operator: 'equals', value: 'sale' }] };
    const smart = await call('POST /collections', { body: { title: 'Sale', rules } });
    expect(smart.body).toMatchObject({ kind: 'smart', productsCount: 1, rules });
    await call(`PATCH /products/${b.id}`, { body: { tags: ['SALE', 'new'] } });
    const grown = await call(`GET /collections/${smart.body.id}`);
    expect(grown.body.productsCount).toBe(2);
    await call(`PATCH /products/${a.id}`, { body: { tags: [] } });
    const listed = await call(`GET /products?collectionId=${smart.body.id}`);
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([b.id]);
    const path = `/collections/${smart.body.id}`;
    const mixed = await call(`PUT ${path}/products`, { body: { productIds: [a.id] } });
    expect(mixed.status).toBe(409);
    const bad = { all: [{ field: 'tag', operator: 'greater_than', value: 3 }] };
    expect((await call(`PATCH ${path}`, { body: { rules: bad } })).status).toBe(422);
    expect((await call(`DELETE ${path}`)).status).toBe(204);
  });

  it('reads metafields by their definition', async () => {
    const body = {
      owner: 'product',
      namespace: 'custom',
      key: 'size',
      name: 'Size',
      type: 'number_integer',
    };
    const made = await call('POST /metafield-definitions', { body });
    expect(made.status).toBe(201);
    expect((await call('POST /metafield-definitions', { body })).status).toBe(409);
    const metafields = [{ namespace: 'custom', key: 'size', type: 'json', value: 'L' }];
    const refused = await call('POST /products', { body: { title: 'M', metafields } });
    expect(refused.body.errors[0].field).toBe('metafields.0.value');
    const product = await call('POST /products', {
      body: { title: 'M', metafields: [{ ...metafields[0], value: 42 }] },
    });
    expect(product.body.metafields).toEqual([
      { namespace: 'custom', key: 'size', type: 'number_integer', value: 42 },
    ]);
    expect((await call(`DELETE /metafield-definitions/${made.body.id}`)).status).toBe(204);
  });

  it('records who changed what, from what to what', async () => {
    const { body: product } = await call('POST /products', { body: { ...shirt, title: 'Audit' } });
    await call(`PATCH /products/${product.id}`, {
      body: { vendor: 'Other', variants: [{ options: ['S'], priceMinor: 100 }] },
    });
    const log = await lab.call(`GET /stores/${merchant.storeId}/audit-log`, {
      token: merchant.token,
    });
    const [entry] = log.body.items;
    expect(entry).toMatchObject({
      action: 'product.updated',
      target: { kind: 'product', id: product.id },
      before: { vendor: 'Atelier', variants: { S: { priceMinor: 4900 } } },
      after: { vendor: 'Other', variants: { S: { priceMinor: 100 } } },
    });
  });

  it('shows nothing of it to another store', async () => {
    const { body: product } = await call('POST /products', { body: shirt });
    const other = await lab.aMerchant();
    for (const path of [
      `GET /stores/${other.storeId}/products/${product.id}`,
      `GET /stores/${other.storeId}/products/${product.id}/variants`,
      `DELETE /stores/${other.storeId}/products/${product.id}`,
      `GET /stores/${merchant.storeId}/products/${product.id}`,
      `GET /stores/${merchant.storeId}/products`,
    ]) {
      expect((await lab.call(path, { token: other.token })).status).toBe(404);
    }
    const search = await lab.call(`GET /stores/${other.storeId}/products?q=leinenhemd`, {
      token: other.token,
    });
    expect(search.body).toEqual({ items: [], nextCursor: null });
  });

  it('is described by the OpenAPI document', async () => {
    const { body } = await lab.call('GET !/api/openapi.json');
    const path = body.paths['/api/v1/stores/{storeId}/products/{productId}'];
    expect(Object.keys(path).sort()).toEqual(['delete', 'get', 'patch']);
    expect(body.components.schemas).toMatchObject({
      Product: expect.anything(),
      ProductInput: expect.anything(),
      CollectionRules: expect.anything(),
    });
  });
});
