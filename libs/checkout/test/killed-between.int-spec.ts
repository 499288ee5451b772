import { createHmac } from 'node:crypto';
import { StoreChecks } from '@libs/checkout';
import { newId } from '@libs/kernel';
import { Payments } from '@libs/payments';
import type { FaultPoint } from '@platform/config';
import { PaymentWebhooks } from '@renderer/payments';
import type { Lab } from '@testing';
import type { BookPayment } from '../../../apps/test-payments/src/books';
import type { TestPaymentsServer } from '../../../apps/test-payments/src/server';
import { OperationRunner } from '../../payments/src/operations/operation-runner.service';
import { type SellingStore, aSellingStore } from './checkout-lab.builder';
import { openProviderLab, payAt, type ProviderLab, reconcile } from './provider-lab.builder';
import { type Moment, killAt, recover } from './rig/killed';
import { mailsIn } from './rig/mailbox';
import type { Errand } from './rig/mortal-process';

jest.setTimeout(240_000);

/** Where a purchase stands when a process takes it on that dies. */
type Stage = 'reviewed' | 'paid' | 'told' | 'placed';

/** Each kill stands between two writes; what was begun goes on from what the database says. */
const rows: [point: Moment, stage: Stage][] = [
  ['checkout.held', 'reviewed'],
  // Row 2 of the fault matrix.
  ['payments.begin-answered', 'reviewed'],
  ['payments.fetch-answered', 'paid'],
  ['payments.event-written', 'paid'],
  ['checkout.order-written', 'told'],
  // Row 8.
  ['checkout.settled', 'told'],
  ['outbox.carried', 'placed'],
  ['payments.operation-taken', 'placed'],
  // Row 10, with an answer that nobody lived to hear.
  ['payments.operation-answered', 'placed'],
  ['notifications.mail-noted', 'placed'],
  ['jobs.ran', 'placed'],
  ['jobs.ran#3', 'placed'],
];

