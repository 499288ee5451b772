import type { StoreReader, StoreWriter } from '@platform/database';
import type { DiscountRuleInput, DiscountView } from '../contract';

/** The columns of a discount as the API shows it, of `discounts d`. */
export const discountColumns = `d.discount_id AS id, d.title, d.enabled, d.method, d.rule, d.minimum, d.groups,
  d.combines_with AS "combinesWith", d.starts_at AS "startsAt", d.ends_at AS "endsAt",
  d.usage_limit AS "usageLimit", d.once_per_customer AS "oncePerCustomer",
  CASE WHEN NOT d.enabled THEN 'off' WHEN d.starts_at > now() THEN 'scheduled'
    WHEN d.ends_at <= now() THEN 'ended' ELSE 'active' END AS status,
  (SELECT count(*)::int FROM discount_codes c
   WHERE c.store_id = d.store_id AND c.discount_id = d.discount_id) AS "codeCount",
  (SELECT c.code FROM discount_codes c WHERE c.store_id = d.store_id AND c.discount_id = d.discount_id
   ORDER BY c.code_key LIMIT 1) AS code,
  (SELECT count(*)::int FROM discount_redemptions r WHERE r.store_id = d.store_id
     AND r.discount_id = d.discount_id AND r.state = 'used') AS used,
  (SELECT count(*)::int FROM discount_redemptions r WHERE r.store_id = d.store_id
     AND r.discount_id = d.discount_id AND r.state = 'held') AS held,
  d.created_at AS "createdAt", d.updated_at AS "updatedAt", d.version`;

/** A discount, or undefined. @param lock keeps its row for the transaction, so that no use is held meanwhile */
export async function findDiscount(
  store: StoreReader,
  id: string,
  lock = false,
): Promise<DiscountView | undefined> {
  if (lock) {
    await store.query(
      'SELECT FROM discounts WHERE store_id = $1 AND discount_id = $2 FOR NO KEY UPDATE',
      [store.storeId, id],
    );
  }
  const [found] = await store.query<DiscountView>(
    `SELECT ${discountColumns} FROM discounts d WHERE d.store_id = $1 AND d.discount_id = $2`,
    [store.storeId, id],
  );
  return found;
}

/**
 * Reads times as the API takes them: one without an offset is of the store's day.
 * @returns in the order given, with the store's currency
 */
export async function momentsOf(
  store: StoreReader,
  times: readonly (string | null)[],
): Promise<{ currency: string; moments: (Date | null)[] }> {
  const [row] = await store.query<{ currency: string; moments: (string | null)[] }>(
    `SELECT s.currency, (SELECT jsonb_agg(CASE WHEN t.text ~ '(Z|[+-]\\d\\d:?\\d\\d)$'
         THEN t.text::timestamptz ELSE t.text::timestamp AT TIME ZONE s.time_zone END ORDER BY t.place)
       FROM unnest($2::text[]) WITH ORDINALITY AS t (text, place)) AS moments
     FROM stores s WHERE s.store_id = $1`,
    [store.storeId, times],
  );
  const moments = (row?.moments ?? []).map((text) => (text === null ? null : new Date(text)));
  return { currency: row?.currency ?? 'EUR', moments };
}

/**
 * Counts anew what is taken of a discount's limits: while there was no limit nobody counted. The discount's row must be
 * locked.
 */
export async function recount(
  store: StoreWriter,
  id: string,
  rule: DiscountRuleInput,
): Promise<void> {
  await store.execute(
    `UPDATE discount_redemptions SET counted = true
     WHERE store_id = $1 AND discount_id = $2 AND state <> 'released' AND NOT counted`,
    [store.storeId, id],
  );
  await store.execute(
    `UPDATE discounts SET taken = (SELECT count(*) FROM discount_redemptions r
       WHERE r.store_id = $1 AND r.discount_id = $2 AND r.state <> 'released')
     WHERE store_id = $1 AND discount_id = $2`,
    [store.storeId, id],
  );
  await setUnits(store, id, rule);
}

/** Makes these the units of a flash sale; what is taken of a variant stays taken. */
export async function setUnits(
  store: StoreWriter,
  id: string,
  rule: DiscountRuleInput,
): Promise<void> {
  const units = rule.kind === 'flash_sale' ? rule.units : [];
  await store.execute(
    `DELETE FROM discount_units WHERE store_id = $1 AND discount_id = $2 AND variant_id <> ALL ($3::uuid[])`,
    [store.storeId, id, units.map(({ variantId }) => variantId)],
  );
  if (units.length === 0) return;
  await store.execute(
    `INSERT INTO discount_units (store_id, discount_id, variant_id, cap, taken)
     SELECT $1, $2, u."variantId", u.quantity, coalesce((
       SELECT sum((r.units ->> u."variantId"::text)::int) FROM discount_redemptions r
       WHERE r.store_id = $1 AND r.discount_id = $2 AND r.state <> 'released'), 0)
     FROM jsonb_to_recordset($3) AS u ("variantId" uuid, quantity int)
     ORDER BY u."variantId"
     ON CONFLICT (store_id, discount_id, variant_id) DO UPDATE SET cap = excluded.cap`,
    [store.storeId, id, JSON.stringify(units)],
  );
}
