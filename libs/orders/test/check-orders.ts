import type { StoreReader } from '@platform/database';

/** An order whose numbers do not follow from its rows. */
export interface OrderFault {
  kind: 'shipped' | 'refunded' | 'allocations' | 'refund-without-operation' | 'over-refund';
  orderId: string;
  found: number;
  expected: number;
}

/**
 * Compares what is kept for lists with the rows that it follows from: units shipped, units refunded, units that wait,
 * operations of refunds, and refunds against what was captured.
 */
export function checkOrders(store: StoreReader): Promise<OrderFault[]> {
  return store.query<OrderFault>(
    `WITH sent AS (
       SELECT order_line_id, sum(quantity) AS n FROM fulfilment_lines WHERE store_id = $1 GROUP BY 1
     ), back AS (
       SELECT order_line_id, sum(l.quantity) AS n, sum(l.amount_minor) AS minor
       FROM refund_lines l WHERE store_id = $1 GROUP BY 1
     ), waiting AS (
       SELECT order_line_id, sum(quantity - done) AS n FROM order_allocations WHERE store_id = $1 GROUP BY 1
     ), promised AS (
       SELECT r.order_id, sum(r.amount_minor) AS n FROM refunds r WHERE r.store_id = $1 AND r.state <> 'failed' GROUP BY 1
     ), faults AS (
       SELECT 'shipped' AS kind, order_id, l.shipped::bigint AS found, coalesce(n, 0) AS expected
       FROM order_lines l LEFT JOIN sent USING (order_line_id)
       WHERE l.store_id = $1 AND l.shipped <> coalesce(n, 0)
       UNION ALL
       SELECT 'refunded', order_id, l.refunded_minor, coalesce(minor, 0)
       FROM order_lines l LEFT JOIN back USING (order_line_id)
       WHERE l.store_id = $1
         AND (l.refunded_units <> coalesce(n, 0) OR l.refunded_minor <> coalesce(minor, 0))
       UNION ALL
       SELECT 'allocations', order_id, coalesce(n, 0), l.quantity - l.shipped - l.removed - l.refunded_unshipped
       FROM order_lines l LEFT JOIN waiting USING (order_line_id)
       WHERE l.store_id = $1
         AND coalesce(n, 0) <> l.quantity - l.shipped - l.removed - l.refunded_unshipped
       UNION ALL
       SELECT 'refund-without-operation', r.order_id, coalesce(sum(t.amount_minor), 0), r.amount_minor
       FROM refunds r LEFT JOIN refund_tenders t USING (store_id, refund_id)
       WHERE r.store_id = $1 GROUP BY r.order_id, r.refund_id, r.amount_minor
       HAVING coalesce(sum(t.amount_minor), 0) <> r.amount_minor
       UNION ALL
       SELECT 'over-refund', order_id, n, o.captured_minor
       FROM orders o JOIN promised USING (order_id) WHERE o.store_id = $1 AND n > o.captured_minor
     )
     SELECT kind, order_id AS "orderId", found::bigint AS found, expected::bigint AS expected
     FROM faults ORDER BY order_id, kind`,
    [store.storeId],
  );
}

/** What orders still have to ship, by item and place: what the stock's `committed` must say. */
export const openCommitments = `SELECT item_id AS "itemId", location_id AS "locationId", sum(quantity - done)::int AS quantity
  FROM order_allocations WHERE store_id = $1 AND location_id IS NOT NULL AND done < quantity GROUP BY 1, 2`;
