import type { z } from 'zod';
import { orderDetail, orderReturn, parcel, refund } from '@contract/orders';
import { dispute } from '@contract/payments';
import { newId } from '@libs/kernel';
import { NotificationsWorkerModule } from '@worker/notifications';
import type { Fact } from '../../payments/src/facts/fact';
import { tell } from '../../payments/test/payments-lab';
import { type OrderLab, openOrderLab, type Shop } from '../../orders/test/order-lab.builder';
import type { WebhookTopicName } from '../src/contract';
import { Webhooks } from '../src/webhooks/webhooks.service';
import { webhookTopics } from '../src/webhooks/webhook-topics';
import { openReceiver, type Receiver } from './webhook-receiver';

describe('webhooks about orders', () => {
  let lab: OrderLab;
  let shop: Shop;
  let receiver: Receiver;

  beforeAll(async () => {
    lab = await openOrderLab([NotificationsWorkerModule]);
    shop = await lab.aShop([9]);
    receiver = await openReceiver();
    const topics = Object.keys(webhookTopics) as WebhookTopicName[];
    await shop.write((store) =>
      lab.lab.get(Webhooks).create(store, { address: receiver.address, topics }),
    );
  });
  afterAll(async () => {
    await receiver.close();
    await lab.close();
  });

  /** What was told since the last look, without what stock says. */
  const heard = async (): Promise<Map<string, unknown>> => {
    await lab.lab.drain();
    const told = receiver.got.splice(0);
    return new Map(told.map((one) => [one.said('topic'), JSON.parse(one.body) as unknown]));
  };
  const strictly = (schema: z.ZodObject, body: unknown) => {
    const { orderId, ...rest } = body as { orderId: string };
    expect(orderId).toBeDefined();
    return schema.strict().parse(rest);
  };

  it('tell of an order from its placing to the return of its goods', async () => {
    const { orderId, lineIds } = await shop.sell([2]);
    const placed = await heard();
    expect(orderDetail.strict().parse(placed.get('orders/create')).id).toBe(orderId);
    expect(placed.has('inventory_levels/update')).toBe(true);
    const lines = [{ lineId: lineIds[0] ?? '', quantity: 1 }];
    const fulfilmentId = await shop.write((store) =>
      lab.orders.fulfil(store, orderId, { key: newId(), lines }),
    );
    const shipped = await heard();
    expect(strictly(parcel, shipped.get('fulfillments/create')).id).toBe(fulfilmentId);
    const returnId = await shop.write((store) =>
      lab.orders.requestReturn(store, orderId, { key: newId(), lines, by: 'customer' }),
    );
    const place = { orderId, returnId };
    expect(strictly(orderReturn, (await heard()).get('returns/request')).id).toBe(returnId);
    await shop.write((store) => lab.orders.decideReturn(store, place, { state: 'approved' }));
    expect((await heard()).has('returns/approve')).toBe(true);
    await shop.write((store) => lab.orders.receiveReturn(store, place));
    expect((await heard()).get('returns/receive')).toMatchObject({ orderId, state: 'received' });
    await shop.write((store) =>
      lab.orders.refundReturn(store, place, { key: newId(), charges: [], freeMinor: 0 }),
    );
    const refunded = await heard();
    expect(refunded.get('returns/refund')).toMatchObject({ state: 'refunded' });
    expect(strictly(refund, refunded.get('refunds/create')).amountMinor).toBeGreaterThan(0);
  });

  it('tell of a dispute and of how it ends', async () => {
    const { orderId, paymentId } = await shop.sell([1]);
    await heard();
    const say = async (status: 'open' | 'won') => {
      const at = new Date().toISOString();
      const money = { amountMinor: 4000, currency: 'EUR' };
      const fact = { kind: 'dispute', objectId: 'D-1', status, money, at, reason: 'fraudulent' };
      await tell(lab.lab, shop.storeId, paymentId, [fact as Fact]);
      return heard();
    };
    const opened = (await say('open')).get('disputes/create');
    expect(dispute.strict().parse(opened)).toMatchObject({ id: 'D-1', orderId, status: 'open' });
    const ended = await say('won');
    expect(ended.get('disputes/update')).toMatchObject({ id: 'D-1', status: 'won' });
    expect(ended.has('disputes/create')).toBe(false);
  });

  it('tell of an order that is cancelled', async () => {
    const { orderId } = await shop.sell([1]);
    const wish = { reason: 'customer', refund: false, restock: true } as const;
    await shop.write((store) => lab.orders.cancel(store, orderId, wish));
    const told = await heard();
    expect(orderDetail.strict().parse(told.get('orders/cancelled'))).toMatchObject({
      id: orderId,
      state: 'cancelled',
    });
  });
});
