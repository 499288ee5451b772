import type { StoreReader } from '@platform/database';
import { readStandings } from './standings.queries';
import { deriveFinancial } from '../status/financial-status';
import { deriveFulfilment } from '../status/fulfilment-status';
import { deriveReturn } from '../status/return-status';

/** An order whose numbers do not follow from its rows. */
export interface OrderFault {
  /** `shipped`, `refunded`: not what parcels and refunds come to. `allocations`: units that wait are not the open ones.
   * `refund-parts`: the parts of a refund are not its amount. `refund-event`: not in the timeline. `over-refund`: more
   * than was captured. `status`: not what the rows come to. */
  kind:
    | 'shipped'
    | 'refunded'
    | 'allocations'
    | 'refund-parts'
    | 'refund-event'
    | 'over-refund'
    | 'status';
  orderId: string;
  found: number | string;
  expected: number | string;
}

/**
 * Compares what is kept for lists with the rows that it follows from: units shipped, units refunded, units that wait,
 * parts of refunds, refunds against what was captured, statuses.
 * @param orderIds the orders to look at
 */
export async function checkOrders(
  store: StoreReader,
  orderIds: readonly string[],
): Promise<OrderFault[]> {
  return [...(await checkUnits(store, orderIds)), ...(await checkStatuses(store, orderIds))];
}

function checkUnits(store: StoreReader, orderIds: readonly string[]): Promise<OrderFault[]> {
  return store.query<OrderFault>(
    `WITH lines AS (
       SELECT * FROM order_lines WHERE store_id = $1 AND order_id = ANY ($2::uuid[])
     ), given AS (
       SELECT refund_id, order_id, amount_minor, state, kind FROM refunds
       WHERE store_id = $1 AND order_id = ANY ($2::uuid[])
     ), sent AS (
       SELECT order_line_id, sum(f.quantity) AS n
       FROM fulfilment_lines f JOIN lines USING (order_line_id) WHERE f.store_id = $1 GROUP BY 1
     ), back AS (
       SELECT l.order_line_id, sum(l.quantity) AS n, sum(l.amount_minor) AS minor
       FROM refund_lines l JOIN given USING (refund_id) WHERE l.store_id = $1 GROUP BY 1
     ), waiting AS (
       SELECT order_line_id, sum(quantity - done) AS n FROM order_allocations
       WHERE store_id = $1 AND order_id = ANY ($2::uuid[]) GROUP BY 1
     ), parts AS (
       SELECT t.refund_id, sum(t.amount_minor) AS n FROM refund_tenders t JOIN given USING (refund_id)
       WHERE t.store_id = $1 GROUP BY 1
     ), faults AS (
       SELECT 'shipped' AS kind, order_id, l.shipped::bigint AS found, coalesce(n, 0) AS expected
       FROM lines l LEFT JOIN sent USING (order_line_id) WHERE l.shipped <> coalesce(n, 0)
       UNION ALL
       SELECT 'refunded', order_id, l.refunded_minor, coalesce(minor, 0)
       FROM lines l LEFT JOIN back USING (order_line_id)
       WHERE l.refunded_units <> coalesce(n, 0) OR l.refunded_minor <> coalesce(minor, 0)
       UNION ALL
       SELECT 'allocations', order_id, coalesce(n, 0), l.quantity - l.shipped - l.removed - l.refunded_unshipped
       FROM lines l LEFT JOIN waiting USING (order_line_id)
       WHERE coalesce(n, 0) <> l.quantity - l.shipped - l.removed - l.refunded_unshipped
       UNION ALL
       SELECT 'refund-parts', order_id, coalesce(n, 0), amount_minor
       FROM given LEFT JOIN parts USING (refund_id)
       WHERE coalesce(n, 0) <> CASE kind WHEN 'exchange' THEN 0 ELSE amount_minor END
       UNION ALL
       SELECT 'refund-event', order_id, 0, 1 FROM given g WHERE NOT EXISTS (
         SELECT FROM order_events e WHERE e.store_id = $1 AND e.order_id = g.order_id AND e.kind IN ('refund_wanted', 'return_exchanged')
           AND e.data ->> 'refundId' = g.refund_id::text)
       UNION ALL
       SELECT 'over-refund', order_id, sum(g.amount_minor), o.captured_minor
       FROM orders o JOIN given g USING (order_id) WHERE o.store_id = $1 AND g.state <> 'failed' AND g.kind <> 'exchange'
       GROUP BY order_id, o.captured_minor HAVING sum(g.amount_minor) > o.captured_minor
     )
     SELECT kind, order_id AS "orderId", found::bigint AS found, expected::bigint AS expected
     FROM faults ORDER BY order_id, kind`,
    [store.storeId, orderIds],
  );
}

/** I26: what an order is called in lists is what its rows come to. */
async function checkStatuses(
  store: StoreReader,
  orderIds: readonly string[],
): Promise<OrderFault[]> {
  const standings = await readStandings(store, orderIds);
  return standings.flatMap(({ order, lines, returns }) => {
    const found = [order.financialStatus, order.fulfilmentStatus, order.returnStatus].join(' ');
    const expected = [
      deriveFinancial(order),
      deriveFulfilment(lines, order),
      deriveReturn(returns),
    ].join(' ');
    if (found === expected) return [];
    return [{ kind: 'status' as const, orderId: order.orderId, found, expected }];
  });
}
