import { refundOrder } from '@libs/kernel';
import { Orders } from '@libs/orders';
import { Payments } from '@libs/payments';
import { StoreChecks } from '@libs/checkout';
import type { Lab } from '@testing';
import type { BookPayment } from '../../../apps/test-payments/src/books';
import type { TestPaymentsServer } from '../../../apps/test-payments/src/server';
import { OrderSettings } from '../../orders/src/orders/order-settings.service';
import { SweepUnpaid } from '../../orders/src/worker/sweep-unpaid.job';
import { type SellingStore, aSellingStore } from './checkout-lab.builder';
import { openProviderLab, payAt, type ProviderLab, reconcile } from './provider-lab.builder';
import { type Moment, killAt, recover } from './rig/killed';
import { mailsIn } from './rig/mailbox';

jest.setTimeout(240_000);

const never = { webhook: { never: true } };

describe('a worker killed while it deals with money that the provider refused', () => {
  let rig: ProviderLab;
  let lab: Lab;
  let provider: TestPaymentsServer;
  let shop: SellingStore;
  let email: string;

  beforeAll(async () => {
    rig = await openProviderLab();
    ({ lab, provider } = rig);
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab, 5);
    email = `ada-${shop.storeId}@example.test`;
    const settings = { holdDisputed: false, refundTenders: refundOrder, cancelUnpaid: true };
    await lab.db.write(shop.storeId, (store) => lab.get(OrderSettings).save(store, settings));
  });
  afterAll(() => rig.close());

  const bookOf = (paymentId: string | null): BookPayment => {
    const [book, ...others] = provider.books.list().filter((one) => one.paymentId === paymentId);
    if (!book || others.length > 0) throw new Error('It is not one payment at the provider.');
    return book;
  };
  const view = (orderId: string) =>
    lab.db.read(shop.storeId, (store) => lab.get(Orders).get(store, orderId));
  /** How often each of these kinds is in the timeline. */
  const told = async (orderId: string, ...kinds: string[]) => {
    const { timeline } = await view(orderId);
    return kinds.map((wanted) => timeline.filter(({ kind }) => kind === wanted).length);
  };
  const links = async () => {
    const rows = await shop.query<{ state: string }>(
      'SELECT state FROM checkouts WHERE store_id = $1 AND terms IS NOT NULL',
    );
    return rows.map(({ state }) => state);
  };
  const mails = async (about: string) =>
    (await mailsIn(lab)).filter(
      ({ to, subject }) => to?.[0]?.address === email && subject?.includes(about),
    ).length;
  /** What is wanted of the provider, and wanted again, is due. */
  const comes = async () => {
    await shop.sql(`UPDATE payment_operations SET next_at = now()
      WHERE store_id = $1 AND state IN ('wanted', 'sent')`);
    await shop.sql(`UPDATE jobs SET run_at = now() WHERE store_id = $1 AND state = 'ready'`);
  };
  const survive = async () => {
    await recover(lab, () => reconcile(shop));
    await recover(lab, () => reconcile(shop));
  };
  const isSound = async () => expect(await lab.get(StoreChecks).look(shop.storeId)).toEqual([]);

  /** An order whose capture is refused, and will be for good when it is asked for next. */
  const aRefusedOrder = async () => {
    const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity: 2 }], {
      email,
    });
    await shop.pay(token);
    const { paymentId } = await shop.read(token);
    const book = bookOf(paymentId);
    provider.behave(book.account, { ...never, capture: 'fail' });
    await payAt(provider, book);
    await lab.get(Payments).refresh(shop.storeId, book.paymentId);
    await shop.settle(token);
    await lab.drain();
    await shop.sql(`UPDATE payment_operations SET round = 4 WHERE store_id = $1`);
    await comes();
    return { book, orderId: (await shop.read(token)).orderId ?? '' };
  };

  it.each<Moment>([
    'payments.operation-taken',
    'orders.refusal-noted',
    'checkout.refused-asked',
    'notifications.mail-sent',
    'outbox.carried',
    'jobs.ran',
    'jobs.ran#2',
    'jobs.ran#3',
    'jobs.ran#4',
  ])('at %s: the refusal is noted once, and asked for by one link and one mail', async (moment) => {
    const { orderId, book } = await aRefusedOrder();
    await killAt(lab, shop.storeId, moment);
    await survive();
    expect(await told(orderId, 'capture_failed')).toEqual([1]);
    expect(await links()).toEqual(['open']);
    expect(await mails('did not go through')).toBe(1);
    expect(await view(orderId)).toMatchObject({ state: 'open', captureFailed: true });
    expect(bookOf(book.paymentId).objects.map(({ status }) => status)).toEqual(['authorized']);
    expect(await shop.stock()).toEqual({ onHand: 5, committed: 2, reserved: 0 });
    await isSound();
  });

  it.each<Moment>([
    'orders.capture-retried',
    'payments.operation-taken',
    'payments.operation-answered',
    'jobs.ran',
    'jobs.ran#2',
    'jobs.ran#3',
  ])('at %s, the provider taking it now: it is taken once, and the link ends', async (moment) => {
    const { orderId, book } = await aRefusedOrder();
    await lab.drain();
    provider.behave(book.account, never);
    await comes();
    await killAt(lab, shop.storeId, moment);
    await survive();
    const { objects } = bookOf(book.paymentId);
    expect(objects.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'auth authorized',
      'capture succeeded',
    ]);
    expect(await view(orderId)).toMatchObject({ financialStatus: 'paid', overMinor: 0 });
    expect(await links()).toEqual(['expired']);
    expect(await mails('did not go through')).toBe(1);
    expect(await shop.stock()).toEqual({ onHand: 5, committed: 2, reserved: 0 });
    await isSound();
  });

  it.each<Moment>([
    'checkout.asking-ended',
    'checkout.unpaid-given-up',
    'payments.operation-taken',
    'payments.operation-answered',
    'notifications.mail-sent',
    'notifications.mail-noted',
    'outbox.carried',
    'jobs.ran',
    'jobs.ran#2',
    'jobs.ran#3',
  ])('at %s, the time to pay being over: it is cancelled once, with one mail', async (moment) => {
    const { orderId, book } = await aRefusedOrder();
    await lab.drain();
    await shop.sql('UPDATE orders SET unpaid_until = now() WHERE store_id = $1');
    await lab.get(SweepUnpaid).tick();
    await killAt(lab, shop.storeId, moment);
    await lab.get(SweepUnpaid).tick();
    await survive();
    expect(await view(orderId)).toMatchObject({
      state: 'cancelled',
      cancelReason: 'declined',
      authorizedMinor: 0,
      capturedMinor: 0,
      refunds: [],
    });
    expect(await told(orderId, 'cancelled', 'mail_sent')).toEqual([1, 2]);
    expect(await links()).toEqual(['expired']);
    expect([await mails('did not go through'), await mails('cancelled')]).toEqual([1, 1]);
    expect(bookOf(book.paymentId).objects.map(({ status }) => status)).toEqual(['voided']);
    expect(await shop.stock()).toEqual({ onHand: 5, committed: 0, reserved: 0 });
    await isSound();
  });
});
