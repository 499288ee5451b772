import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { newId } from '@libs/kernel';
import { Pages } from '@libs/content';
import type { Lab } from '@testing';
import { Metrics } from '@platform/telemetry';
import { BalanceLinks } from '../../checkout/src/drafts/balance-links.service';
import { OrderEdits } from '../../checkout/src/edits/order-edits.service';
import { SweepAges } from '../../payments/src/worker/sweep-ages.job';
import { NotificationsWorkerModule } from '@worker/notifications';
import {
  aSellingStore,
  openCheckoutLab,
  type SellingStore,
} from '../../checkout/test/checkout-lab.builder';

const testWords = 'This is a test order: no money moved, and nothing will be delivered.';
const authorized = { kind: 'auth', status: 'authorized' } as const;

describe('money that makes no order', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab([NotificationsWorkerModule]);
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab);
  });
  afterAll(() => lab.close());

  const mailsTo = async (to: string): Promise<Email[]> => {
    await lab.drain();
    const folder = join(lab.home, 'mailbox');
    const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
    const all = await Promise.all(
      files.sort().map(async (name) => PostalMime.parse(await readFile(join(folder, name)))),
    );
    return all.filter((mail) => mail.to?.[0]?.address === to);
  };
  const small = { variant: 0, quantity: 2 };
  const buy = async (change: { email: string; locale?: string }) => {
    const { token } = await shop.shopper([{ ...small, variant: shop.goods.small.id }], change);
    await shop.pay(token);
    return token;
  };
  const tooLate = `UPDATE checkouts SET state = 'expired', expires_at = now() - interval '73 hours'
    WHERE store_id = $1 AND state = 'paying'`;

  it('is told to a shopper who paid too late, once', async () => {
    const email = `${newId()}@example.test`;
    const token = await buy({ email });
    await shop.sql(tooLate);
    const paymentId = await shop.tell(token, authorized);
    const all = await Promise.all([shop.settle(token), shop.settle(token)]);
    expect(all).toEqual([{ kind: 'expired' }, { kind: 'expired' }]);
    await shop.tell(token, { ...authorized, at: new Date(Date.now() + 1000).toISOString() });
    await shop.settle(token);
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(mail?.subject).toMatch(/: your payment came too late$/);
    expect(mail?.text).toContain('Your payment of €102.90 reached us');
    expect(mail?.text).toMatch(/2 × .+, S/);
    expect(`${mail?.text}${mail?.html}`).not.toContain(testWords);
    const log = await shop.query(
      `SELECT after FROM audit_log WHERE store_id = $1 AND action = 'checkout.money-came-late'`,
    );
    expect(log).toEqual([{ after: { paymentId, amountMinor: 10_290, currency: 'EUR' } }]);
  });

  it('is told to be a test first where the payment was one', async () => {
    const email = `${newId()}@example.test`;
    const token = await buy({ email });
    await shop.sql('UPDATE payments SET test_mode = true WHERE store_id = $1');
    await shop.sql(tooLate);
    await shop.tell(token, authorized);
    await shop.settle(token);
    const [mail] = await mailsTo(email);
    expect(mail?.text?.startsWith(testWords)).toBe(true);
    expect(mail?.html).toContain(testWords);
  });

  it('is asked for with the policies below, and first that it is a test where its order was one', async () => {
    shop = await aSellingStore(lab, 9);
    const asked = async (test: boolean) => {
      const email = `${newId()}@example.test`;
      const token = await buy({ email });
      await shop.tell(token, { kind: 'capture', status: 'succeeded' });
      await shop.settle(token);
      await lab.drain();
      const orderId = (await shop.read(token)).orderId ?? '';
      await lab.db.write(shop.storeId, async (store) => {
        await store.execute('UPDATE orders SET test = $1 WHERE store_id = $2 AND order_id = $3', [
          test,
          shop.storeId,
          orderId,
        ]);
        const wish = { lines: [], add: [{ title: 'Frame', unitMinor: 2_000, quantity: 1 }] };
        const terms = { key: newId(), reason: null, notify: false };
        await lab.get(OrderEdits).commit(store, orderId, { wish, terms });
        await lab.get(BalanceLinks).create(store, orderId, { notify: true, message: null });
      });
      const mails = await mailsTo(email);
      return mails.find(({ subject }) => subject?.endsWith('€20.00 to pay'));
    };
    await lab.db.write(shop.storeId, async (store) => {
      const { pageId } = await lab.get(Pages).create(store, { title: 'Terms' });
      await lab.get(Pages).setPolicies(store, { termsPageId: pageId });
    });
    const tried = await asked(true);
    expect(tried?.text?.startsWith(testWords)).toBe(true);
    expect(tried?.html).toContain(testWords);
    expect(tried?.text).toContain('Total: €20.00');
    expect(tried?.html).toMatch(/>Total<\/td>\s*<td[^>]*><bdi>€20\.00<\/bdi>/);
    expect(tried?.text).toMatch(/\nTerms: https?:\/\/\S+\/pages\/terms\n?$/);
    const real = await asked(false);
    expect(real?.text).toContain('Review and pay');
    expect(`${real?.text}${real?.html}`).not.toContain(testWords);
  });

  it('is not told of where the order is made after all', async () => {
    const email = `${newId()}@example.test`;
    const token = await buy({ email });
    await shop.sql(tooLate.replace('73 hours', '1 hour'));
    await shop.tell(token, authorized);
    expect(await shop.settle(token)).toMatchObject({ kind: 'placed' });
    expect((await mailsTo(email)).filter(({ subject }) => subject?.includes('too late'))).toEqual(
      [],
    );
  });

  it.each([
    ['one cent less', { amountMinor: 10_289, currency: 'EUR' }, '€102.89'],
    ['another currency', { amountMinor: 10_290, currency: 'USD' }, '$102.90'],
  ])('is an alarm to owner and operator when it is %s', async (_what, money, held) => {
    const owner = `${newId()}@example.test`;
    await shop.anOwner(owner);
    const before = await counted();
    const token = await buy({ email: 'ada@example.test' });
    await shop.tell(token, { ...authorized, money });
    await lab.drain();
    expect(await shop.orders()).toEqual([]);
    expect((await counted()) - before).toBe(1);
    const [mail, ...more] = await mailsTo(owner);
    expect(more).toEqual([]);
    expect(mail?.text).toContain(`reports ${held}`);
    expect(mail?.text).toContain('asked for €102.90');
    // What is told again changes nothing.
    await shop.tell(token, { ...authorized, money });
    expect(await mailsTo(owner)).toHaveLength(1);
    expect((await counted()) - before).toBe(1);
  });

  it('is told to owners a day before its provider lets it go, once, and anew when the end moves', async () => {
    const owner = `${newId()}@example.test`;
    await shop.anOwner(owner);
    const token = await buy({ email: 'ada@example.test' });
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const sweep = async () => {
      await Promise.all([lab.get(SweepAges).tick(), lab.get(SweepAges).tick()]);
      await lab.drain();
      await lab.get(SweepAges).tick();
    };
    await shop.tell(token, { ...authorized, dueAt: inHours(30) });
    await shop.settle(token);
    // The provider refuses to take it for good.
    await shop.sql(
      `UPDATE payment_operations SET state = 'failed', next_at = NULL WHERE store_id = $1 AND kind = 'capture'`,
    );
    await sweep();
    expect(await mailsTo(owner)).toEqual([]);
    await shop.sql(
      `UPDATE payments SET authorization_due_at = now() + interval '23 hours' WHERE store_id = $1`,
    );
    await sweep();
    const [mail, ...more] = await mailsTo(owner);
    expect(more).toEqual([]);
    const [order] = await shop.orders();
    expect(mail?.subject).toContain(`capture the money of order ${order?.name}`);
    expect(mail?.text).toContain('keeps €102.90');
    // Authorized anew, it ends later.
    await shop.tell(token, { ...authorized, dueAt: inHours(40) });
    await shop.sql(
      `UPDATE payments SET authorization_due_at = now() + interval '1 hour' WHERE store_id = $1`,
    );
    await sweep();
    expect(await mailsTo(owner)).toHaveLength(2);
  });

  const counted = async (): Promise<number> => {
    const line = (await lab.get(Metrics).text())
      .split('\n')
      .find((one) => one.startsWith('caravel_payments_mismatched_total'));
    return Number(line?.split(' ')[1] ?? 0);
  };
});
