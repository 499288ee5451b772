import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { StoreDiscountHolds } from '../src/discounts/discount-holds.service';
import { Discounts } from '../src/discounts/discounts.service';
import type { WantedUse } from '../src/discounts/hold-plan';
import { fillCart } from './cart-lab.builder';
import { makeDiscount } from './rules-lab.builder';

/** A random number generator that a seed makes repeatable (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('uses of discounts under concurrency', () => {
  let lab: Lab;
  let holds: StoreDiscountHolds;
  let storeId: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CheckoutModule] });
    holds = lab.get(StoreDiscountHolds);
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
  });
  afterAll(() => lab.close());

  const useOf = (discountId: string, more: Partial<WantedUse> = {}): WantedUse => ({
    discountId,
    codeKey: null,
    units: {},
    ...more,
  });
  const hold = (checkoutId: string, uses: WantedUse[], contact: string | null = null) =>
    lab.db.write(storeId, (store) => holds.holdUses(store, checkoutId, { uses, contact }));
  const get = (id: string) => lab.db.read(storeId, (store) => lab.get(Discounts).get(store, id));
  const taken = async (table: string) => {
    const rows = await lab.db.read(storeId, (store) =>
      store.query<{ taken: number }>(`SELECT taken FROM ${table} ORDER BY taken`),
    );
    return rows.map((row) => row.taken);
  };

  it('gives 200 at once exactly the 20 uses that there are, whoever rolls back', async () => {
    const random = seeded(20);
    const { id } = await makeDiscount(lab, storeId, { usageLimit: 20 });
    const other = await makeDiscount(lab, storeId, { title: 'Without a limit' });
    const attempt = async () => {
      const checkoutId = newId();
      const fails = random() < 0.3;
      const both = [useOf(id), useOf(other.id)];
      const uses = random() < 0.5 ? both : both.toReversed();
      try {
        return await lab.db.write(storeId, async (store) => {
          const outcome = await holds.holdUses(store, checkoutId, { uses, contact: null });
          if (outcome.held && fails) throw new Error('rolled back on purpose');
          return outcome.held;
        });
      } catch (error) {
        expect((error as Error).message).toBe('rolled back on purpose');
        return false;
      }
    };
    const outcomes = await Promise.all(Array.from({ length: 200 }, attempt));
    const held = outcomes.filter(Boolean).length;
    expect(held).toBeLessThanOrEqual(20);
    // Those that were rolled back left their uses to whoever comes next.
    for (let more = held; more < 20; more += 1) {
      expect(await hold(newId(), [useOf(id)])).toEqual({ held: true });
    }
    expect(await hold(newId(), [useOf(id)])).toEqual({
      held: false,
      gone: [{ discountId: id, reason: 'limit' }],
    });
    expect(await get(id)).toMatchObject({ held: 20, used: 0 });
    expect(await get(other.id)).toMatchObject({ held });
  }, 60_000);

  it('lets 15 customers use once what each of them tries in 8 places at once', async () => {
    const { id } = await makeDiscount(lab, storeId, { oncePerCustomer: true, code: 'HELLO' });
    const second = await makeDiscount(lab, storeId, { oncePerCustomer: true });
    const customers = Array.from({ length: 15 }, (_, at) => `Shopper${at}@example.test`);
    const outcomes = await Promise.all(
      customers.flatMap((email) =>
        Array.from({ length: 8 }, (_, at) => {
          const uses = [useOf(id, { codeKey: 'HELLO' }), useOf(second.id)];
          const contact = at % 2 === 0 ? email : ` ${email.toUpperCase()}`;
          return hold(newId(), at % 3 === 0 ? uses.toReversed() : uses, contact);
        }),
      ),
    );
    expect(outcomes.filter(({ held }) => held)).toHaveLength(15);
    expect(await get(id)).toMatchObject({ held: 15 });
    expect(await hold(newId(), [useOf(id)], null)).toMatchObject({
      held: false,
      gone: [{ reason: 'customer' }],
    });
  }, 60_000);

  it('holds, uses and releases in any order without a deadlock, and counts what is left', async () => {
    const random = seeded(7);
    const { cart } = await fillCart(lab, storeId);
    const variantId = cart.lines[0]?.offer.variantId ?? '';
    const rule = { kind: 'flash_sale', benefit: { percent: 50 } };
    const sale = await makeDiscount(lab, storeId, {
      code: 'FLASH',
      rule: { ...rule, units: [{ variantId, quantity: 12 }] },
    });
    const limited = await makeDiscount(lab, storeId, { usageLimit: 10, oncePerCustomer: true });
    const free = await makeDiscount(lab, storeId);
    const wants = () =>
      [
        useOf(sale.id, { codeKey: 'FLASH', units: { [variantId]: 1 + Math.floor(random() * 3) } }),
        useOf(limited.id),
        useOf(free.id),
      ].filter(() => random() < 0.7);
    const journey = async (at: number) => {
      const checkoutId = newId();
      const contact = `shopper${at % 12}@example.test`;
      let state = 'none';
      for (let step = 0; step < 4; step += 1) {
        const { held } = await hold(checkoutId, wants(), contact);
        if (held) state = 'held';
        if (random() < 0.4) {
          await lab.db.write(storeId, (store) => holds.release(store, checkoutId));
          await lab.db.write(storeId, (store) => holds.release(store, checkoutId));
          state = 'released';
        }
      }
      if (state === 'held' && random() < 0.5) {
        const orderId = newId();
        await lab.db.write(storeId, (store) => holds.use(store, checkoutId, orderId));
        if (random() < 0.5) {
          await lab.db.write(storeId, (store) => holds.releaseOrder(store, orderId));
        }
      }
    };
    await Promise.all(Array.from({ length: 60 }, (_, at) => journey(at)));
    const rows = await lab.db.read(storeId, (store) =>
      store.query<{ discountId: string; units: Record<string, number> }>(
        `SELECT discount_id AS "discountId", units FROM discount_redemptions WHERE state <> 'released'`,
      ),
    );
    const of = (id: string) => rows.filter(({ discountId }) => discountId === id);
    const sold = of(sale.id).reduce((sum, { units }) => sum + (units[variantId] ?? 0), 0);
    expect(sold).toBeLessThanOrEqual(12);
    expect(of(limited.id).length).toBeLessThanOrEqual(10);
    expect(await taken('discount_units')).toEqual([sold]);
    expect(await taken('discount_codes')).toEqual([of(sale.id).length]);
    const counters = await lab.db.read(storeId, (store) =>
      store.query(`SELECT taken FROM discounts WHERE discount_id = $1`, [limited.id]),
    );
    expect(counters).toEqual([{ taken: of(limited.id).length }]);
  }, 60_000);

  it('replaces what a checkout held, and counts anew when a limit comes later', async () => {
    const first = await makeDiscount(lab, storeId);
    const checkoutId = newId();
    await hold(checkoutId, [useOf(first.id)]);
    await hold(newId(), [useOf(first.id)]);
    await lab.db.write(storeId, (store) =>
      lab.get(Discounts).update(store, first.id, { usageLimit: 2 }, { version: 1 }),
    );
    expect(await hold(newId(), [useOf(first.id)])).toMatchObject({ held: false });
    const second = await makeDiscount(lab, storeId, { usageLimit: 1 });
    expect(await hold(checkoutId, [useOf(second.id)])).toEqual({ held: true });
    expect(await hold(checkoutId, [useOf(second.id)])).toEqual({ held: true });
    expect(await hold(newId(), [useOf(first.id)])).toEqual({ held: true });
    expect([await get(first.id), await get(second.id)]).toMatchObject([{ held: 2 }, { held: 1 }]);
  });

  it('holds nothing of a discount that is off or over', async () => {
    const off = await makeDiscount(lab, storeId, { enabled: false });
    const over = await makeDiscount(lab, storeId, { endsAt: '2020-01-01T00:00:00Z' });
    const on = await makeDiscount(lab, storeId, { usageLimit: 1 });
    for (const { id } of [off, over]) {
      expect(await hold(newId(), [useOf(on.id), useOf(id)])).toEqual({
        held: false,
        gone: [{ discountId: id, reason: 'ended' }],
      });
    }
    expect(await get(on.id)).toMatchObject({ held: 0 });
    expect(await hold(newId(), [useOf(on.id)])).toEqual({ held: true });
  });
});
