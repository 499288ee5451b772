import type { StoreReader } from '@platform/database';
import { customerKey } from './customer-key';
import { codeKey } from './discount-codes.queries';
import type { DiscountFacts } from './to-quote-discount';

/** Whose discounts are asked for. */
export interface DiscountsQuestion {
  /** As entered, in that order. */
  codes: readonly string[];
  /** E-mail or telephone, for discounts once per customer; null while nobody has said. */
  contact: string | null;
  /** What this checkout holds is not taken from it. */
  checkoutId: string | null;
}

/** The discounts that may count, and the codes that no enabled discount has. */
export interface FoundDiscounts {
  discounts: DiscountFacts[];
  unknownCodes: string[];
}

type Row = Omit<DiscountFacts, 'code' | 'unitsLeft'> & {
  code: string | null;
  place: number | null;
  unitsLeft: Record<string, number> | null;
};

const sql = `
  WITH asked AS (
    SELECT DISTINCT ON (c.discount_id) c.discount_id, c.code_key, c.code, k.place,
      c.usage_limit - c.taken + (CASE WHEN EXISTS (SELECT FROM discount_redemptions r WHERE r.store_id = $1
        AND r.checkout_id = $4 AND r.state = 'held' AND r.code_key = c.code_key) THEN 1 ELSE 0 END) AS uses
    FROM unnest($2::text[]) WITH ORDINALITY AS k (key, place)
    JOIN discount_codes c ON c.store_id = $1 AND c.code_key = k.key
    ORDER BY c.discount_id, k.place
  )
  SELECT d.discount_id AS id, d.title, d.rule, d.minimum, d.groups, d.combines_with AS "combinesWith",
    a.code, a.place::int AS place,
    floor(extract(epoch FROM d.created_at) * 1000)::float8 AS "createdAt",
    floor(extract(epoch FROM d.starts_at) * 1000)::float8 AS "startsAt",
    floor(extract(epoch FROM d.ends_at) * 1000)::float8 AS "endsAt",
    least(d.usage_limit - d.taken + (CASE WHEN own.counted THEN 1 ELSE 0 END), a.uses,
      CASE WHEN d.once_per_customer AND EXISTS (SELECT FROM discount_redemptions r
        WHERE r.store_id = $1 AND r.discount_id = d.discount_id AND r.customer_key = $3
          AND r.once AND r.state <> 'released' AND r.checkout_id IS DISTINCT FROM $4) THEN 0 END)::int AS "usesLeft",
    CASE WHEN d.rule ->> 'kind' = 'flash_sale' THEN (
      SELECT jsonb_object_agg(u.variant_id, greatest(0,
        u.cap - u.taken + coalesce((own.units ->> u.variant_id::text)::int, 0)))
      FROM discount_units u WHERE u.store_id = $1 AND u.discount_id = d.discount_id) END AS "unitsLeft"
  FROM discounts d
  LEFT JOIN asked a ON a.discount_id = d.discount_id
  LEFT JOIN discount_redemptions own ON own.store_id = $1 AND own.checkout_id = $4
    AND own.discount_id = d.discount_id AND own.state = 'held'
  WHERE d.store_id = $1 AND d.enabled AND (a.discount_id IS NOT NULL
    OR (d.method = 'automatic' AND (d.ends_at IS NULL OR d.ends_at > now())))
  ORDER BY d.discount_id LIMIT 200`;

/** The store's automatic discounts and those of the codes, in one statement. */
export async function findDiscounts(
  store: StoreReader,
  { codes, contact, checkoutId }: DiscountsQuestion,
): Promise<FoundDiscounts> {
  const keys = codes.map(codeKey);
  const key = contact === null ? null : customerKey(store.storeId, contact);
  const rows = await store.query<Row>(sql, [store.storeId, keys, key, checkoutId]);
  const known = new Set(rows.flatMap(({ code }) => (code === null ? [] : codeKey(code))));
  const discounts = rows.map(({ code, place, unitsLeft, ...rest }) => ({
    ...rest,
    code: code === null || place === null ? null : { text: code, place },
    unitsLeft: unitsLeft ?? {},
  }));
  return { discounts, unknownCodes: codes.filter((code) => !known.has(codeKey(code))) };
}
