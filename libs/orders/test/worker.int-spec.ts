import { newId, refundOrder } from '@libs/kernel';
import type { Orders } from '@libs/orders';
import { paymentAlarms } from '@libs/payments';
import { OrdersWorkerModule } from '@worker/orders';
import { tell } from '../../payments/test/payments-lab';
import { OrderSettings } from '../src/orders/order-settings.service';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

const { OperationFailed } = paymentAlarms;

describe('what orders hear of their payments', () => {
  let lab: OrderLab;
  let orders: Orders;
  let shop: Shop;

  beforeAll(async () => {
    lab = await openOrderLab([OrdersWorkerModule]);
    orders = lab.orders;
  });
  beforeEach(async () => {
    shop = await lab.aShop([10]);
  });
  afterAll(() => lab.close());

  const view = ({ orderId }: Sale) => shop.read((store) => orders.get(store, orderId));
  const at = () => new Date().toISOString();
  const money = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
  const published = (sale: Sale) =>
    lab.lab.db.acrossStores('read the outbox in a test', (tx) =>
      tx.query<{ name: string }>(
        `SELECT name FROM outbox_events WHERE payload->>'orderId' = $1 AND name LIKE 'orders.%' ORDER BY 1`,
        [sale.orderId],
      ),
    );
  const refuse = (
    sale: Sale,
    refusal: { kind: 'capture' | 'refund'; key: string; last: boolean },
  ) =>
    shop.write(async (store) => {
      await store.execute(`UPDATE payment_operations SET state = 'failed' WHERE payment_id = $1`, [
        sale.paymentId,
      ]);
      store.publish(OperationFailed, {
        paymentId: sale.paymentId,
        checkoutId: newId(),
        orderId: sale.orderId,
        operationId: newId(),
        reason: 'card_declined',
        ...refusal,
      });
    });

  it('money that comes later is on the order, and told once', async () => {
    const sale = await shop.sell([1], { money: 'none' });
    const fact = { kind: 'capture', status: 'succeeded', objectId: 'c1', at: at() } as const;
    await lab.lab.drain();
    await tell(lab.lab, shop.storeId, sale.paymentId, [{ ...fact, money: money(5490) }]);
    for (let look = 0; look < 3; look += 1) {
      await shop.write((store) => orders.takeStockOfMoney(store, sale.orderId));
    }
    expect(await published(sale)).toEqual([{ name: 'orders.order-paid' }]);
    await lab.lab.drain();
    const { financialStatus, timeline } = await view(sale);
    expect(financialStatus).toBe('paid');
    expect(timeline.map(({ kind }) => kind)).toEqual(['placed', 'captured', 'paid']);
  });

  it('a refused capture is flagged and wanted again after a minute, a quarter and six hours', async () => {
    const sale = await shop.sell([1], { money: 'authorized' });
    await refuse(sale, { kind: 'capture', key: `order:${sale.orderId}`, last: false });
    await lab.lab.drain();
    expect(await view(sale)).toMatchObject({ captureFailed: false });
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await refuse(sale, { kind: 'capture', key: `try ${round}`, last: true });
      await lab.lab.drain();
      const [job] = await lab.lab.db.acrossStores('read jobs in a test', (tx) =>
        tx.query<{ seconds: number }>(
          `DELETE FROM jobs WHERE name = 'orders.retry-capture' AND state = 'ready' AND store_id = $1
           RETURNING round(extract(epoch FROM run_at - now()))::int AS seconds`,
          [shop.storeId],
        ),
      );
      if (job) waits.push(Math.round(job.seconds / 60));
    }
    expect(waits).toEqual([1, 15, 360]);
    const { captureFailed, financialStatus, timeline } = await view(sale);
    expect([captureFailed, financialStatus]).toEqual([true, 'authorized']);
    expect(timeline.filter(({ kind }) => kind === 'capture_failed')).toHaveLength(4);
  });

  it('a dispute stands in the timeline once and is a risk until it is won', async () => {
    const sale = await shop.sell([1]);
    const say = async (status: 'open' | 'won') => {
      const fact = {
        kind: 'dispute',
        objectId: 'D-1',
        status,
        money: money(4000),
        at: at(),
      } as const;
      await tell(lab.lab, shop.storeId, sale.paymentId, [fact]);
      await lab.lab.drain();
      const { risk, timeline } = await view(sale);
      const told = timeline.filter(({ kind }) => kind === 'disputed').map(({ data }) => data);
      return { risk, told };
    };
    const opened = { disputeId: 'D-1', status: 'open' };
    expect(await say('open')).toEqual({ risk: ['disputed'], told: [opened] });
    expect(await say('open')).toEqual({ risk: ['disputed'], told: [opened] });
    const won = { disputeId: 'D-1', status: 'won' };
    expect(await say('won')).toEqual({ risk: [], told: [opened, won] });
  });

  it('a disputed order ships nothing more where the store wants that, until the dispute is won', async () => {
    const sale = await shop.sell([2]);
    const fact = { kind: 'dispute', objectId: 'D-2', money: money(4000), at: at() } as const;
    const say = async (status: 'open' | 'won') => {
      await tell(lab.lab, shop.storeId, sale.paymentId, [{ ...fact, status }]);
      await lab.lab.drain();
    };
    const ship = () =>
      shop.write((store) =>
        orders.fulfil(store, sale.orderId, {
          key: newId(),
          lines: [{ lineId: sale.lineIds[0] ?? '', quantity: 1 }],
        }),
      );
    await say('open');
    await ship();
    await shop.write((store) =>
      lab.lab.get(OrderSettings).save(store, {
        cancelUnpaid: false,
        holdDisputed: true,
        refundTenders: refundOrder,
      }),
    );
    await expect(ship()).rejects.toMatchObject({
      code: 'orders.disputed',
      params: { name: sale.name, dispute: 'D-2' },
    });
    await say('won');
    await ship();
    expect((await view(sale)).fulfilmentStatus).toBe('fulfilled');
  });

  it('the next try is an operation of its own, and success clears the flag', async () => {
    const sale = await shop.sell([1], { money: 'authorized' });
    await lab.lab.drain();
    await refuse(sale, { kind: 'capture', key: `order:${sale.orderId}`, last: true });
    await lab.lab.drain();
    await lab.lab.drain({ until: new Date(Date.now() + 120_000) });
    const wanted = await shop.read((store) =>
      store.query(`SELECT key FROM payment_operations WHERE payment_id = $1 AND state = 'wanted'`, [
        sale.paymentId,
      ]),
    );
    expect(wanted).toEqual([{ key: `order:${sale.orderId}:try:1` }]);
    await shop.answer(sale);
    expect(await view(sale)).toMatchObject({ captureFailed: false, financialStatus: 'paid' });
  });

  it('a refused refund has failed, and its money may be given back another way', async () => {
    const sale = await shop.sell([1]);
    const refund = { lines: [], charges: [], freeMinor: 5490 };
    const refundId = await shop.write((store) =>
      orders.refund(store, sale.orderId, { key: newId(), ...refund }),
    );
    await refuse(sale, { kind: 'refund', key: `refund:${refundId}:1`, last: true });
    await lab.lab.drain();
    const { refunds, financialStatus, timeline } = await view(sale);
    expect(refunds).toMatchObject([{ state: 'failed', tenders: [{ state: 'failed' }] }]);
    expect(financialStatus).toBe('paid');
    expect(timeline.at(-1)).toMatchObject({ kind: 'refund_failed', data: { refundId } });
  });
});
