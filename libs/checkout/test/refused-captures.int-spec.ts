import { refundOrder } from '@libs/kernel';
import { OrderChecks, Orders } from '@libs/orders';
import { NotificationsWorkerModule } from '@worker/notifications';
import type { Lab } from '@testing';
import { checkStock } from '../../catalog/src/stock/check-stock';
import { OrderSettings } from '../../orders/src/orders/order-settings.service';
import { SweepUnpaid } from '../../orders/src/worker/sweep-unpaid.job';
import type { PaymentProvider } from '../../payments/src/providers/payment-provider';
import { Providers } from '../../payments/src/providers/providers.service';
import { findOpenBalance } from '../src/drafts/open-balance.queries';
import { CheckoutTokens } from '../src/checkouts/checkout-tokens.service';
import { AskForRefusedMoney } from '../src/worker/ask-for-refused-money';
import { RunCancelUnpaid } from '../src/worker/run-cancel-unpaid.job';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { mailsIn } from './rig/mailbox';

/** A card that refuses what it authorized while `refuses`, and tells when it lets go. */
function refusing(card: PaymentProvider, refuses: () => boolean): PaymentProvider {
  const at = () => new Date().toISOString();
  return {
    ...card,
    open: (account) => {
      const opened = card.open(account);
      return {
        ...opened,
        capture: (wish) => {
          if (!refuses()) return opened.capture(wish);
          const { paymentId, money, key } = wish;
          const object = { objectId: `refused ${key}`, parentId: `auth ${paymentId}` };
          const told = { ...object, money, at: at(), operationKey: key, reason: 'card_declined' };
          return Promise.resolve([{ kind: 'capture', status: 'failed', ...told }]);
        },
        cancel: ({ paymentId }) => {
          const object = {
            objectId: `auth ${paymentId}`,
            money: { amountMinor: 0, currency: 'EUR' },
          };
          return Promise.resolve([{ kind: 'auth', status: 'voided', ...object, at: at() }]);
        },
      };
    },
  };
}