describe('a process killed exactly between two writes', () => {
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
  afterAll(() => rig.close());

  const payInput = async (token: string, payKey: string) => ({
    token,
    payKey,
    quoteHash: (await shop.read(token)).quoteHash ?? '',
    returnUrl: 'https://shop.example/return',
  });
  const bookOf = async (token: string): Promise<BookPayment> => {
    const { paymentId } = await shop.read(token);
    const [book, ...others] = provider.books.list().filter((one) => one.paymentId === paymentId);
    if (!book || others.length > 0) throw new Error('It is not one payment at the provider.');
    provider.behave(book.account, { webhook: { never: true } });
    return book;
  };
  const payThere = async (token: string): Promise<BookPayment> => {
    const book = await bookOf(token);
    await payAt(provider, book);
    return book;
  };

  /** An event of everything that the provider has, as it would send it. */
  const eventOf = ({ account, webhookUrl, id, paymentId, objects }: BookPayment) => {
    const [, , name = '', accountKey = ''] = new URL(webhookUrl).pathname.split('/');
    const at = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({
      id: `evt_${id}`,
      type: 'payment.updated',
      livemode: false,
      account: account.slice(-8),
      payment: { id, paymentId, objects },
    });
    const signature = createHmac('sha256', account).update(`${at}.${body}`).digest('hex');
    const headers = { 'test-payments-signature': `t=${at},v1=${signature}` };
    return { provider: name, accountKey, headers, body };
  };

  const mails = async (): Promise<number> => {
    const all = await mailsIn(lab);
    return all.filter(({ subject }) => subject?.includes('#T1001')).length;
  };

  /** One purchase, taken on at its stage by a process that dies there. @returns the checkout's token */
  const purchase = async (point: Moment, stage: Stage): Promise<string> => {
    const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity: 2 }]);
    const input = await payInput(token, newId());
    if (stage === 'reviewed') await killAt(lab, shop.storeId, point, { verb: 'pay', input });
    // The shopper who had no answer sends the form again, as a reload does.
    const outcome = await shop.pay(token, input);
    expect([point, outcome.kind]).toEqual([point, 'begun']);
    const book = await payThere(token);
    const { paymentId } = book;
    if (point === 'payments.event-written') {
      await killAt(lab, shop.storeId, point, { verb: 'hear', request: eventOf(book) });
      // It was not answered: the provider sends it again, and once more.
      const { body, ...event } = eventOf(book);
      const request = { ...event, rawBody: Buffer.from(body) };
      for (const _ of [1, 2])
        expect(await lab.get(PaymentWebhooks).receive(shop.storeId, request)).toEqual({
          status: 200,
        });
    } else if (stage === 'paid')
      await killAt(lab, shop.storeId, point, { verb: 'refresh', paymentId });
    else await lab.get(Payments).refresh(shop.storeId, paymentId);
    const { checkoutId } = await shop.read(token);
    if (stage === 'told') await killAt(lab, shop.storeId, point, { verb: 'settle', checkoutId });
    if (stage === 'placed') {
      await shop.settle(token);
      await killAt(lab, shop.storeId, point, { verb: 'drain' });
    }
    return token;
  };

  it.each(rows)('at %s: one payment, one order, one capture, one mail', async (point, stage) => {
    const before = await mails().catch(() => 0);
    const token = await purchase(point, stage);
    await recover(lab, () => reconcile(shop));
    await recover(lab, () => reconcile(shop));
    const { state, orderId } = await shop.read(token);
    const kinds = (await bookOf(token)).objects.map(({ kind, status }) => `${kind} ${status}`);
    const orders = await shop.query<Record<string, unknown>>(
      `SELECT order_id AS id, name, financial_status AS status, (SELECT count(*)::int FROM order_events e
         WHERE e.store_id = o.store_id AND e.order_id = o.order_id AND e.kind = 'mail_sent') AS mails
       FROM orders o WHERE store_id = $1`,
    );
    expect([state, kinds]).toEqual(['completed', ['auth authorized', 'capture succeeded']]);
    expect(orders).toEqual([{ id: orderId, name: '#T1001', status: 'paid', mails: 1 }]);
    expect((await mails()) - before).toBe(1);
    expect(await shop.stock()).toEqual({ onHand: 9, committed: 2, reserved: 0 });
    expect(await lab.get(StoreChecks).look(shop.storeId)).toEqual([]);
  });

  // Row 15: nobody pays, and who lets go of it dies on the way.
  it.each<[FaultPoint, Errand['verb']]>([
    ['checkout.settled', 'expire'],
    ['payments.operation-answered', 'drain'],
    ['checkout.freed', 'expire'],
  ])('at %s, its time being over: everything is free again, once', async (point, verb) => {
    const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity: 2 }]);
    await shop.pay(token);
    await bookOf(token);
    await shop.passTime(token);
    const { checkoutId } = await shop.read(token);
    if (point !== 'checkout.settled') await shop.expire(token);
    if (point === 'checkout.freed') await settleNothing(token);
    await killAt(
      lab,
      shop.storeId,
      point,
      verb === 'drain' ? { verb } : { verb: 'expire', checkoutId },
    );
    await recover(lab, () => reconcile(shop));
    await shop.passTime(token);
    await shop.expire(token);
    await recover(lab, () => reconcile(shop));
    expect((await shop.read(token)).state).toBe('expired');
    expect((await bookOf(token)).objects.filter(({ kind }) => kind === 'capture')).toEqual([]);
    expect(await shop.orders()).toEqual([]);
    expect(await shop.stock()).toEqual({ onHand: 9, committed: 0, reserved: 0 });
    expect(await lab.get(StoreChecks).look(shop.storeId)).toEqual([]);
  });

  /** The attempt has ended at the provider, as its cancellation has told; nothing was settled of it. */
  const settleNothing = async (token: string): Promise<void> => {
    const { paymentId } = await shop.read(token);
    const [operation] = await shop.query<{ id: string }>(
      'SELECT operation_id AS id FROM payment_operations WHERE store_id = $1 AND payment_id = $2',
      [paymentId],
    );
    await lab.get(OperationRunner).run(shop.storeId, operation?.id ?? '');
  };
});
