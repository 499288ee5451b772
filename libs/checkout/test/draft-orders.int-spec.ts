import { newId } from '@libs/kernel';
import { shopperMails } from '@libs/checkout';
import { OrderChecks, Orders } from '@libs/orders';
import type { Lab } from '@testing';
import { checkStock } from '../../catalog/src/stock/check-stock';
import { BalanceLinks } from '../src/drafts/balance-links.service';
import { PaidByHand } from '../src/drafts/by-hand.service';
import { type DraftWish, Drafts } from '../src/drafts/drafts.service';
import { OrderEdits } from '../src/edits/order-edits.service';
import { SweepCheckouts } from '../src/worker/sweep-checkouts.job';
import { type SellingStore, aSellingStore, berlin, openCheckoutLab } from './checkout-lab.builder';
import { register } from './rules-lab.builder';

const actor = { kind: 'system', label: 'test', userId: null } as const;

describe('draft orders and links to pay', () => {
  let lab: Lab;
  let shop: SellingStore;
  let drafts: Drafts;
  let orders: Orders;

  beforeAll(async () => {
    lab = await openCheckoutLab();
    drafts = lab.get(Drafts);
    orders = lab.get(Orders);
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab, 5);
  });
  afterAll(() => lab.close());

  const write = <T>(work: Parameters<typeof lab.db.write<T>>[1]) =>
    lab.db.write(shop.storeId, work);
  const get = (draftId: string) => lab.db.read(shop.storeId, (store) => drafts.get(store, draftId));
  const view = (orderId: string) =>
    lab.db.read(shop.storeId, (store) => orders.get(store, orderId));
  const wish = (more: Partial<DraftWish> = {}): DraftWish => ({
    email: 'ada@example.com',
    shippingAddress: berlin,
    lines: [
      { variantId: shop.goods.small.variantId, quantity: 2, discount: { percent: 10 } },
      { title: 'Engraving', unitMinor: 1_500, quantity: 1, requiresShipping: false },
    ],
    discount: { amountMinor: 500, title: 'Welcome back' },
    shipping: { title: 'By hand', priceMinor: 300 },
    tags: ['telephone'],
    ...more,
  });
  // Two at 49.00 less a tenth, the engraving, 5.00 off all of it, 3.00 for the way.
  const total = 9_800 - 980 + 1_500 - 500 + 300;
  const make = (more: Partial<DraftWish> = {}) =>
    write((store) => drafts.create(store, wish(more)));
  const tokenOf = (draftId: string) =>
    lab.db.read(shop.storeId, (store) =>
      Promise.resolve(drafts.pathOf(store, draftId).replace('/checkouts/', '')),
    );
  const payByCard = async (draftId: string) => {
    const token = await tokenOf(draftId);
    const paymentAccountId = shop.goods.accounts.card;
    const consent = { marketing: false, terms: true };
    await shop.update(token, { paymentAccountId, consent });
    expect(await shop.pay(token)).toMatchObject({ kind: 'begun' });
    await shop.tell(token, { kind: 'capture', status: 'succeeded' });
    await lab.drain();
    return shop.read(token);
  };
  const examine = () =>
    lab.db.read(shop.storeId, async (store) => {
      const checks = lab.get(OrderChecks);
      expect(await checks.check(store, null)).toEqual([]);
      expect(await checkStock(store, await checks.commitments(store))).toEqual([]);
    });

  it('bear no tax for a company with a checked number, and stay so when the order is edited', async () => {
    await register(lab, shop.storeId);
    const { small } = shop.goods;
    const paris = { name: 'Ada', address1: 'Rue 1', zip: '75001', city: 'Paris', country: 'FR' };
    const number = { number: 'FR40303265045', country: 'FR', checkedAt: '2026-11-22T00:00:00Z' };
    const company = (check: 'valid' | 'unreachable') => ({
      shippingAddress: paris,
      lines: [{ variantId: small.variantId, quantity: 1 }],
      discount: null,
      shipping: null,
      vatNumber: { ...number, check, consultation: null, name: null },
    });
    const taxed = await get(await make(company('unreachable')));
    expect(taxed.quote?.totals.taxMinor).toBeGreaterThan(0);
    const draftId = await make(company('valid'));
    const { quote } = await get(draftId);
    expect(quote?.totals).toMatchObject({ taxMinor: 0, totalMinor: 4_900 });
    expect(quote?.tax).toMatchObject({ scheme: 'reverse_charge' });
    await payByCard(draftId);
    const { orderId } = await get(draftId);
    await write((store) =>
      lab.get(OrderEdits).commit(store, orderId ?? '', {
        wish: { lines: [], add: [{ variantId: small.variantId, quantity: 1 }] },
        terms: { key: newId(), reason: null, notify: false },
      }),
    );
    expect(await view(orderId ?? '')).toMatchObject({
      taxMinor: 0,
      totalMinor: 9_800,
      owedMinor: 4_900,
    });
    await examine();
  });

  it('cost what staff agreed on with the store’s taxes, and become an order by their link', async () => {
    await register(lab, shop.storeId);
    const draftId = await make();
    const draft = await get(draftId);
    expect(draft.quote?.totals).toMatchObject({ totalMinor: total, discountMinor: 1_480 });
    expect(draft.quote?.totals.taxMinor).toBe(Math.round((total * 19) / 119));
    // The catalogue may change as it likes, and codes count nothing.
    await shop.sql('UPDATE variants SET price_minor = 99900 WHERE store_id = $1');
    const token = await tokenOf(draftId);
    const changed = await shop.update(token, { codes: ['TEN'], email: 'grace@example.com' });
    expect(changed).toMatchObject({ kind: 'done', unknownCodes: ['TEN'] });
    const { state, orderId } = await payByCard(draftId);
    expect(state).toBe('completed');
    const order = await view(orderId ?? '');
    expect(order).toMatchObject({
      totalMinor: total,
      financialStatus: 'paid',
      source: 'draft',
      tags: ['telephone'],
      email: 'grace@example.com',
      lines: [{ quantity: 2 }, { title: 'Engraving', variantId: null, productId: null }],
    });
    expect(await shop.stock()).toEqual({ onHand: 5, committed: 2, reserved: 0 });
    await examine();
  });

  it('are paid by hand once, however often that is said', async () => {
    const draftId = await make();
    const mark = () => lab.get(PaidByHand).mark(shop.storeId, draftId, { key: 'cash', actor });
    const ends = await Promise.all([mark(), mark(), mark()]);
    await lab.drain();
    expect(new Set(ends.map(({ kind }) => kind))).toEqual(new Set(['placed']));
    expect(await shop.orders()).toMatchObject([{ totalMinor: total }]);
    expect(await view((await get(draftId)).orderId ?? '')).toMatchObject({
      financialStatus: 'paid',
      capturedMinor: total,
    });
    await expect(
      lab.get(PaidByHand).mark(shop.storeId, draftId, { key: 'again', actor }),
    ).rejects.toMatchObject({ code: 'drafts.not-open' });
    await examine();
  });

  it('hold their goods for a time, are changed, and let go of them when it is over or they are deleted', async () => {
    const draftId = await make({ reserveHours: 48 });
    expect(await shop.stock()).toMatchObject({ reserved: 2 });
    const { version } = await get(draftId);
    const lines = [{ variantId: shop.goods.small.variantId, quantity: 4 }];
    await write((store) => drafts.update(store, draftId, { lines, version }));
    expect(await shop.stock()).toMatchObject({ reserved: 4 });
    await expect(
      write((store) => drafts.update(store, draftId, { note: 'x', version })),
    ).rejects.toMatchObject({ code: 'http.version-conflict' });
    const more = [{ variantId: shop.goods.small.variantId, quantity: 6 }];
    await expect(
      write((store) => drafts.update(store, draftId, { lines: more })),
    ).rejects.toMatchObject({ code: 'drafts.out-of-stock' });
    await shop.deliverTo(['FR']);
    await expect(
      write((store) => drafts.update(store, draftId, { lines, shippingAddress: berlin })),
    ).rejects.toMatchObject({ code: 'drafts.out-of-stock' });
    await shop.deliverTo(null);
    const past = new Date(Date.now() - 1000).toISOString();
    await shop.sql(
      `UPDATE checkouts SET terms = terms || jsonb_build_object('reservedUntil', $2::text) WHERE store_id = $1`,
      [past],
    );
    await lab.get(SweepCheckouts).tick();
    await lab.drain();
    expect(await shop.stock()).toMatchObject({ reserved: 0 });
    expect(await get(draftId)).toMatchObject({ state: 'open', terms: { reservedUntil: null } });
    await write((store) => drafts.update(store, draftId, { reserveHours: 1 }));
    expect(await shop.stock()).toMatchObject({ reserved: 4 });
    await write((store) => drafts.remove(store, draftId));
    expect(await shop.stock()).toMatchObject({ reserved: 0 });
    expect(await shop.pay(await tokenOf(draftId))).toMatchObject({ kind: 'expired' });
    const listed = await lab.db.read(shop.storeId, (store) =>
      drafts.list(store, { limit: 10, before: null }),
    );
    expect(listed).toEqual([]);
  });

  it('stay open when somebody begins to pay and leaves', async () => {
    const draftId = await make({ lines: [{ title: 'Workshop', unitMinor: 9_000, quantity: 1 }] });
    const token = await tokenOf(draftId);
    const consent = { marketing: false, terms: true };
    await shop.update(token, { paymentAccountId: shop.goods.accounts.card, consent });
    await shop.pay(token);
    await shop.passTime(token);
    expect(await shop.expire(token)).toEqual({ kind: 'waiting' });
    await shop.tell(token, { kind: 'auth', status: 'voided' });
    await lab.drain();
    expect(await shop.read(token)).toMatchObject({ state: 'open', overdue: false });
    expect(await payByCard(draftId)).toMatchObject({ state: 'completed' });
  });

  it('are sent to whoever is to pay them', async () => {
    const nobody = await make({ email: null });
    await expect(write((store) => drafts.invoice(store, nobody, null))).rejects.toMatchObject({
      code: 'drafts.no-address',
    });
    const draftId = await make();
    await write((store) => drafts.invoice(store, draftId, 'As discussed'));
    expect((await get(draftId)).terms.requestedAt).not.toBeNull();
    const request = await lab.db.read(shop.storeId, (store) =>
      lab.get(shopperMails.PaymentRequests).find(store, draftId),
    );
    expect(request).toMatchObject({ email: 'ada@example.com', totalMinor: total });
    expect(request?.url).toContain(`/checkouts/${await tokenOf(draftId)}`);
    expect(shopperMails.PaymentRequested.name).toBe('checkout.payment-requested');
    await shop.sql(`UPDATE stores SET other_locales = '{de}' WHERE store_id = $1`);
    await shop.sql(`UPDATE checkouts SET locale = 'de' WHERE store_id = $1`);
    const german = await lab.db.read(shop.storeId, (store) =>
      lab.get(shopperMails.PaymentRequests).find(store, draftId),
    );
    expect(german?.url).toContain(`/de/checkouts/${await tokenOf(draftId)}`);
  });

  it('let a shopper pay the rest of an order that was edited, and the link of another rest end', async () => {
    const draftId = await make();
    const { orderId } = await payByCard(draftId);
    const id = orderId ?? '';
    const links = lab.get(BalanceLinks);
    const ask = { notify: false, message: null };
    await expect(write((store) => links.create(store, id, ask))).rejects.toMatchObject({
      code: 'drafts.nothing-owed',
    });
    const edit = (unitMinor: number) =>
      write((store) =>
        lab.get(OrderEdits).commit(store, id, {
          wish: { lines: [], add: [{ title: 'Frame', unitMinor, quantity: 1 }] },
          terms: { key: newId(), reason: null, notify: false },
        }),
      );
    await edit(2_000);
    const first = await write((store) => links.create(store, id, ask));
    expect(first.amountMinor).toBe(2_000);
    await edit(1_000);
    expect(await shop.pay(first.path.replace('/checkouts/', ''))).toMatchObject({
      kind: 'expired',
    });
    const { checkoutId, amountMinor } = await write((store) => links.create(store, id, ask));
    expect(amountMinor).toBe(3_000);
    expect(await payByCard(checkoutId)).toMatchObject({ state: 'completed', orderId: id });
    expect(await view(id)).toMatchObject({
      totalMinor: total + 3_000,
      capturedMinor: total + 3_000,
      financialStatus: 'paid',
      owedMinor: 0,
      overMinor: 0,
    });
    expect(await shop.orders()).toHaveLength(1);
    await examine();
  });
});
