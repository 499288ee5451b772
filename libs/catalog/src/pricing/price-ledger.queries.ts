import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { discountMeans } from './ledger/discount-sql';
import {
  type DiscountWindow,
  type LedgerQuestion,
  type NewInterval,
  type SetPrice,
  planIntervals,
} from './ledger/plan-intervals';

/** The kind of a price: one below its compare-at price is announced as reduced. */
export function priceKind(priceMinor: number, compareAtMinor: number | null): SetPrice['kind'] {
  return compareAtMinor !== null && compareAtMinor > priceMinor ? 'sale' : 'list';
}

/** Closes the running intervals of variants that are no longer offered. @param at the moment, ISO 8601 */
export async function closePrices(
  store: StoreWriter,
  variantIds: readonly string[],
  at: string,
): Promise<void> {
  if (variantIds.length === 0) return;
  await store.execute(
    `UPDATE price_intervals SET ends_at = greatest(starts_at, $3)
     WHERE store_id = $1 AND variant_id = ANY ($2::uuid[]) AND ends_at IS NULL`,
    [store.storeId, variantIds, at],
  );
}

/** Whose ledger is to say what is the case. */
export interface LedgerScope {
  /** Variants that may cost something else now. */
  variantIds: readonly string[];
  /** Products that discounts may mean now or no longer; nothing is read of them where the store has no discounts. */
  productIds: readonly string[];
}

/**
 * Brings the ledger of variants up to what they cost: closes the running intervals of those that cost something else and
 * opens the new ones at the same moment, so that a variant's intervals have no holes and do not overlap. Repeating it
 * changes nothing. The products have to be locked by the transaction.
 * @param at the moment from which what is set counts, ISO 8601; discounts count from their own
 * @returns the variants whose intervals changed, and which of them had none before
 */
export async function syncLedger(
  store: StoreWriter,
  scope: LedgerScope,
  { at, cause }: { at: string; cause: string },
): Promise<{ changed: string[]; fresh: string[] }> {
  const rows = await readQuestions(store, scope, at);
  const planned = rows.map((row) => {
    const plan = planIntervals({ ...row, at: Date.parse(at), cause });
    const { variantId, list, currency } = row;
    return { variantId, list, currency, fresh: row.open === null && list === 'base', ...plan };
  });
  const closed = planned.flatMap(({ variantId, list, closeAt }) =>
    closeAt === null ? [] : [{ variantId, list, closeAt }],
  );
  const opened = planned.flatMap(({ variantId, list, currency, opens }) =>
    opens.map((interval) => ({ variantId, list, currency, interval })),
  );
  await close(store, closed);
  await open(store, opened);
  const touched = planned.filter(({ closeAt, opens }) => closeAt !== null || opens.length > 0);
  return {
    changed: touched.map(({ variantId }) => variantId),
    fresh: touched.filter(({ fresh }) => fresh).map(({ variantId }) => variantId),
  };
}

/** A variant in a list: `base`, or the id of a market that has a price of its own, or had one until now. */
interface Listed {
  variantId: string;
  list: string;
}

type Question = Omit<LedgerQuestion, 'at' | 'cause'> & Listed;

const lists = `
  SELECT 'base' AS list, v.currency, NULL::jsonb AS rule, v.price_minor AS price, v.compare_at_minor AS compare_at
  UNION ALL
  SELECT o.market_id::text, m.currency, (
      SELECT jsonb_build_object('base', v.currency, 'currency', m.currency, 'rate1e10', r.rate_1e10,
        'markupPpm', r.markup_ppm, 'ending', NULL)
      FROM rate_intervals r WHERE r.store_id = m.store_id AND r.market_id = m.market_id AND r.ends_at IS NULL),
    o.price_minor, o.compare_at_minor
  FROM market_prices o JOIN markets m ON m.store_id = o.store_id AND m.market_id = o.market_id
  WHERE o.store_id = v.store_id AND o.variant_id = v.variant_id
  UNION ALL
  SELECT g.price_list, g.currency, NULL, NULL, NULL FROM price_intervals g
  WHERE g.store_id = v.store_id AND g.variant_id = v.variant_id AND g.ends_at IS NULL AND g.price_list <> 'base'
    AND NOT EXISTS (SELECT FROM market_prices o WHERE o.store_id = v.store_id AND o.variant_id = v.variant_id
      AND o.market_id::text = g.price_list)`;

