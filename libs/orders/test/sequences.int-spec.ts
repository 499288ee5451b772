import * as fc from 'fast-check';
import { CheckoutModule } from '@libs/checkout';
import { AppError, newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { Exchanges } from '../../checkout/src/edits/exchanges.service';
import { OrderEdits } from '../../checkout/src/edits/order-edits.service';
import { checkStock } from '../../catalog/src/stock/check-stock';
import { OrderChecks } from '../src/checks/order-checks.service';
import { deriveStatuses } from '../src/status/restate';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

type Step =
  | { kind: 'fulfil'; line: number; quantity: number }
  | { kind: 'fulfil-all' }
  | {
      kind: 'refund';
      line: number;
      quantity: number;
      restock: 'return' | 'cancel' | 'no_restock';
      shipping: number;
      free: number;
    }
  | { kind: 'cancel'; refund: boolean; restock: boolean }
  | { kind: 'capture'; amount: number | undefined }
  | { kind: 'answer' }
  | { kind: 'edit'; line: number; quantity: number; added: number; percent: number | null }
  | { kind: 'give-over' }
  | { kind: 'send-back'; line: number; quantity: number }
  | { kind: 'exchange'; line: number; quantity: number; for: number; unit: number | undefined }
  | { kind: 'hold'; onHold: boolean };

const small = fc.integer({ min: 0, max: 1 });
const step = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.record({ kind: fc.constant('fulfil'), line: small, quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('fulfil-all') }),
  fc.record({
    kind: fc.constant('refund'),
    line: small,
    quantity: fc.integer({ min: 1, max: 3 }),
    restock: fc.constantFrom('return', 'cancel', 'no_restock'),
    shipping: fc.constantFrom(0, 0, 100, 490),
    free: fc.constantFrom(0, 0, 300, -200),
  }),
  fc.record({ kind: fc.constant('cancel'), refund: fc.boolean(), restock: fc.boolean() }),
  fc.record({ kind: fc.constant('capture'), amount: fc.constantFrom(undefined, 1000) }),
  fc.record({ kind: fc.constant('answer') }),
  fc.record({
    kind: fc.constant('edit'),
    line: small,
    quantity: fc.integer({ min: 0, max: 5 }),
    added: fc.integer({ min: 0, max: 2 }),
    percent: fc.constantFrom(null, null, 0, 15, 100),
  }),
  fc.record({ kind: fc.constant('give-over') }),
  fc.record({
    kind: fc.constant('send-back'),
    line: small,
    quantity: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('exchange'),
    line: small,
    quantity: fc.integer({ min: 1, max: 2 }),
    for: small,
    unit: fc.constantFrom(undefined, undefined, 3000, 6500),
  }),
  fc.record({ kind: fc.constant('hold'), onHold: fc.boolean() }),
);

describe('any sequence of what staff and providers do', () => {
  let lab: OrderLab;
  let exchanges = 0;

  beforeAll(async () => {
    lab = await openOrderLab([CheckoutModule]);
  });
  afterAll(() => lab.close());

  const act = (shop: Shop, sale: Sale, chargeId: string, what: Step): Promise<unknown> => {
    const { orderId, lineIds } = sale;
    const lineId = (index: number) => lineIds[index] ?? '';
    return shop.write<unknown>((store) => {
      switch (what.kind) {
        case 'fulfil':
          return lab.orders.fulfil(store, orderId, {
            key: newId(),
            lines: [{ lineId: lineId(what.line), quantity: what.quantity }],
          });
        case 'fulfil-all':
          return lab.orders.fulfil(store, orderId, { key: newId() });
        case 'refund':
          return lab.orders.refund(store, orderId, {
            key: newId(),
            lines: [{ ...what, lineId: lineId(what.line) }],
            charges: what.shipping > 0 ? [{ chargeId, amountMinor: what.shipping }] : [],
            freeMinor: what.free,
          });
        case 'cancel':
          return lab.orders.cancel(store, orderId, { ...what, reason: 'other' });
        case 'capture':
          return lab.orders.capture(store, orderId, { key: newId(), amountMinor: what.amount });
        case 'edit':
          return lab.lab.get(OrderEdits).commit(store, orderId, {
            wish: {
              lines: [
                {
                  lineId: lineId(what.line),
                  quantity: what.quantity,
                  discount: what.percent === null ? undefined : { percent: what.percent },
                },
              ],
              add:
                what.added > 0
                  ? [{ variantId: shop.items[what.line] ?? '', quantity: what.added }]
                  : [],
            },
            terms: { key: newId(), reason: null, notify: false },
          });
        case 'give-over':
          return lab.orders.refund(store, orderId, {
            key: newId(),
            lines: [],
            charges: [],
            freeMinor: 0,
            overpaid: true,
          });
        case 'send-back':
          return sendBack(store, orderId, { lineId: lineId(what.line), quantity: what.quantity });
        case 'exchange':
          return exchange(store, orderId, {
            lineId: lineId(what.line),
            quantity: what.quantity,
            replacement: { variantId: shop.items[what.for] ?? '', unitMinor: what.unit },
          });
        case 'hold':
          return lab.orders.change(store, orderId, { onHold: what.onHold });
        default:
          return Promise.resolve();
      }
    });
  };

  const sendBack = async (
    store: StoreWriter,
    orderId: string,
    units: { lineId: string; quantity: number },
  ): Promise<void> => {
    const { orders } = lab;
    const wish = { key: newId(), lines: [units], by: 'staff' } as const;
    const returnId = await orders.requestReturn(store, orderId, wish);
    const place = { orderId, returnId };
    await orders.receiveReturn(store, place);
    await orders.refundReturn(store, place, { key: newId(), charges: [], freeMinor: 0 });
  };

  const exchange = async (
    store: StoreWriter,
    orderId: string,
    units: {
      lineId: string;
      quantity: number;
      replacement: { variantId: string; unitMinor?: number };
    },
  ): Promise<void> => {
    const { orders } = lab;
    const wish = { key: newId(), lines: [units], by: 'staff' } as const;
    const returnId = await orders.requestReturn(store, orderId, wish);
    const place = { orderId, returnId };
    await orders.receiveReturn(store, place);
    await lab.lab.get(Exchanges).complete(store, place, { notify: false });
  };

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
        fc.array(step, { minLength: 3, maxLength: 9 }),
        async (money, steps) => {
          const shop = await lab.aShop([9, null]);
          const sale = await shop.sell([3, 2], { money });
          const { charges } = await shop.read((store) => lab.orders.get(store, sale.orderId));
          for (const what of steps) {
            if (what.kind === 'answer') await shop.answer(sale);
            else {
              const refusal = await act(shop, sale, charges[0]?.id ?? '', what).then(
                () => null,
                (error: unknown) => error,
              );
              if (refusal !== null) expect(refusal).toBeInstanceOf(AppError);
              if (refusal === null) done += 1;
              else refused += 1;
            }
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
