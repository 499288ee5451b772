import type { StoreReader } from '@platform/database';

/** A discount, a code or a checkout whose numbers do not follow from its rows. */
export interface CheckoutFault {
  /** `discount-uses`, `code-uses`, `sale-units`: not what is held and used. `stray-hold`: a use that is held for a
   * checkout which is over. `no-order`: a completed checkout whose order is not there. */
  kind: 'discount-uses' | 'code-uses' | 'sale-units' | 'stray-hold' | 'no-order';
  /** The discount, the code, the discount and its variant, or the checkout. */
  id: string;
  found: number;
  expected: number;
}

/**
 * Compares the counters of discounts with their uses, and completed checkouts with their orders.
 * @param since only checkouts that changed after this moment; null for all
 */
export function checkCheckouts(store: StoreReader, since: Date | null): Promise<CheckoutFault[]> {
  return store.query<CheckoutFault>(
    `WITH live AS (
       SELECT * FROM discount_redemptions WHERE store_id = $1 AND state <> 'released'
     ), units AS (
       SELECT discount_id, u.key::uuid AS variant_id, sum(u.value::int) AS n
       FROM live, jsonb_each_text(units) u GROUP BY 1, 2
     ), faults AS (
       SELECT 'discount-uses' AS kind, discount_id::text AS id, d.taken AS found, count(l.checkout_id) AS expected
       FROM discounts d LEFT JOIN live l USING (discount_id)
       WHERE d.store_id = $1 AND d.usage_limit IS NOT NULL AND (l.counted IS NOT FALSE)
       GROUP BY discount_id, d.taken HAVING d.taken <> count(l.checkout_id)
       UNION ALL
       SELECT 'code-uses', c.code_key, c.taken, count(l.checkout_id)
       FROM discount_codes c LEFT JOIN live l ON l.code_key = c.code_key AND l.discount_id = c.discount_id
       WHERE c.store_id = $1 GROUP BY c.code_key, c.taken HAVING c.taken <> count(l.checkout_id)
       UNION ALL
       SELECT 'sale-units', s.discount_id || ' ' || s.variant_id, s.taken, coalesce(n, 0)
       FROM discount_units s LEFT JOIN units USING (discount_id, variant_id)
       WHERE s.store_id = $1 AND s.taken <> coalesce(n, 0)
       UNION ALL
       SELECT 'stray-hold', checkout_id::text, count(*), 0
       FROM live JOIN checkouts c USING (checkout_id)
       WHERE c.store_id = $1 AND live.state = 'held' AND c.state IN ('completed', 'expired') GROUP BY checkout_id
       UNION ALL
       SELECT 'no-order', c.checkout_id::text, 0, 1 FROM checkouts c
       WHERE c.store_id = $1 AND c.state = 'completed' AND ($2::timestamptz IS NULL OR c.updated_at >= $2)
         AND NOT EXISTS (SELECT FROM orders o
           WHERE o.store_id = $1 AND o.checkout_id = c.checkout_id AND o.order_id = c.order_id)
     )
     SELECT kind, id, found::bigint AS found, expected::bigint AS expected FROM faults ORDER BY kind, id`,
    [store.storeId, since],
  );
}

/** Of these checkouts, those that are over. */
export async function readOver(
  store: StoreReader,
  checkoutIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await store.query<{ id: string }>(
    `SELECT checkout_id AS id FROM checkouts
     WHERE store_id = $1 AND checkout_id = ANY ($2::uuid[]) AND state IN ('completed', 'expired')`,
    [store.storeId, checkoutIds],
  );
  return new Set(rows.map(({ id }) => id));
}
