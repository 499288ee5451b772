import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import { Payments } from '@libs/payments';
import type { Lab } from '@testing';
import type { BookPayment } from '../../../apps/test-payments/src/books';
import type { TestPaymentsServer } from '../../../apps/test-payments/src/server';
import { PaymentAccounts } from '../../payments/src/accounts/payment-accounts.service';
import { Reconcile } from '../../payments/src/worker/reconcile.job';
import { tell } from '../../payments/test/payments-lab';
import { Checkouts } from '../src/checkouts/checkouts.service';
import { SweepCheckouts } from '../src/worker/sweep-checkouts.job';
import { type SellingStore, aSellingStore } from './checkout-lab.builder';
import { openProviderLab, type ProviderLab } from './provider-lab.builder';

/**
 * Rows of the fault matrix (commerce.md, chapter 11) that need a checkout with a real provider beside it. The others
 * stand in paying.int-spec.ts, in test-provider.int-spec.ts of payments, and in the journeys.
 */
describe('the fault matrix', () => {
  let rig: ProviderLab;
  let lab: Lab;
  let provider: TestPaymentsServer;
  let shop: SellingStore;

  beforeAll(async () => {
    rig = await openProviderLab();
    ({ lab, provider } = rig);
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab, 9);
  });
  afterEach(() => jest.useRealTimers());
  afterAll(() => rig.close());

  /** A checkout of so many shirts whose shopper has paid at the provider; nobody was told of it. */
  const aPaidCheckout = async (quantity = 1): Promise<{ token: string; book: BookPayment }> => {
    const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity }]);
    const paid = await shop.pay(token);
    if (paid.kind !== 'begun' || paid.next.kind !== 'redirect') throw new Error(paid.kind);
    const book = provider.books.find(paid.next.url.split('/').at(-1) ?? '')!;
    provider.behave(book.account, { webhook: { never: true } });
    const body = new URLSearchParams({ choice: 'pay' });
    await fetch(paid.next.url, { method: 'POST', body, redirect: 'manual' });
    return { token, book };
  };

  /** The accounts that a checkout may be paid with. */
  const offered = async (token: string): Promise<string[]> => {
    const checkout = await shop.read(token);
    const methods = await lab.db.read(shop.storeId, (store) =>
      lab.get(Checkouts).methods(store, checkout),
    );
    return methods.map(({ accountId }) => accountId);
  };

  /** The same, asked for by the browser that came back, and settled. @returns the order's id */
  const anOrder = async (quantity = 1) => {
    const { token, book } = await aPaidCheckout(quantity);
    await lab.get(Payments).refresh(shop.storeId, book.paymentId);
    const settled = await shop.settle(token);
    if (settled.kind !== 'placed') throw new Error(settled.kind);
    return { token, book, orderId: settled.orderId };
  };

  const makeDue = async (): Promise<void> => {
    await shop.sql(
      'UPDATE payments SET check_at = now() WHERE store_id = $1 AND check_at IS NOT NULL',
    );
    await shop.sql(`UPDATE payment_operations SET next_at = now() - interval '2 minutes'
      WHERE store_id = $1 AND state IN ('wanted', 'sent')`);
    await shop.sql(`UPDATE jobs SET run_at = now() WHERE store_id = $1 AND state = 'ready'`);
  };
  const captures = ({ objects }: BookPayment) =>
    objects.filter(({ kind }) => kind === 'capture').length;
  const mailsTo = async (name: string): Promise<number> => {
    const dir = join(lab.home, 'mailbox');
    const files = (await readdir(dir)).filter((file) => file.endsWith('.json'));
    const texts = await Promise.all(files.map((file) => readFile(join(dir, file), 'utf8')));
    return texts.filter((text) => text.includes(name)).length;
  };

  test('row 8: kill after settle commit, before outbox relay: order mail, capture after restart, once', async () => {
    const { book, orderId } = await anOrder();
    // Here the process dies: what it would have done next stands in the database alone.
    expect(captures(book)).toBe(0);
    await lab.drain();
    await makeDue();
    await lab.get(Reconcile).tick();
    await lab.drain();
    expect(captures(book)).toBe(1);
    const [order] = await shop.query<{ status: string; mails: number }>(
      `SELECT financial_status AS status, (SELECT count(*)::int FROM order_events e
         WHERE e.store_id = o.store_id AND e.order_id = o.order_id AND e.kind = 'mail_sent') AS mails
       FROM orders o WHERE store_id = $1 AND order_id = $2`,
      [orderId],
    );
    expect(order).toEqual({ status: 'paid', mails: 1 });
    expect(await mailsTo('#T1001')).toBe(1);
  });

  test('row 27: refund of full order against staff refund of a line at once: sum <= captured; loser told', async () => {
    const { orderId } = await anOrder(3);
    await lab.drain();
    const orders = lab.get(Orders);
    const { lines, charges, capturedMinor } = await lab.db.read(shop.storeId, (store) =>
      orders.get(store, orderId),
    );
    const lineId = lines[0]?.id ?? '';
    const refund = (quantity: number, shipping: number) =>
      lab.db.write(shop.storeId, (store) =>
        orders.refund(store, orderId, {
          key: newId(),
          lines: [{ lineId, quantity, restock: 'cancel' }],
          charges: charges.map(({ id }) => ({ chargeId: id, amountMinor: shipping })),
          freeMinor: 0,
        }),
      );
    const all = await Promise.allSettled([refund(3, 490), refund(1, 0)]);
    const told = all.filter((one) => one.status === 'rejected');
    expect(told).toHaveLength(1);
    expect(told[0]?.reason).toBeInstanceOf(AppError);
    await lab.drain();
    const [sum] = await shop.query<{ n: number }>(
      'SELECT sum(amount_minor)::int AS n FROM refunds WHERE store_id = $1',
    );
    expect(sum?.n).toBeLessThanOrEqual(capturedMinor);
  });

  test('row 29: partial capture, then void rest, then late capture event: sums right, partially_paid', async () => {
    const { book, orderId } = await anOrder();
    const { paymentId } = book;
    // Before our own capture of the whole, somebody takes a part at the provider and lets the rest go.
    await provider.counter.capture(book, { amountMinor: 1000, final: true, key: 'dashboard' });
    await lab.drain({ tolerateFailures: true });
    const [capture] = book.objects.filter(({ kind }) => kind === 'capture');
    const fact = {
      kind: 'capture' as const,
      objectId: capture?.id ?? '',
      parentId: capture?.parentId ?? '',
      status: 'succeeded' as const,
      money: { amountMinor: 1000, currency: 'EUR' },
      at: capture?.at ?? '',
    };
    const auth = book.objects.find(({ kind }) => kind === 'auth')!;
    const money = { amountMinor: auth.amountMinor, currency: 'EUR' };
    const voided = { kind: 'auth' as const, objectId: auth.id, status: 'voided' as const };
    // The end of the authorization is told first, the capture last, and twice.
    await tell(lab, shop.storeId, paymentId, [{ ...voided, money, at: auth.at }]);
    await tell(lab, shop.storeId, paymentId, [fact]);
    await tell(lab, shop.storeId, paymentId, [fact]);
    await makeDue();
    await lab.drain({ tolerateFailures: true });
    const [order] = await shop.query(
      `SELECT captured_minor::int AS captured, authorized_minor::int AS authorized, financial_status AS status
       FROM orders WHERE store_id = $1 AND order_id = $2`,
      [orderId],
    );
    expect(order).toEqual({ captured: 1000, authorized: 0, status: 'partially_paid' });
    expect(captures(book)).toBe(1);
  });

  test('row 33: clock of a process 10 min ahead: expiry uses the database’s clock: nothing early', async () => {
    const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity: 2 }]);
    await shop.pay(token);
    const ahead = { now: Date.now() + 25 * 60_000, doNotFake: [...notTheDate] };
    jest.useFakeTimers(ahead);
    await lab.get(SweepCheckouts).tick();
    await shop.expire(token);
    expect(await shop.read(token)).toMatchObject({ state: 'paying' });
    expect(await shop.stock()).toMatchObject({ reserved: 2 });
    // What a process ahead holds is held no longer for it either.
    const { token: other } = await shop.shopper([{ variant: shop.goods.small.id }]);
    await shop.pay(other);
    const [wait] = await shop.query<{ minutes: number }>(
      `SELECT (extract(epoch FROM max(expires_at) - now()) / 60)::int AS minutes FROM stock_reservations
       WHERE store_id = $1 AND state = 'active'`,
    );
    expect(wait?.minutes).toBeLessThanOrEqual(30);
    jest.useRealTimers();
    await shop.passTime(token);
    await shop.expire(token);
    await lab.drain();
    await shop.expire(token);
    expect(await shop.read(token)).toMatchObject({ state: 'expired' });
  });

  test('row 35: provider keys revoked mid-flight: open intents settle by poll after new keys', async () => {
    const { token, book } = await aPaidCheckout();
    provider.behave(book.account, {
      webhook: { never: true },
      answers: [
        { on: 'fetch', fault: 'unauthorized', times: 2 },
        { on: 'capture', fault: 'unauthorized', times: 1 },
      ],
    });
    await expect(lab.get(Payments).refresh(shop.storeId, book.paymentId)).rejects.toThrow();
    await makeDue();
    await lab.get(Reconcile).tick();
    await lab.drain();
    expect(await shop.read(token)).toMatchObject({ state: 'paying' });
    // Whoever pays meanwhile may pay otherwise at once, and nobody after them is offered what does not work.
    provider.behave(book.account, {
      answers: [{ on: 'begin', fault: 'unauthorized', times: 1 }],
    });
    const { token: other } = await shop.shopper([{ variant: shop.goods.medium.id }]);
    expect(await offered(other)).toContain(shop.goods.accounts.card);
    expect(await shop.pay(other)).toMatchObject({ kind: 'settled', outcome: { kind: 'failed' } });
    expect(await shop.read(other)).toMatchObject({ state: 'open' });
    expect(await offered(other)).toEqual([shop.goods.accounts.manual]);
    expect(await shop.pay(other)).toMatchObject({ kind: 'method-gone' });
    // The merchant has typed in the new keys.
    await lab.db.write(shop.storeId, async (store) => {
      const accounts = lab.get(PaymentAccounts);
      const accountId = shop.goods.accounts.card;
      const { version, keysRefusedAt } = await accounts.get(store, accountId);
      expect(keysRefusedAt).not.toBeNull();
      await accounts.update(store, accountId, { version, keys: { secretKey: book.account } });
    });
    expect(await offered(other)).toContain(shop.goods.accounts.card);
    await makeDue();
    await lab.get(Reconcile).tick();
    await lab.drain({ tolerateFailures: true });
    expect(await shop.read(token)).toMatchObject({ state: 'completed' });
    await makeDue();
    await lab.drain();
    expect(captures(book)).toBe(1);
    expect(await shop.orders()).toHaveLength(1);
  });
});

/** Everything but the clock on the wall goes on as it is. */
const notTheDate = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  'cancelIdleCallback',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;
