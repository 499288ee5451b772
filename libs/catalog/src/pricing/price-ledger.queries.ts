import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';

/** A price that applies from now on. */
export interface PriceChange {
  variantId: string;
  amountMinor: number;
  /** Struck beside a higher one, or the usual price. */
  kind: 'list' | 'sale';
  /** Whether the variant is new, so that no interval of it runs. */
  fresh: boolean;
}

/** What the ledger notes of a change. */
export interface LedgerEntry {
  /** The moment, ISO 8601. */
  at: string;
  currency: string;
  cause: string;
}

/** The kind of a price: one below its compare-at price is announced as reduced. */
export function priceKind(priceMinor: number, compareAtMinor: number | null): PriceChange['kind'] {
  return compareAtMinor !== null && compareAtMinor > priceMinor ? 'sale' : 'list';
}

/**
 * Closes the running intervals of variants whose base price changed or that are gone, and opens the new ones at the
 * same moment, so that a variant's intervals have no holes and do not overlap.
 * @param gone variants that are no longer offered
 */
export async function notePrices(
  store: StoreWriter,
  changes: readonly PriceChange[],
  gone: readonly string[],
  { at, currency, cause }: LedgerEntry,
): Promise<void> {
  const changed = changes.filter(({ fresh }) => !fresh).map(({ variantId }) => variantId);
  const closed = [...changed, ...gone];
  if (closed.length > 0) {
    await store.execute(
      `UPDATE price_intervals SET ends_at = $3
       WHERE store_id = $1 AND variant_id = ANY ($2::uuid[]) AND price_list = 'base' AND ends_at IS NULL`,
      [store.storeId, closed, at],
    );
  }
  if (changes.length === 0) return;
  await store.execute(
    `INSERT INTO price_intervals (store_id, interval_id, variant_id, amount_minor, currency, kind, starts_at,
       cause, actor)
     SELECT $1, interval_id, variant_id, amount_minor, $3, kind, $4, $5, $6
     FROM unnest($2::uuid[], $7::uuid[], $8::bigint[], $9::text[])
       AS r (interval_id, variant_id, amount_minor, kind)`,
    [
      store.storeId,
      changes.map(() => newId()),
      currency,
      at,
      cause,
      store.actor.label,
      changes.map(({ variantId }) => variantId),
      changes.map(({ amountMinor }) => amountMinor),
      changes.map(({ kind }) => kind),
    ],
  );
}
