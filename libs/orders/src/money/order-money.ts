import type { Payments, PaymentView } from '@libs/payments';
import type { PaidTender } from '@libs/kernel';
import type { StoreReader } from '@platform/database';
import { type OrderRow, readTenders } from '../orders/order-rows.queries';
import type { MoneySums } from '../status/financial-status';

/** What an order's payments and its stored value come to. */
export interface OrderMoney {
  views: PaymentView[];
  sums: Omit<MoneySums, 'dueMinor'>;
  /** What may be given back to whom: `refundedMinor` is all that went back or is on its way. */
  tenders: PaidTender[];
}

interface OnItsWay {
  kind: PaidTender['kind'];
  id: string;
  state: 'pending' | 'succeeded' | 'failed';
  /** It went to the customer's credit instead. */
  credited: boolean;
  amountMinor: number;
}

/** Reads what was paid for an order, and what of it may still go back. */
export async function readMoney(
  store: StoreReader,
  payments: Payments,
  { orderId }: Pick<OrderRow, 'orderId'>,
): Promise<OrderMoney> {
  const views = await payments.ofOrder(store, orderId);
  const stored = (await readTenders(store, orderId)).filter(({ kind }) => kind !== 'provider');
  const back = await readBack(store, orderId);
  const credited = (id: string) =>
    sum(
      back.filter((row) => row.id === id && row.credited),
      (row) => row.amountMinor,
    );
  const backTo = (id: string, ...states: OnItsWay['state'][]) =>
    sum(
      back.filter((row) => row.id === id && states.includes(row.state)),
      (row) => row.amountMinor,
    );
  return {
    views,
    sums: {
      authorizedMinor: sum(views, (view) => view.authorizedMinor),
      capturedMinor:
        sum(views, (view) => view.capturedMinor) + sum(stored, (row) => row.amountMinor),
      refundedMinor:
        sum(views, (view) => view.refundedMinor + credited(view.paymentId)) +
        sum(stored, ({ id }) => backTo(id, 'succeeded')),
      lapsed: lapsedOf(views),
    },
    tenders: [
      ...views.map((view) => ({
        kind: 'provider' as const,
        id: view.paymentId,
        paidMinor: view.capturedMinor,
        refundedMinor:
          view.refundedMinor + credited(view.paymentId) + backTo(view.paymentId, 'pending'),
      })),
      ...stored.map(({ kind, id, amountMinor }) => ({
        kind,
        id,
        paidMinor: amountMinor,
        refundedMinor: backTo(id, 'pending', 'succeeded'),
      })),
    ],
  };
}

/** What was decided to go back, by tender. */
function readBack(store: StoreReader, orderId: string): Promise<OnItsWay[]> {
  return store.query<OnItsWay>(
    `SELECT t.kind, t.tender_id AS id, t.state, t.credited_to IS NOT NULL AS credited,
       sum(t.amount_minor)::bigint AS "amountMinor"
     FROM refund_tenders t JOIN refunds r USING (store_id, refund_id)
     WHERE store_id = $1 AND r.order_id = $2 GROUP BY 1, 2, 3, 4`,
    [store.storeId, orderId],
  );
}

/** How authorisations ended of which nothing was taken. */
function lapsedOf(views: readonly PaymentView[]): 'expired' | 'voided' | null {
  if (views.some(({ state }) => state === 'expired')) return 'expired';
  return views.some(({ state }) => state === 'canceled') ? 'voided' : null;
}

function sum<Row>(rows: readonly Row[], amount: (row: Row) => number): number {
  return rows.reduce((all, row) => all + amount(row), 0);
}
