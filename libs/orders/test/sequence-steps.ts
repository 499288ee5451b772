import * as fc from 'fast-check';
import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { Exchanges } from '../../checkout/src/edits/exchanges.service';
import { OrderEdits } from '../../checkout/src/edits/order-edits.service';
import type { OrderLab, Sale, Shop } from './order-lab.builder';

/** What staff or a provider do to an order. */
export type Step =
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
/** Any of them. */
export const anyStep = fc.oneof<fc.Arbitrary<Step>[]>(
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

/** The order that steps are of. */
export interface Scene {
  lab: OrderLab;
  shop: Shop;
  sale: Sale;
  /** The order's delivery. */
  chargeId: string;
}

/** Does a step in a transaction of its own. @throws what the platform refuses it with */
export function takeStep({ lab, shop, sale, chargeId }: Scene, what: Step): Promise<unknown> {
  const { orderId, lineIds } = sale;
  if (what.kind === 'answer') return shop.answer(sale);
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
        return sendBack(lab, store, orderId, {
          lineId: lineId(what.line),
          quantity: what.quantity,
        });
      case 'exchange':
        return exchange(lab, store, orderId, {
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
}

async function sendBack(
  lab: OrderLab,
  store: StoreWriter,
  orderId: string,
  units: { lineId: string; quantity: number },
): Promise<void> {
  const { orders } = lab;
  const wish = { key: newId(), lines: [units], by: 'staff' } as const;
  const returnId = await orders.requestReturn(store, orderId, wish);
  const place = { orderId, returnId };
  await orders.receiveReturn(store, place);
  await orders.refundReturn(store, place, { key: newId(), charges: [], freeMinor: 0 });
}

async function exchange(
  lab: OrderLab,
  store: StoreWriter,
  orderId: string,
  units: {
    lineId: string;
    quantity: number;
    replacement: { variantId: string; unitMinor?: number };
  },
): Promise<void> {
  const { orders } = lab;
  const wish = { key: newId(), lines: [units], by: 'staff' } as const;
  const returnId = await orders.requestReturn(store, orderId, wish);
  const place = { orderId, returnId };
  await orders.receiveReturn(store, place);
  await lab.lab.get(Exchanges).complete(store, place, { notify: false });
}
