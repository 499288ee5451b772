import { setImmediate } from 'node:timers/promises';
import { CatalogModule } from '@libs/catalog';
import { type CartOutcome, CheckoutModule, OpenCarts } from '@libs/checkout';
import {
  type CartRemarks,
  Carts,
  CheckoutRendererModule,
  type QuantityUpdate,
} from '@renderer/checkout';
import type { StoreWriter } from '@platform/database';
import { type Lab, openLab } from '@testing';
import { fillCart, sell } from './cart-lab.builder';

describe('carts', () => {
  let lab: Lab;
  let carts: OpenCarts;
  let storeId: string;
  let small: number;
  let medium: number;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CheckoutModule, CheckoutRendererModule] });
    carts = lab.get(OpenCarts);
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
    ({ 'LS-S': small = 0, 'LS-M': medium = 0 } = await sell(lab, storeId));
  });
  afterAll(() => lab.close());

  type Done = Extract<CartOutcome, { kind: 'done' }>;
  const write = <T>(work: (store: StoreWriter) => Promise<T>) => lab.db.write(storeId, work);
  const nobody = { token: null, currency: 'EUR' };
  const of = (variant: number, quantity = 1, properties: [string, string][] = []) => ({
    variant,
    quantity,
    properties,
  });
  const add = (owner: { token: string | null }, ...what: ReturnType<typeof of>[]) =>
    write((store) => carts.add(store, { ...nobody, ...owner }, what));
  const owner = (outcome: CartOutcome) => ({ ...nobody, token: (outcome as Done).token });
  const find = (token: string | null) =>
    lab.db.read(storeId, (store) => carts.find(store, token ?? ''));

  it('makes a cart with the first thing, and keeps only the hash of its token', async () => {
    const made = (await add(nobody, of(small, 2))) as Done;
    expect(made.cart.lines).toMatchObject([{ quantity: 2, offer: { priceMinor: 4900 } }]);
    expect(made.token).toMatch(/^[\w-]{32}$/);
    expect(await find(made.token)).toEqual(made.cart);
    const rows = await lab.db.read(storeId, (store) =>
      store.query<{ row: string }>('SELECT to_jsonb(c)::text AS row FROM carts c'),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(made.token);
  });

  it('makes no cart out of nothing, and none for a token that it did not give', async () => {
    const cleared = await write((store) =>
      carts.clear(store, { ...nobody, token: 'x'.repeat(32) }),
    );
    expect(cleared).toMatchObject({ kind: 'done', token: null });
    const made = (await add({ token: 'x'.repeat(32) }, of(medium))) as Done;
    expect(made.token).not.toBe('x'.repeat(32));
  });

  it('lets equal things share a line, and puts new lines first', async () => {
    const made = await add(nobody, of(medium));
    const first = await add(owner(made), of(medium, 1, [['Name', 'Ada']]));
    const then = (await add(owner(made), of(medium, 2))) as Done;
    expect(first).toMatchObject({ kind: 'done', token: owner(made).token });
    expect(then.cart.lines.map(({ quantity, properties }) => [quantity, properties])).toEqual([
      [1, [['Name', 'Ada']]],
      [3, []],
    ]);
    expect(then.gained.map(({ quantity }) => quantity)).toEqual([2]);
    expect(await find(then.token)).toEqual(then.cart);
  });

  it('adds nothing at all when one thing is short, and says how many are left', async () => {
    const made = await add(nobody, of(small, 2));
    expect(await add(owner(made), of(medium), of(small, 2))).toEqual({
      kind: 'refused',
      refusal: { reason: 'short', title: 'Linen shirt - S', left: 1, inCart: 2 },
    });
    expect((await find(owner(made).token))?.lines).toHaveLength(1);
    expect(await add(owner(made), of(small, 1))).toMatchObject({ kind: 'done' });
  });

  it('lowers and removes though nothing is left, and reads prices fresh', async () => {
    const made = await add(nobody, of(small, 3));
    await sell(lab, storeId, {
      variants: [
        {
          options: ['S'],
          sku: 'LS-S',
          priceMinor: 4500,
          inventory: { tracked: true, quantity: 0 },
        },
      ],
    });
    const line = { variant: small };
    const lower = await write((store) => carts.change(store, owner(made), line, { quantity: 2 }));
    expect((lower as Done).cart.lines).toMatchObject([
      { quantity: 2, offer: { priceMinor: 4500 } },
    ]);
    const gone = await write((store) =>
      carts.change(store, owner(made), { place: 1 }, { quantity: 0 }),
    );
    expect(gone).toMatchObject({ cart: { lines: [] }, lost: [{ quantity: 2 }] });
  });

  it('replaces properties, which gives the line another key', async () => {
    const made = (await add(nobody, of(medium, 1, [['Name', 'Ada']]), of(medium, 2))) as Done;
    const [named] = made.cart.lines;
    const same = (await write((store) =>
      carts.change(store, owner(made), { key: named?.key ?? '' }, { properties: [] }),
    )) as Done;
    expect(same.cart.lines.map(({ quantity, properties }) => [quantity, properties])).toEqual([
      [3, []],
    ]);
    expect(await find(same.token)).toEqual(same.cart);
    const missing = await write((store) =>
      carts.change(store, owner(made), { key: named?.key ?? '' }, { quantity: 1 }),
    );
    expect(missing).toEqual({ kind: 'refused', refusal: { reason: 'line-missing' } });
  });

  it('updates by place, key and variant; merges attributes and keeps a note', async () => {
    const made = (await add(nobody, of(small))) as Done;
    const update = (updates: QuantityUpdate[], remarks: CartRemarks) =>
      write((store) => carts.update(store, owner(made), updates, remarks)) as Promise<Done>;
    const noted = await update([{ line: { place: 1 }, quantity: 2 }], {
      note: 'Please ring',
      attributes: { gift: 'yes', wrap: 'red' },
    });
    expect(noted.cart).toMatchObject({ note: 'Please ring', attributes: { wrap: 'red' } });
    const next = await update(
      [
        { line: { key: noted.cart.lines[0]?.key ?? '' }, quantity: 1 },
        { line: { variant: medium }, quantity: 4 },
        { line: { key: 'gone' }, quantity: 9 },
      ],
      { attributes: { wrap: '' } },
    );
    expect(next.cart).toMatchObject({ note: 'Please ring', attributes: { gift: 'yes' } });
    expect(next.cart.lines.map(({ quantity }) => quantity)).toEqual([4, 1]);
    const cleared = (await write((store) => carts.clear(store, owner(made)))) as Done;
    expect(cleared.cart).toMatchObject({ note: 'Please ring', lines: [] });
    expect(await find(made.token)).toEqual(cleared.cart);
  });

  it('cannot be given what does not exist or is hidden, and shows nothing that was withdrawn', async () => {
    const refused = { kind: 'refused', refusal: { reason: 'variant-missing' } };
    expect(await add(nobody, of(small), of(9_999_999))).toEqual(refused);
    const made = await add(nobody, of(small));
    await sell(lab, storeId, { status: 'draft' });
    expect(await add(owner(made), of(medium))).toEqual(refused);
    expect((await find(owner(made).token))?.lines).toEqual([]);
  });

  it('lets the faster of two writes win; the other one changes nothing and is told', async () => {
    const made = (await add(nobody, of(small))) as Done;
    const slower: Promise<CartOutcome>[] = [];
    await write(async (faster) => {
      await carts.update(faster, owner(made), [], { note: 'faster' });
      slower.push(write((store) => carts.update(store, owner(made), [], { note: 'slower' })));
      const waiting = 'SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))';
      while ((await faster.query(waiting)).length === 0) await setImmediate();
    });
    expect(await Promise.all(slower)).toEqual([{ kind: 'raced' }]);
    expect(await find(made.token)).toMatchObject({
      note: 'faster',
      version: made.cart.version + 1,
    });
  });

  it('forgets a cart that nobody touched for two weeks', async () => {
    const made = await add(nobody, of(small));
    await write((store) =>
      store.execute(`UPDATE carts SET updated_at = now() - interval '15 days'`),
    );
    expect(await find(owner(made).token)).toBeNull();
    const other = (await add(owner(made), of(small))) as Done;
    expect(other.token).not.toBe(owner(made).token);
  });

  it('shows a theme its cart in three statements at most, and another store nothing', async () => {
    const { token } = await fillCart(lab, storeId);
    const pages = lab.get(Carts);
    await lab.db.read(storeId, async (store) => {
      const view = await pages.view(store, token ?? '', { buttons: false });
      expect(view).toMatchObject({ item_count: 1, total_price: 4900, currency: 'EUR' });
      expect(view?.items).toMatchObject([
        { url: `/products/linen-shirt?variant=${small}`, variant_title: 'S', quantity: 1 },
      ]);
      expect(store.statements).toBeLessThanOrEqual(3);
      expect(await pages.view(store, 'unknown', { buttons: false })).toBeNull();
    });
    const other = await lab.aStore();
    expect(
      await lab.db.read(other, (store) => pages.view(store, token ?? '', { buttons: false })),
    ).toBeNull();
  });
});
