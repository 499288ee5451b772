import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import type { FaultPoint } from '@platform/config';
import { NotificationsWorkerModule } from '@worker/notifications';
import type { Lab } from '@testing';
import { readRecheck } from '../src/taxes/vat-numbers/vat-rechecks.queries';
import { VatRechecks } from '../src/taxes/vat-numbers/vat-rechecks.service';
import { SweepVatNumbers } from '../src/worker/sweep-vat-numbers.job';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { killAt, recover } from './rig/killed';
import { mailsIn } from './rig/mailbox';
import { makeZone, register } from './rules-lab.builder';
import { openViesServer, validNumber, type ViesServer } from './vies-server';

jest.setTimeout(120_000);

const gone = { status: 503, body: 'gone' };
const paris = {
  name: 'Ada',
  company: 'SARL Exemple',
  address1: '1 rue de Rivoli',
  zip: '75001',
  city: 'Paris',
  country: 'FR',
};

describe('a VAT number that could not be checked when the order was placed', () => {
  let vies: ViesServer;
  let lab: Lab;
  let shop: SellingStore;
  let owner: string;

  beforeAll(async () => {
    vies = await openViesServer();
    lab = await openCheckoutLab([NotificationsWorkerModule], { CARAVEL_VIES_URL: vies.url });
  });
  afterAll(async () => {
    vies.close();
    await lab.close();
  });
  beforeEach(async () => {
    vies.says = validNumber;
    shop = await aSellingStore(lab, 9);
    await register(lab, shop.storeId, { number: 'DE136695976' });
    await makeZone(lab, shop.storeId, { name: 'France', countries: [{ country: 'FR' }] });
    owner = `olga-${newId()}@example.test`;
    await shop.anOwner(owner);
    vies.asked.length = 0;
  });

  /** An order of a company that was charged VAT; answers its id. */
  const anOrder = async (
    shippingAddress = paris,
    check: 'unreachable' | 'valid' = 'unreachable',
  ) => {
    const number = { number: 'FR40303265045', country: 'FR', checkedAt: '2026-11-22T00:00:00Z' };
    const { token } = await shop.shopper([{ variant: shop.goods.small.id }], {
      shippingAddress,
      vatNumber: { ...number, check, consultation: null, name: null },
    });
    await shop.pay(token);
    await shop.tell(token, { kind: 'capture', status: 'succeeded' });
    await lab.drain();
    return (await shop.read(token)).orderId ?? '';
  };
  const known = (orderId: string) =>
    lab.db.read(shop.storeId, (store) => readRecheck(store, orderId));
  const order = (orderId: string) =>
    lab.db.read(shop.storeId, (store) => lab.get(Orders).get(store, orderId));
  const told = async (orderId: string) =>
    (await order(orderId)).timeline.filter(({ kind }) => kind.startsWith('vat_number'));
  /** The time to ask again has come. */
  const comes = () =>
    shop.sql('UPDATE vat_rechecks SET next_at = now() WHERE store_id = $1 AND next_at IS NOT NULL');
  const ask = async () => {
    await comes();
    await Promise.all([lab.get(SweepVatNumbers).tick(), lab.get(SweepVatNumbers).tick()]);
    await lab.drain();
  };
  const mails = async () => {
    const all = await mailsIn(lab);
    return all.filter((mail) => mail.to?.[0]?.address === owner);
  };

  it('is asked for again, and the owner is told when it is valid after VAT was charged', async () => {
    const orderId = await anOrder();
    const before = await order(orderId);
    expect(before.taxMinor).toBeGreaterThan(0);
    expect(await known(orderId)).toMatchObject({ state: 'asking', attempts: 0, due: false });
    await lab.get(SweepVatNumbers).tick();
    await lab.drain();
    expect(vies.asked).toEqual([]);
    await ask();
    expect(vies.asked).toEqual([
      {
        path: '/check-vat-number',
        countryCode: 'FR',
        vatNumber: '40303265045',
        requesterMemberStateCode: 'DE',
        requesterNumber: '136695976',
      },
    ]);
    const evidence = { number: 'FR40303265045', consultation: 'WAPIAAAAY1', name: 'SARL EXEMPLE' };
    const checkedAt = expect.any(Date) as Date;
    expect(await known(orderId)).toMatchObject({ ...evidence, state: 'valid', checkedAt });
    expect(await told(orderId)).toMatchObject([
      {
        kind: 'vat_number_checked',
        actor: { kind: 'system' },
        data: { ...evidence, check: 'valid', taxMinor: before.taxMinor, currency: 'EUR' },
      },
    ]);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail?.subject).toContain(`VAT was charged for order ${before.name}`);
    for (const said of ['FR40303265045', 'WAPIAAAAY1', 'Nothing was paid back'])
      expect(mail?.text).toContain(said);
    // No money moved, and nobody asks again.
    expect(await order(orderId)).toMatchObject({ refunds: [], dueMinor: before.dueMinor });
    await ask();
    expect([vies.asked.length, (await told(orderId)).length, (await mails()).length]).toEqual([
      1, 1, 1,
    ]);
  });

  it('is asked for less and less often while nobody answers, and for some days only', async () => {
    const orderId = await anOrder();
    vies.says = gone;
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await ask();
      const [row] = await shop.query<{ minutes: number }>(
        `SELECT round(extract(epoch FROM next_at - checked_at) / 60)::int AS minutes
         FROM vat_rechecks WHERE store_id = $1`,
      );
      pauses.push(row?.minutes ?? 0);
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 640, 720, 720]);
    expect(await told(orderId)).toEqual([]);
    await shop.sql('UPDATE vat_rechecks SET until = now() WHERE store_id = $1');
    await ask();
    expect(await known(orderId)).toMatchObject({ state: 'given_up', attempts: 10 });
    expect(await told(orderId)).toMatchObject([
      { kind: 'vat_number_unchecked', data: { check: 'given_up', consultation: null } },
    ]);
    vies.says = validNumber;
    await ask();
    expect([vies.asked.length, await mails()]).toEqual([10, []]);
  });

  it('is noted and no alarm where the register does not know it, or the goods stayed at home', async () => {
    const home = await anOrder({ ...paris, zip: '10119', city: 'Berlin', country: 'DE' });
    await ask();
    vies.says = { status: 200, body: { valid: false } };
    const abroad = await anOrder();
    await ask();
    expect((await told(home))[0]?.data).toMatchObject({ check: 'valid' });
    expect((await told(abroad))[0]?.data).toMatchObject({ check: 'invalid' });
    expect(await mails()).toEqual([]);
  });

  it('is not asked for where it was known in time', async () => {
    expect(await known(await anOrder(paris, 'valid'))).toBeNull();
  });

  it('is written once by two that ask at the same time', async () => {
    const orderId = await anOrder();
    await comes();
    const rechecks = lab.get(VatRechecks);
    await Promise.all([1, 2, 3].map(() => rechecks.ask(shop.storeId, orderId)));
    await lab.drain();
    expect(await known(orderId)).toMatchObject({ state: 'valid', attempts: 1 });
    expect([(await told(orderId)).length, (await mails()).length]).toEqual([1, 1]);
  });

  it.each<FaultPoint>(['checkout.vat-answered', 'checkout.vat-noted', 'jobs.ran'])(
    'comes to the same when who asks is killed at %s',
    async (point) => {
      const orderId = await anOrder();
      await comes();
      await lab.get(SweepVatNumbers).tick();
      await killAt(lab, shop.storeId, point);
      await recover(lab, () => lab.get(SweepVatNumbers).tick());
      expect(await known(orderId)).toMatchObject({ state: 'valid', consultation: 'WAPIAAAAY1' });
      expect([(await told(orderId)).length, (await mails()).length]).toEqual([1, 1]);
    },
  );
});
