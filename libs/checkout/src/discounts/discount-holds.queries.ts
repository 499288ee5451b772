import type { StoreReader, StoreWriter } from '@platform/database';
import type { HeldUse } from './hold-plan';

/** A discount's limits as they are now. */
export interface LimitRow {
  id: string;
  limited: boolean;
  once: boolean;
  enabled: boolean;
  /** A flash sale counts units, too. */
  sale: boolean;
  /** Whether it counts at this moment of the database's clock. */
  running: boolean;
}

/** The limits of discounts, without locks. */
export function limitsOf(store: StoreReader, ids: readonly string[]): Promise<LimitRow[]> {
  return store.query<LimitRow>(
    `SELECT discount_id AS id, usage_limit IS NOT NULL AS limited, once_per_customer AS once, enabled,
       rule ->> 'kind' = 'flash_sale' AS sale,
       coalesce(starts_at <= now(), true) AND coalesce(ends_at > now(), true) AS running
     FROM discounts WHERE store_id = $1 AND discount_id = ANY ($2::uuid[]) ORDER BY discount_id`,
    [store.storeId, ids],
  );
}

/** The uses of a checkout that are held, with what they took. */
export function heldUses(store: StoreReader, checkoutId: string): Promise<HeldUse[]> {
  return store.query<HeldUse>(
    `SELECT discount_id AS "discountId", code_key AS "codeKey", units, counted FROM discount_redemptions
     WHERE store_id = $1 AND checkout_id = $2 AND state = 'held' ORDER BY discount_id`,
    [store.storeId, checkoutId],
  );
}

/** Takes one use of a limited discount; false when none is left or it has lost its limit meanwhile. */
export async function takeUse(store: StoreWriter, discountId: string): Promise<boolean> {
  const taken = await store.execute(
    `UPDATE discounts SET taken = taken + 1
     WHERE store_id = $1 AND discount_id = $2 AND enabled AND taken < usage_limit`,
    [store.storeId, discountId],
  );
  return taken === 1;
}

/** Keeps a discount without a limit as it is; false when it has got one meanwhile, or is gone. */
export async function keepUnlimited(store: StoreWriter, discountId: string): Promise<boolean> {
  const rows = await store.query<{ free: boolean }>(
    `SELECT usage_limit IS NULL AND enabled AS free FROM discounts
     WHERE store_id = $1 AND discount_id = $2 FOR SHARE`,
    [store.storeId, discountId],
  );
  return rows[0]?.free === true;
}

/** Takes one use of a code; false when none is left or the code is gone. */
export async function takeCode(store: StoreWriter, codeKey: string): Promise<boolean> {
  const taken = await store.execute(
    `UPDATE discount_codes SET taken = taken + 1
     WHERE store_id = $1 AND code_key = $2 AND (usage_limit IS NULL OR taken < usage_limit)`,
    [store.storeId, codeKey],
  );
  return taken === 1;
}

/** Takes units of a flash sale; false when fewer are left. */
export async function takeUnits(
  store: StoreWriter,
  discountId: string,
  variantId: string,
  units: number,
): Promise<boolean> {
  const taken = await store.execute(
    `UPDATE discount_units SET taken = taken + $4
     WHERE store_id = $1 AND discount_id = $2 AND variant_id = $3 AND taken + $4 <= cap`,
    [store.storeId, discountId, variantId, units],
  );
  return taken === 1;
}

/** Writes a use down; false when this customer has one of it already. */
export async function noteUse(
  store: StoreWriter,
  checkoutId: string,
  use: HeldUse & { once: boolean; customerKey: string | null },
): Promise<boolean> {
  const written = await store.execute(
    `INSERT INTO discount_redemptions (store_id, discount_id, checkout_id, code_key, customer_key, units, counted,
       once, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'held') ON CONFLICT DO NOTHING`,
    [
      store.storeId,
      use.discountId,
      checkoutId,
      use.codeKey,
      use.customerKey,
      JSON.stringify(use.units),
      use.counted,
      use.once,
    ],
  );
  return written === 1;
}

/** Locks what uses are counted in, in the order in which everybody takes it: discounts, codes, units. */
export async function lockCounters(store: StoreWriter, uses: readonly HeldUse[]): Promise<void> {
  const ids = uses.map(({ discountId }) => discountId);
  await store.query(
    `SELECT FROM discounts WHERE store_id = $1 AND discount_id = ANY ($2::uuid[])
     ORDER BY discount_id FOR NO KEY UPDATE`,
    [store.storeId, ids],
  );
  const keys = uses.flatMap(({ codeKey }) => codeKey ?? []);
  await store.query(
    `SELECT FROM discount_codes WHERE store_id = $1 AND code_key = ANY ($2)
     ORDER BY code_key FOR NO KEY UPDATE`,
    [store.storeId, keys],
  );
  const sales = uses.filter(({ units }) => Object.keys(units).length > 0);
  await store.query(
    `SELECT FROM discount_units WHERE store_id = $1 AND discount_id = ANY ($2::uuid[])
     ORDER BY discount_id, variant_id FOR NO KEY UPDATE`,
    [store.storeId, sales.map(({ discountId }) => discountId)],
  );
}

/** Gives back what uses took; their counters must be locked. */
export async function giveBack(store: StoreWriter, uses: readonly HeldUse[]): Promise<void> {
  await store.execute(
    `UPDATE discounts SET taken = greatest(taken - 1, 0) WHERE store_id = $1 AND discount_id = ANY ($2::uuid[])`,
    [store.storeId, uses.filter(({ counted }) => counted).map(({ discountId }) => discountId)],
  );
  await store.execute(
    `UPDATE discount_codes c SET taken = greatest(c.taken - u.uses, 0)
     FROM (SELECT key, count(*) AS uses FROM unnest($2::text[]) AS k (key) GROUP BY key) AS u
     WHERE c.store_id = $1 AND c.code_key = u.key`,
    [store.storeId, uses.flatMap(({ codeKey }) => codeKey ?? [])],
  );
  await store.execute(
    `UPDATE discount_units d SET taken = greatest(d.taken - u.units, 0)
     FROM jsonb_to_recordset($2) AS u ("discountId" uuid, "variantId" uuid, units int)
     WHERE d.store_id = $1 AND d.discount_id = u."discountId" AND d.variant_id = u."variantId"`,
    [
      store.storeId,
      JSON.stringify(
        uses.flatMap(({ discountId, units }) =>
          Object.entries(units).map(([variantId, taken]) => ({
            discountId,
            variantId,
            units: taken,
          })),
        ),
      ),
    ],
  );
}