describe('an order whose money the provider refuses', () => {
  let lab: Lab;
  let shop: SellingStore;
  let refuses = true;

  beforeAll(async () => {
    lab = await openCheckoutLab([NotificationsWorkerModule]);
    const providers = lab.get(Providers) as unknown as { byCode: Map<string, PaymentProvider> };
    const card = providers.byCode.get('test');
    if (!card) throw new Error('The lab has no card.');
    providers.byCode.set(
      'test',
      refusing(card, () => refuses),
    );
  });
  beforeEach(async () => {
    refuses = true;
    shop = await aSellingStore(lab, 5);
  });
  afterAll(() => lab.close());

  /** An order of two shirts whose capture was refused; answers its id. */
  const refused = async (): Promise<string> => {
    const { token } = await shop.shopper([{ variant: shop.goods.small.id, quantity: 2 }]);
    await shop.pay(token);
    await shop.tell(token, { kind: 'auth', status: 'authorized' });
    await lab.drain();
    return (await shop.read(token)).orderId ?? '';
  };
  const view = (orderId: string) =>
    lab.db.read(shop.storeId, (store) => lab.get(Orders).get(store, orderId));
  const asked = (orderId: string) =>
    shop.query<{ id: string; state: string }>(
      `SELECT checkout_id AS id, state FROM checkouts WHERE store_id = $1 AND terms ->> 'orderId' = $2`,
      [orderId],
    );
  const linkOf = (orderId: string) =>
    lab.db.read(shop.storeId, async (store) => {
      const checkoutId = (await findOpenBalance(store, orderId)) ?? '';
      return lab.get(CheckoutTokens).of(shop.storeId, checkoutId);
    });
  const mails = async () => {
    const all = await mailsIn(lab);
    return all.filter(({ subject }) => subject?.includes('did not go through'));
  };
  const examine = () =>
    lab.db.read(shop.storeId, async (store) => {
      const checks = lab.get(OrderChecks);
      expect(await checks.check(store, null)).toEqual([]);
      expect(await checkStock(store, await checks.commitments(store))).toEqual([]);
    });
  const timeIsOver = async (orderId: string) => {
    await shop.sql(
      `UPDATE orders SET unpaid_until = unpaid_until - interval '72 hours 1 minute'
       WHERE store_id = $1 AND order_id = $2`,
      [orderId],
    );
    await lab.get(SweepUnpaid).tick();
    await lab.drain();
  };
  const set = (settings: { cancelUnpaid: boolean }) =>
    lab.db.write(shop.storeId, (store) =>
      lab
        .get(OrderSettings)
        .save(store, { holdDisputed: false, refundTenders: refundOrder, ...settings }),
    );

  it('asks the shopper once by a link, whose money takes the place of what was refused', async () => {
    const orderId = await refused();
    const { totalMinor, ...order } = await view(orderId);
    expect(order).toMatchObject({ captureFailed: true, owedMinor: totalMinor });
    expect(await asked(orderId)).toMatchObject([{ state: 'open' }]);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    const token = await linkOf(orderId);
    expect(mail?.text).toContain(`/checkouts/${token}`);
    expect(mail?.to?.[0]?.address).toBe('ada@example.com');

    // The process died after the commit, and the next try is refused as well.
    const context = { storeId: shop.storeId } as Parameters<AskForRefusedMoney['handle']>[1];
    await lab.get(AskForRefusedMoney).handle({ orderId }, context);
    await lab.drain({ until: new Date(Date.now() + 120_000) });
    expect(
      (await view(orderId)).timeline.filter(({ kind }) => kind === 'capture_failed'),
    ).toHaveLength(2);
    expect(await asked(orderId)).toHaveLength(1);
    expect(await mails()).toHaveLength(1);

    refuses = false;
    const consent = { marketing: false, terms: true };
    await shop.update(token, { paymentAccountId: shop.goods.accounts.card, consent });
    expect(await shop.pay(token)).toMatchObject({ kind: 'begun' });
    await shop.tell(token, { kind: 'auth', status: 'authorized' });
    await lab.drain({ until: new Date(Date.now() + 25_000_000) });
    expect(await view(orderId)).toMatchObject({
      financialStatus: 'paid',
      captureFailed: false,
      authorizedMinor: 0,
      capturedMinor: totalMinor,
      owedMinor: 0,
      overMinor: 0,
    });
    await set({ cancelUnpaid: true });
    await timeIsOver(orderId);
    expect(await view(orderId)).toMatchObject({ state: 'open', financialStatus: 'paid' });
    await examine();
  });

  it('takes the money at the next try, after which the link leads nowhere', async () => {
    const orderId = await refused();
    const token = await linkOf(orderId);
    refuses = false;
    await lab.drain({ until: new Date(Date.now() + 120_000) });
    expect(await view(orderId)).toMatchObject({ financialStatus: 'paid', overMinor: 0 });
    expect(await asked(orderId)).toMatchObject([{ state: 'expired' }]);
    expect(await shop.pay(token)).toMatchObject({ kind: 'expired' });
    await examine();
  });

  it('stays after 72 hours, unless the store wants it cancelled', async () => {
    const orderId = await refused();
    await timeIsOver(orderId);
    expect(await view(orderId)).toMatchObject({ state: 'open', captureFailed: true });
    expect(await asked(orderId)).toMatchObject([{ state: 'open' }]);
    expect(await shop.stock()).toMatchObject({ committed: 2 });
  });

  it('is cancelled after 72 hours where the store wants that, once, and its units are for sale again', async () => {
    await set({ cancelUnpaid: true });
    const orderId = await refused();
    await lab.get(SweepUnpaid).tick();
    await lab.drain();
    expect(await view(orderId)).toMatchObject({ state: 'open' });
    await timeIsOver(orderId);
    const context = { storeId: shop.storeId } as Parameters<RunCancelUnpaid['run']>[1];
    await lab.get(RunCancelUnpaid).run({ orderId }, context);
    const { timeline, ...order } = await view(orderId);
    expect(order).toMatchObject({
      state: 'cancelled',
      cancelReason: 'declined',
      authorizedMinor: 0,
    });
    expect(timeline.filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
    expect(await asked(orderId)).toMatchObject([{ state: 'expired' }]);
    expect(await shop.stock()).toMatchObject({ onHand: 5, committed: 0 });
    await examine();
  });

  it('is not cancelled while its link is being paid', async () => {
    await set({ cancelUnpaid: true });
    const orderId = await refused();
    const token = await linkOf(orderId);
    const consent = { marketing: false, terms: true };
    await shop.update(token, { paymentAccountId: shop.goods.accounts.card, consent });
    await shop.pay(token);
    await timeIsOver(orderId);
    expect(await view(orderId)).toMatchObject({ state: 'open' });
    await shop.tell(token, { kind: 'capture', status: 'succeeded' });
    await lab.drain();
    expect(await view(orderId)).toMatchObject({ state: 'open', financialStatus: 'paid' });
  });
});
