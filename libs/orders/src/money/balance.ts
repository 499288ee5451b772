import type { Payments } from '@libs/payments';
import type { StoreReader } from '@platform/database';
import type { OrderRow } from '../orders/order-rows.queries';
import { type OrderMoney, readMoney } from './order-money';

/** What is missing of an order's money, or too much of it; one of them is 0. Minor units. */
export interface Balance {
  owedMinor: number;
  /** Paid beyond what is due, and not on its way back yet. */
  overMinor: number;
}

/** Sums that a balance is made of, minor units. */
export interface BalanceSums {
  dueMinor: number;
  /** What is at a provider and can be taken, or was taken. */
  heldMinor: number;
  /** Refunds of what was sold, whatever became of them: so much less is to be kept. */
  goodsRefundedMinor: number;
  /** What went back or is on its way, of any refund. */
  givenBackMinor: number;
}

/** Compares what is to be kept with what is there. */
export function balanceOf(sums: BalanceSums): Balance {
  const keep = sums.dueMinor - sums.goodsRefundedMinor;
  const there = sums.heldMinor - sums.givenBackMinor;
  return { owedMinor: Math.max(0, keep - there), overMinor: Math.max(0, there - keep) };
}

/** The balance of an order as its rows are; a cancelled order owes nothing. */
export async function readBalance(
  store: StoreReader,
  payments: Payments,
  order: Pick<OrderRow, 'orderId' | 'dueMinor' | 'state'>,
): Promise<Balance & { money: OrderMoney }> {
  const money = await readMoney(store, payments, order);
  const [row] = await store.query<Pick<BalanceSums, 'goodsRefundedMinor' | 'givenBackMinor'>>(
    `SELECT coalesce((SELECT sum(amount_minor) FROM refunds
         WHERE store_id = $1 AND order_id = $2 AND kind = 'goods'), 0)::bigint AS "goodsRefundedMinor",
       coalesce((SELECT sum(t.amount_minor) FROM refund_tenders t JOIN refunds r USING (store_id, refund_id)
         WHERE store_id = $1 AND r.order_id = $2 AND t.state <> 'failed'), 0)::bigint AS "givenBackMinor"`,
    [store.storeId, order.orderId],
  );
  const balance = balanceOf({
    dueMinor: order.dueMinor,
    heldMinor: takeableMinor(money) + money.sums.capturedMinor,
    goodsRefundedMinor: row?.goodsRefundedMinor ?? 0,
    givenBackMinor: row?.givenBackMinor ?? 0,
  });
  return { ...(order.state === 'cancelled' ? { ...balance, owedMinor: 0 } : balance), money };
}

/** What is authorized and was not refused when it was to be taken, minor units. */
export function takeableMinor({ views }: OrderMoney): number {
  return views
    .filter(({ captureRefused }) => !captureRefused)
    .reduce((sum, { authorizedMinor }) => sum + authorizedMinor, 0);
}
