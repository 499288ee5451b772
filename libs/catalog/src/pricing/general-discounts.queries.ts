import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { PricesChanged } from '../catalog.events';
import { collectionsOf } from '../collections/membership.queries';
import { discountMeans } from './ledger/discount-sql';
import type { GeneralDiscount } from './ledger/general-discount';
import { noteDiscounts } from './note-discounts.job';
import { refreshPriceFacts } from './price-facts.queries';
import { syncLedger } from './price-ledger.queries';

/** A window that ended so long ago is in every ledger. */
const noticed = `interval '7 days'`;

/**
 * Sets what a discount takes off everyone's price from now on; null when it takes nothing off for everyone, or is gone.
 * The ledger follows in a job, now and when the discount begins and ends. Repeating it changes nothing.
 */
export async function setGeneralDiscount(
  store: StoreWriter,
  discountId: string,
  wanted: GeneralDiscount | null,
): Promise<void> {
  const at = await moment(store);
  const from = Math.max(wanted?.startsAt?.getTime() ?? at, at);
  const to = wanted?.endsAt?.getTime() ?? null;
  const next = wanted && (to === null || to > from) ? wanted : null;
  const params = [
    store.storeId,
    discountId,
    new Date(at).toISOString(),
    next && JSON.stringify(next.targets),
    next && JSON.stringify(next.benefit),
    next && new Date(from).toISOString(),
    to === null ? null : new Date(to).toISOString(),
  ];
  const same = `d.targets = $4::jsonb AND d.benefit = $5::jsonb AND d.ends_at IS NOT DISTINCT FROM $7::timestamptz
    AND (d.starts_at = $6::timestamptz OR (d.starts_at <= $3 AND $6::timestamptz <= $3))`;
  const ended = await store.execute(
    `UPDATE general_discounts d SET ends_at = greatest(d.starts_at, $3::timestamptz)
     WHERE d.store_id = $1 AND d.discount_id = $2 AND (d.ends_at IS NULL OR d.ends_at > $3)
       AND ($4::jsonb IS NULL OR NOT (${same}))`,
    params,
  );
  const begun = next
    ? await store.execute(
        `INSERT INTO general_discounts (store_id, general_discount_id, discount_id, targets, benefit, starts_at, ends_at)
         SELECT $1, $8, $2, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT FROM general_discounts d
           WHERE d.store_id = $1 AND d.discount_id = $2 AND (d.ends_at IS NULL OR d.ends_at > $3) AND ${same})`,
        [...params, newId()],
      )
    : 0;
  if (ended + begun === 0) return;
  for (const due of [at, from, to]) if (due !== null) noteAt(store, due > at ? due : null);
}

/** Asks to look at the store's discounts now, where it has any: what they mean may have changed. */
export async function noteDiscountsNow(store: StoreWriter): Promise<void> {
  const some = await store.query('SELECT FROM general_discounts WHERE store_id = $1 LIMIT 1', [
    store.storeId,
  ]);
  if (some.length > 0) noteAt(store, null);
}

function noteAt(store: StoreWriter, due: number | null): void {
  const runAt = due === null ? {} : { runAt: new Date(due) };
  store.enqueue(noteDiscounts, {}, { ...runAt, dedupeKey: due === null ? 'now' : String(due) });
}

/**
 * Brings the ledger of some products that discounts mean, or meant, up to date.
 * @param after the product that ended the last call; null at first
 * @returns the last product that was looked at; null when there were no more
 */
export async function noteSomeDiscounts(
  store: StoreWriter,
  after: string | null,
  most: number,
): Promise<string | null> {
  const rows = await store.query<{ productId: string }>(
    `SELECT p.product_id AS "productId" FROM products p
     WHERE p.store_id = $1 AND ($2::uuid IS NULL OR p.product_id > $2) AND EXISTS (
       SELECT FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id AND (EXISTS (
           SELECT FROM price_intervals i WHERE i.store_id = v.store_id AND i.variant_id = v.variant_id
             AND i.ends_at IS NULL AND i.kind = 'automatic_discount')
         OR EXISTS (SELECT FROM general_discounts d WHERE d.store_id = v.store_id AND d.starts_at <= now()
           AND (d.ends_at IS NULL OR d.ends_at > now() - ${noticed}) AND ${discountMeans})))
     ORDER BY p.product_id LIMIT $3 FOR NO KEY UPDATE`,
    [store.storeId, after, most],
  );
  const productIds = rows.map(({ productId }) => productId);
  if (productIds.length === 0) return null;
  const at = new Date(await moment(store)).toISOString();
  const { changed } = await syncLedger(
    store,
    { variantIds: [], productIds },
    { at, cause: 'discount' },
  );
  await refreshPriceFacts(store, changed);
  await announce(store, changed);
  return productIds.at(-1) ?? null;
}

async function announce(store: StoreWriter, variantIds: readonly string[]): Promise<void> {
  if (variantIds.length === 0) return;
  const rows = await store.query<{ productId: string }>(
    `SELECT DISTINCT product_id AS "productId" FROM variants WHERE store_id = $1 AND variant_id = ANY ($2::uuid[])`,
    [store.storeId, variantIds],
  );
  const productIds = rows.map(({ productId }) => productId);
  store.publish(PricesChanged, {
    productIds,
    collectionIds: await collectionsOf(store, productIds),
  });
}

/** Whole milliseconds, as the ledger has them. */
async function moment(store: StoreWriter): Promise<number> {
  const [row] = await store.query<{ at: number }>(
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at',
  );
  return row?.at ?? 0;
}
