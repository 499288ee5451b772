import * as fc from 'fast-check';
import { CheckoutModule } from '@libs/checkout';
import { AppError } from '@libs/kernel';
import { checkStock } from '../../catalog/src/stock/check-stock';
import { OrderChecks } from '../src/checks/order-checks.service';
import { deriveStatuses } from '../src/status/restate';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';
import { anyStep, takeStep } from './sequence-steps';

describe('any sequence of what staff and providers do', () => {
  let lab: OrderLab;
  let exchanges = 0;

  beforeAll(async () => {
    lab = await openOrderLab([CheckoutModule]);
  });
  afterAll(() => lab.close());

  const examine = async (shop: Shop, sale: Sale): Promise<void> => {
    await shop.read(async (store) => {
      const order = await lab.orders.get(store, sale.orderId);
      expect(await deriveStatuses(store, sale.orderId)).toEqual({
        financialStatus: order.financialStatus,
        fulfilmentStatus: order.fulfilmentStatus,
        returnStatus: order.returnStatus,
      });
      const checks = lab.lab.get(OrderChecks);
      expect(await checks.check(store, null)).toEqual([]);
      expect(await checkStock(store, await checks.commitments(store))).toEqual([]);
      for (const line of order.lines) {
        expect(line.open).toBeGreaterThanOrEqual(0);
        expect(line.shipped + line.removed + line.refundedUnshipped + line.open).toBe(
          line.quantity,
        );
        expect(line.refundedMinor).toBeLessThanOrEqual(line.totalMinor);
      }
      const [asked] = await store.query<{ minor: number }>(
        'SELECT amount_minor AS minor FROM payments WHERE payment_id = $1',
        [sale.paymentId],
      );
      const { owedMinor, overMinor } = order;
      expect(Math.min(owedMinor, overMinor)).toBe(0);
      for (const { capturedMinor, refundedMinor, authorizedMinor } of order.payments) {
        expect(refundedMinor).toBeLessThanOrEqual(capturedMinor);
        // I21: never more than the payment was asked for, whatever the order costs by now.
        expect(capturedMinor + authorizedMinor).toBeLessThanOrEqual(asked?.minor ?? 0);
      }
      const wanted = order.timeline.filter(({ kind }) => kind === 'refund_wanted');
      const moved = order.refunds.filter(({ kind }) => kind !== 'exchange');
      expect(wanted).toHaveLength(moved.length);
      const exchanged = order.refunds.filter(({ kind }) => kind === 'exchange');
      const credit = exchanged.reduce((all, { amountMinor }) => all + amountMinor, 0);
      expect(order.dueMinor).toBe(order.totalMinor - credit);
      exchanges += exchanged.length;
      const operations = await store.query<{ n: number }>(
        `SELECT sum(amount_minor)::int AS n FROM payment_operations WHERE payment_id = $1 AND kind = 'refund'`,
        [sale.paymentId],
      );
      const promised = moved.reduce((all, { amountMinor }) => all + amountMinor, 0);
      expect(operations[0]?.n ?? 0).toBe(promised);
    });
  };

  it('leaves units, money and statuses in agreement', async () => {
    let refused = 0;
    let done = 0;
    exchanges = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('captured' as const, 'authorized' as const, 'none' as const),
        fc.array(anyStep, { minLength: 3, maxLength: 9 }),
        async (money, steps) => {
          const shop = await lab.aShop([9, null]);
          const sale = await shop.sell([3, 2], { money });
          const { charges } = await shop.read((store) => lab.orders.get(store, sale.orderId));
          for (const what of steps) {
            const scene = { lab, shop, sale, chargeId: charges[0]?.id ?? '' };
            const refusal = await takeStep(scene, what).then(
              () => null,
              (error: unknown) => error,
            );
            if (refusal !== null) expect(refusal).toBeInstanceOf(AppError);
            if (refusal !== null) refused += 1;
            else if (what.kind !== 'answer') done += 1;
            await examine(shop, sale);
          }
        },
      ),
      { numRuns: Number(process.env.CARAVEL_SOAK_ROUNDS ?? 12), seed: 2611 },
    );
    expect(done).toBeGreaterThan(5);
    expect(refused).toBeGreaterThan(5);
    expect(exchanges).toBeGreaterThan(0);
  }, 180_000);
});
