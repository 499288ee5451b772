import type { StoreReader } from '@platform/database';

/** For so long an order counts as one that may come back. */
export const refundableDays = 30;

/** What orders at one rate have open; amounts in minor units of their currency, but the result in the store's. */
export interface OpenAtRate {
  market: string | null;
  base: string;
  currency: string;
  rate1e10: number;
  orders: number;
  /** Held at providers and not taken yet. */
  authorizedMinor: number;
  /** Taken, not given back, and for units that are not shipped yet. */
  unshippedMinor: number;
  /** Taken and not given back, of the last 30 days' orders. */
  refundableMinor: number;
  /** Wanted of providers, and not there yet. */
  refundingMinor: number;
  /** Gained, or lost below 0, by refunds of the last 30 days. */
  refundResultMinor: number;
}

/** What a store's orders in other currencies have open, by rate and market; test orders are left out. */
export function readOpen(store: StoreReader): Promise<OpenAtRate[]> {
  return store.query<OpenAtRate>(
    `WITH of_orders AS (
       SELECT o.order_id, o.currency, o.base->>'market' AS market, o.base->>'currency' AS base,
         (o.base->>'rate1e10')::bigint AS rate, o.authorized_minor AS authorized, o.placed_at,
         o.captured_minor - o.refunded_minor - coalesce(r.pending, 0) AS kept, coalesce(r.pending, 0) AS refunding,
         coalesce(l.unshipped, 0) AS unshipped, coalesce(x.result, 0) AS result
       FROM orders o
       LEFT JOIN LATERAL (
         SELECT sum(t.amount_minor)::bigint AS pending FROM refunds r JOIN refund_tenders t USING (store_id, refund_id)
         WHERE r.store_id = o.store_id AND r.order_id = o.order_id AND t.state = 'pending') r ON true
       LEFT JOIN LATERAL (
         SELECT sum((r.exchange->>'resultMinor')::bigint)::bigint AS result FROM refunds r
         WHERE r.store_id = o.store_id AND r.order_id = o.order_id AND r.state <> 'failed'
           AND r.created_at > now() - interval '${refundableDays} days') x ON true
       LEFT JOIN LATERAL (
         SELECT round(sum((l.total_minor + CASE WHEN o.tax_included THEN 0 ELSE l.tax_minor END)::numeric
           * (l.quantity - l.shipped - l.removed - l.refunded_unshipped) / l.quantity))::bigint AS unshipped
         FROM order_lines l
         WHERE l.store_id = o.store_id AND l.order_id = o.order_id AND l.requires_shipping AND l.quantity > 0) l ON true
       WHERE o.store_id = $1 AND NOT o.test AND o.base->>'rate1e10' IS NOT NULL)
     SELECT market, base, currency, rate AS "rate1e10", count(*)::int AS orders,
       sum(authorized)::bigint AS "authorizedMinor",
       sum(greatest(0, least(kept, unshipped)))::bigint AS "unshippedMinor",
       coalesce(sum(greatest(0, kept)) FILTER (WHERE placed_at > now() - interval '${refundableDays} days'), 0)::bigint
         AS "refundableMinor",
       sum(refunding)::bigint AS "refundingMinor", sum(result)::bigint AS "refundResultMinor"
     FROM of_orders
     WHERE authorized > 0 OR refunding > 0 OR result <> 0 OR (kept > 0 AND unshipped > 0)
       OR (kept > 0 AND placed_at > now() - interval '${refundableDays} days')
     GROUP BY 1, 2, 3, 4 ORDER BY 3, 1, 4`,
    [store.storeId],
  );
}