const millis = (moment: string) => `floor(extract(epoch FROM ${moment}) * 1000)::float8`;

async function readQuestions(
  store: StoreReader,
  { variantIds, productIds }: LedgerScope,
  at: string,
): Promise<Question[]> {
  if (variantIds.length === 0 && productIds.length === 0) return [];
  const rows = await store.query<
    Omit<Question, 'windows' | 'next'> & {
      price: number | null;
      compareAt: number | null;
      windows: DiscountWindow[] | null;
    }
  >(
    `SELECT v.variant_id AS "variantId", l.list, l.currency, l.rule, l.price, l.compare_at AS "compareAt",
       CASE WHEN i.interval_id IS NOT NULL THEN jsonb_build_object('from', ${millis('i.starts_at')},
         'amountMinor', i.amount_minor, 'kind', i.kind, 'listMinor', i.list_minor, 'listKind', i.list_kind,
         'discounts', i.discounts) END AS open,
       (SELECT jsonb_agg(jsonb_build_object('from', ${millis('d.starts_at')}, 'to', ${millis('d.ends_at')},
          'discount', d.benefit || jsonb_build_object('discountId', d.discount_id)))
        FROM general_discounts d WHERE d.store_id = $1 AND d.starts_at <= $4
          AND (d.ends_at IS NULL OR d.ends_at > least(i.starts_at, $4)) AND d.ends_at IS DISTINCT FROM d.starts_at
          AND ${discountMeans}) AS windows
     FROM variants v
     JOIN products p ON p.store_id = v.store_id AND p.product_id = v.product_id
     CROSS JOIN LATERAL (${lists}) l
     LEFT JOIN price_intervals i ON i.store_id = v.store_id AND i.variant_id = v.variant_id
       AND i.price_list = l.list AND i.ends_at IS NULL
     WHERE v.store_id = $1 AND (v.variant_id = ANY ($2::uuid[]) OR (v.product_id = ANY ($3::uuid[])
       AND EXISTS (SELECT FROM general_discounts WHERE store_id = $1)))
     ORDER BY v.variant_id, l.list`,
    [store.storeId, variantIds, productIds, at],
  );
  return rows.map(({ price, compareAt, windows, ...row }) => ({
    ...row,
    next: price === null ? null : { amountMinor: price, kind: priceKind(price, compareAt) },
    windows: windows ?? [],
  }));
}

async function close(
  store: StoreWriter,
  closed: readonly (Listed & { closeAt: number })[],
): Promise<void> {
  if (closed.length === 0) return;
  await store.execute(
    `UPDATE price_intervals i SET ends_at = r.at
     FROM unnest($2::uuid[], $3::timestamptz[], $4::text[]) AS r (variant_id, at, list)
     WHERE i.store_id = $1 AND i.variant_id = r.variant_id AND i.price_list = r.list AND i.ends_at IS NULL`,
    [
      store.storeId,
      closed.map(({ variantId }) => variantId),
      closed.map(({ closeAt }) => new Date(closeAt).toISOString()),
      closed.map(({ list }) => list),
    ],
  );
}

async function open(
  store: StoreWriter,
  opened: readonly (Listed & { currency: string; interval: NewInterval })[],
): Promise<void> {
  if (opened.length === 0) return;
  const rows = opened.map(({ variantId, list, currency, interval: { from, to, ...price } }) => ({
    ...price,
    intervalId: newId(),
    variantId,
    list,
    currency,
    startsAt: new Date(from).toISOString(),
    endsAt: to === null ? null : new Date(to).toISOString(),
  }));
  await store.execute(
    `INSERT INTO price_intervals (store_id, interval_id, variant_id, amount_minor, currency, kind, starts_at, ends_at,
       cause, actor, list_minor, list_kind, discounts, price_list)
     SELECT $1, "intervalId", "variantId", "amountMinor", currency, kind, "startsAt", "endsAt", cause, $3,
       "listMinor", "listKind", discounts, list
     FROM jsonb_to_recordset($2::jsonb) AS r ("intervalId" uuid, "variantId" uuid, "amountMinor" bigint,
       currency text, kind text, "startsAt" timestamptz, "endsAt" timestamptz, cause text, "listMinor" bigint,
       "listKind" text, discounts jsonb, list text)`,
    [store.storeId, JSON.stringify(rows), store.actor.label],
  );
}
