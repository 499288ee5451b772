import type { FaultPoint } from '@platform/config';
import type { Lab } from '@testing';
import { noteChecked, readUnchecked } from '../src/checkouts/unchecked-numbers.queries';
import { type DraftWish, Drafts } from '../src/drafts/drafts.service';
import { SweepVatNumbers } from '../src/worker/sweep-vat-numbers.job';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { killAt, recover } from './rig/killed';
import { makeZone, register } from './rules-lab.builder';
import { openViesServer, validNumber, type ViesServer } from './vies-server';

jest.setTimeout(120_000);

const paris = {
  name: 'Ada',
  company: 'SARL Exemple',
  address1: '1 rue de Rivoli',
  zip: '75001',
  city: 'Paris',
  country: 'FR',
};
const unchecked = {
  number: 'FR40303265045',
  country: 'FR',
  check: 'unreachable',
  checkedAt: '2026-11-22T00:00:00Z',
  consultation: null,
  name: null,
} as const;
const gone = { status: 503, body: 'gone' };

describe('a VAT number that could not be checked, while the checkout is open', () => {
  let vies: ViesServer;
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    vies = await openViesServer();
    lab = await openCheckoutLab([], { CARAVEL_VIES_URL: vies.url });
  });
  afterAll(async () => {
    vies.close();
    await lab.close();
  });
  beforeEach(async () => {
    vies.says = validNumber;
    shop = await aSellingStore(lab, 9);
    await register(lab, shop.storeId, { number: 'DE136695976' });
    await shop.sql(
      `INSERT INTO tax_settings (store_id, settings) VALUES ($1, '{"untaxed": "strip"}')`,
    );
    await makeZone(lab, shop.storeId, { name: 'France', countries: [{ country: 'FR' }] });
    vies.asked.length = 0;
  });

  const aCheckout = async (vatNumber: typeof unchecked | null = unchecked) =>
    (
      await shop.shopper([{ variant: shop.goods.small.id }], {
        shippingAddress: paris,
        ...(vatNumber ? { vatNumber } : {}),
      })
    ).token;
  const comes = () =>
    shop.sql(
      'UPDATE checkouts SET vat_next_at = now() WHERE store_id = $1 AND vat_next_at IS NOT NULL',
    );
  const ask = async () => {
    await comes();
    await Promise.all([lab.get(SweepVatNumbers).tick(), lab.get(SweepVatNumbers).tick()]);
    await lab.drain();
  };
  const due = async () =>
    (
      await shop.query<{ minutes: number | null; attempts: number }>(
        `SELECT ceil(extract(epoch FROM vat_next_at - now()) / 60)::int AS minutes, vat_attempts AS attempts
         FROM checkouts WHERE store_id = $1 ORDER BY checkout_id`,
      )
    )[0];

  it('is asked for again; who goes to pay the price with VAT is shown the one without it first', async () => {
    const token = await aCheckout();
    const before = await shop.read(token);
    expect(before.quote?.totals).toMatchObject({ totalMinor: 5_390, taxMinor: 861 });
    expect(await due()).toEqual({ minutes: 5, attempts: 0 });
    await lab.get(SweepVatNumbers).tick();
    await lab.drain();
    expect(vies.asked).toEqual([]);
    await ask();
    expect(vies.asked).toMatchObject([{ countryCode: 'FR', vatNumber: '40303265045' }]);
    const known = await shop.read(token);
    expect(known.vatNumber).toMatchObject({ check: 'valid', consultation: 'WAPIAAAAY1' });
    // The amounts are those of the page that the shopper has open.
    expect([known.quoteHash, known.version]).toEqual([before.quoteHash, before.version]);
    const outcome = await shop.pay(token);
    expect(outcome).toMatchObject({
      kind: 'price-changed',
      change: {
        tax: { beforeMinor: 861, afterMinor: 0 },
        total: { beforeMinor: 5_390, afterMinor: 4_118 + 490 },
      },
    });
    expect((await shop.read(token)).quote?.tax.notices).toEqual(['reverse_charge']);
    expect((await shop.pay(token)).kind).toBe('begun');
    await ask();
    expect(vies.asked).toHaveLength(1);
  });

  it('counts with the next change of the checkout', async () => {
    const token = await aCheckout();
    await ask();
    await shop.update(token, { phone: '+33123456789' });
    expect((await shop.read(token)).quote?.totals).toMatchObject({
      taxMinor: 0,
      totalMinor: 4_608,
    });
  });

  it('is asked for less and less often, as long as it is the same, and no more once somebody pays', async () => {
    const token = await aCheckout();
    vies.says = gone;
    const pauses: (number | null | undefined)[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await ask();
      pauses.push((await due())?.minutes);
    }
    await shop.update(token, { phone: '+33123456789' });
    pauses.push((await due())?.minutes);
    expect([pauses, (await due())?.attempts]).toEqual([[10, 20, 40, 40], 3]);
    await shop.update(token, { vatNumber: { ...unchecked, number: 'FR23334175221' } });
    expect(await due()).toEqual({ minutes: 5, attempts: 0 });
    for (let attempt = 1; attempt <= 20; attempt += 1) await ask();
    expect(await due()).toEqual({ minutes: null, attempts: 20 });
    vies.asked.length = 0;
    await ask();
    expect(vies.asked).toEqual([]);
    await shop.update(token, { vatNumber: unchecked });
    expect((await shop.pay(token)).kind).toBe('begun');
    expect(await due()).toEqual({ minutes: null, attempts: 0 });
    await shop.tell(token, { kind: 'auth', status: 'failed', reason: 'card_declined' });
    await shop.settle(token);
    expect(await due()).toMatchObject({ minutes: 5 });
    await shop.passTime(token);
    await ask();
    expect(vies.asked).toEqual([]);
  });

  it('goes on bearing VAT where the register does not know it', async () => {
    const token = await aCheckout();
    vies.says = { status: 200, body: { valid: false } };
    await ask();
    expect((await shop.read(token)).vatNumber?.check).toBe('invalid');
    expect((await shop.pay(token)).kind).toBe('begun');
    expect((await shop.read(token)).quote?.totals.taxMinor).toBe(861);
  });

  it('is not written over a number that was typed since', async () => {
    const token = await aCheckout();
    const { checkoutId } = await shop.read(token);
    const known = await lab.db.read(shop.storeId, (store) => readUnchecked(store, checkoutId));
    if (!known) throw new Error('Nothing is to be asked.');
    const other = { ...unchecked, number: 'FR23334175221' };
    await shop.update(token, { vatNumber: other });
    const answer = { ...unchecked, check: 'valid' as const };
    const note = () => lab.db.write(shop.storeId, (store) => noteChecked(store, known, answer));
    expect([await note(), (await shop.read(token)).vatNumber]).toEqual([false, other]);
    await shop.update(token, { vatNumber: unchecked });
    expect([await note(), await note()]).toEqual([true, false]);
  });

  it('of a draft order prices it anew at once', async () => {
    const drafts = lab.get(Drafts);
    const wish: DraftWish = {
      email: 'ada@example.com',
      shippingAddress: paris,
      vatNumber: unchecked,
      lines: [{ variantId: shop.goods.small.variantId, quantity: 1 }],
    };
    const draftId = await lab.db.write(shop.storeId, (store) => drafts.create(store, wish));
    const draft = () => lab.db.read(shop.storeId, (store) => drafts.get(store, draftId));
    const before = await draft();
    expect(before.quote?.totals).toMatchObject({ totalMinor: 4_900, taxMinor: 782 });
    await ask();
    const after = await draft();
    expect(after.vatNumber?.check).toBe('valid');
    expect(after.quote?.totals).toMatchObject({ totalMinor: 4_118, taxMinor: 0 });
    expect([after.version, after.expiresAt]).toEqual([before.version + 1, before.expiresAt]);
  });

  it.each<FaultPoint>(['checkout.vat-answered', 'jobs.ran'])(
    'comes to the same when who asks is killed at %s',
    async (point) => {
      const token = await aCheckout();
      await comes();
      await lab.get(SweepVatNumbers).tick();
      await killAt(lab, shop.storeId, point);
      await recover(lab, () => lab.get(SweepVatNumbers).tick());
      expect((await shop.read(token)).vatNumber).toMatchObject({ check: 'valid' });
      expect((await shop.pay(token)).kind).toBe('price-changed');
    },
  );
});
