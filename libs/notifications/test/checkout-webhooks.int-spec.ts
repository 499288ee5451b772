import { checkout } from '@contract/checkout';
import { Customers } from '@libs/customers';
import { newId } from '@libs/kernel';
import type { Lab } from '@testing';
import { NotificationsWorkerModule } from '@worker/notifications';
import {
  aSellingStore,
  berlin,
  openCheckoutLab,
  type SellingStore,
} from '../../checkout/test/checkout-lab.builder';
import { Drafts } from '../../checkout/src/drafts/drafts.service';
import type { WebhookTopicName } from '../src/contract';
import { Webhooks } from '../src/webhooks/webhooks.service';
import { openReceiver, type Receiver } from './webhook-receiver';

const topics: WebhookTopicName[] = ['checkouts/create', 'checkouts/update', 'checkouts/delete'];
const address = { ...berlin, name: 'Grace Hopper', phone: '+4930901820' };
const traces = /grace|hopper|\+4930901820/i;

interface Told {
  topic: string;
  body: { id: string };
}

describe('webhooks about checkouts', () => {
  let lab: Lab;
  let shop: SellingStore;
  let receiver: Receiver;

  beforeAll(async () => {
    lab = await openCheckoutLab([NotificationsWorkerModule]);
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab, 50);
    receiver = await openReceiver();
    await listen(shop, receiver);
  });
  afterEach(() => receiver.close());
  afterAll(() => lab.close());

  const listen = (to: SellingStore, { address: at }: Receiver, what = topics) =>
    lab.db.write(to.storeId, (store) =>
      lab.get(Webhooks).create(store, { address: at, topics: what }),
    );
  const heardSoFar = (): Told[] =>
    receiver.got
      .splice(0)
      .map((one) => ({ topic: one.said('topic'), body: JSON.parse(one.body) as Told['body'] }));
  /** What is told without any waiting. */
  const heardNow = async (): Promise<Told[]> => {
    await lab.drain();
    return heardSoFar();
  };
  /** What is told once what changed was gathered. */
  const heard = async (): Promise<Told[]> => {
    await lab.drain();
    await lab.drain({ until: new Date(Date.now() + 15_000) });
    return heardSoFar();
  };
  /** A checkout with nothing said in it. */
  const begin = async (): Promise<string> => {
    const { cartToken } = await shop.shopper([{ variant: shop.goods.medium.id, quantity: 2 }]);
    await shop.sql(`UPDATE checkouts SET state = 'expired' WHERE store_id = $1`);
    await heard();
    return shop.start(cartToken);
  };

  it('tell of one that begins, at once and in the form of the API', async () => {
    const token = await begin();
    const { checkoutId } = await shop.read(token);
    const [told, ...more] = await heardNow();
    expect(more).toEqual([]);
    expect(told?.topic).toBe('checkouts/create');
    expect(checkout.strict().parse(told?.body)).toMatchObject({
      id: checkoutId,
      state: 'open',
      email: null,
      currency: 'EUR',
      lines: [{ title: 'Linen shirt', quantity: 2, unitMinor: 5200, subtotalMinor: 10_400 }],
      totals: { subtotalMinor: 10_400 },
      recoveryUrl: expect.stringMatching(new RegExp(`/checkouts/${token}$`)),
      orderId: null,
      completedAt: null,
    });
    expect(await heard()).toEqual([]);
  });

  it('tell of a burst of changes once, as it stands at its end', async () => {
    const token = await begin();
    await heardNow();
    for (const email of ['g@example.test', 'gr@example.test', 'grace@example.test'])
      await shop.update(token, { email });
    expect(await heardNow()).toEqual([]);
    await shop.update(token, {
      shippingAddress: address,
      consent: { marketing: true, terms: false },
    });
    const told = await heard();
    expect(told.map(({ topic }) => topic)).toEqual(['checkouts/update']);
    expect(checkout.strict().parse(told[0]?.body)).toMatchObject({
      email: 'grace@example.test',
      shippingAddress: address,
      consent: { marketing: true, terms: false },
      delivery: { kind: 'shipping', priceMinor: 490 },
      totals: { shippingMinor: 490 },
    });
    await shop.update(token, { phone: '+4930901820' });
    expect(await heard()).toMatchObject([
      { topic: 'checkouts/update', body: { phone: '+4930901820' } },
    ]);
  });

  it('tell of the order that came of it', async () => {
    const { token } = await shop.shopper([{ variant: shop.goods.medium.id }]);
    await heard();
    await shop.pay(token);
    expect(await heard()).toMatchObject([{ topic: 'checkouts/update', body: { state: 'paying' } }]);
    await shop.tell(token, { kind: 'auth', status: 'authorized' });
    const settled = await shop.settle(token);
    const orderId = settled.kind === 'placed' ? settled.orderId : '';
    const told = await heard();
    expect(told).toMatchObject([
      { topic: 'checkouts/update', body: { state: 'completed', orderId, recoveryUrl: null } },
    ]);
    expect(checkout.strict().parse(told[0]?.body).completedAt).not.toBeNull();
  });

  it('tell of one whose time is over as deleted, and of nothing that came before it', async () => {
    const token = await begin();
    await heardNow();
    const { checkoutId } = await shop.read(token);
    await shop.update(token, { email: 'grace@example.test' });
    await shop.passTime(token);
    await shop.expire(token);
    expect(await heard()).toEqual([{ topic: 'checkouts/delete', body: { id: checkoutId } }]);
  });

  it('say nothing by which somebody could pay or be the shopper', async () => {
    const { token } = await shop.shopper([{ variant: shop.goods.medium.id }]);
    await shop.pay(token);
    const { payKey, paymentId, browserHash, cartId } = await shop.read(token);
    await lab.drain();
    await lab.drain({ until: new Date(Date.now() + 15_000) });
    const said = receiver.got.map(({ body }) => body).join('\n');
    expect(said).toContain('paying');
    const secrets = [payKey, paymentId, browserHash, cartId, shop.goods.accounts.card];
    for (const secret of secrets) expect(said).not.toContain(secret ?? 'missing');
  });

  it('tell nothing of what staff agreed on, and nothing of another store', async () => {
    const other = await aSellingStore(lab, 5);
    await other.shopper([{ variant: other.goods.medium.id }]);
    await lab.db.write(shop.storeId, (store) =>
      lab.get(Drafts).create(store, {
        lines: [{ variantId: shop.goods.medium.variantId, quantity: 1 }],
      }),
    );
    await shop.sql(`UPDATE checkouts SET expires_at = now() WHERE store_id = $1`);
    expect(await heard()).toEqual([]);
  });

  it('are not gathered for a store to which nobody listens', async () => {
    const other = await aSellingStore(lab, 5);
    await listen(other, receiver, ['checkouts/create']);
    await other.shopper([{ variant: other.goods.medium.id }]);
    await lab.drain();
    const asked = await other.query<{ name: string }>(
      `SELECT name FROM jobs WHERE store_id = $1 AND name = 'notifications.tell-checkout'`,
    );
    expect(asked).toEqual([]);
  });

  it('are forgotten with whom they name, also what was told before the address was known', async () => {
    const token = await begin();
    await shop.update(token, { shippingAddress: address, paymentAccountId: newId() });
    await heard();
    const change = { email: 'grace@example.test', consent: { marketing: false, terms: true } };
    await shop.update(token, change);
    await shop.update(token, { paymentAccountId: shop.goods.accounts.card });
    await shop.pay(token);
    await shop.tell(token, { kind: 'auth', status: 'authorized' });
    await shop.settle(token);
    await heard();
    const kept = async () =>
      (
        await shop.query<{ payload: string }>(
          'SELECT payload FROM webhook_events WHERE store_id = $1',
        )
      ).filter(({ payload }) => traces.test(payload)).length;
    expect(await kept()).toBeGreaterThan(1);
    const customers = lab.get(Customers);
    await lab.db.write(shop.storeId, async (store) => {
      const found = await customers.findByEmail(store, 'grace@example.test');
      await store.execute(
        `UPDATE orders SET state = 'archived' WHERE store_id = $1 AND customer_id = $2`,
        [shop.storeId, found?.id],
      );
      await store.execute(
        `UPDATE orders SET fulfilment_status = 'fulfilled', financial_status = 'paid' WHERE store_id = $1`,
        [shop.storeId],
      );
      await customers.erase(store, found?.id ?? '');
    });
    expect(await kept()).toBe(0);
  });
});
