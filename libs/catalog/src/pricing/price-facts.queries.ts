import type { StoreReader, StoreWriter } from '@platform/database';
import { type ListedSpan, spansIn } from './ledger/spans-in';
import { priorPrice } from './prior-price';
import { type RuleMarket, ruleMarkets } from './rule-markets.queries';

/** How many variants are computed at once. */
const batch = 500;

/**
 * Computes again what the announced reductions of these variants are compared with, in every market that asks for it.
 * Runs in the transaction of the change, with the ledger written: the answer stays the same until the next change.
 */
export async function refreshPriceFacts(
  store: StoreWriter,
  variantIds: readonly string[],
): Promise<void> {
  if (variantIds.length === 0) return;
  const markets = await ruleMarkets(store);
  const at = await moment(store);
  for (let from = 0; from < variantIds.length; from += batch) {
    const some = variantIds.slice(from, from + batch);
    await writeFacts(store, some, await factsOf(store, some, markets, at));
  }
}

/** Computes all of a store's facts again. @returns how many differed from what was kept */
export async function recomputePriceFacts(store: StoreWriter): Promise<number> {
  const markets = await ruleMarkets(store);
  const at = await moment(store);
  let after: string | null = null;
  let changed = 0;
  for (;;) {
    const some: { variantId: string }[] = await store.query<{ variantId: string }>(
      `SELECT variant_id AS "variantId" FROM (
         SELECT variant_id FROM variants WHERE store_id = $1 AND compare_at_minor > price_minor
         UNION SELECT variant_id FROM price_intervals WHERE store_id = $1 AND ends_at IS NULL
           AND (kind = 'automatic_discount' OR (kind = 'sale' AND price_list <> 'base'))
         UNION SELECT variant_id FROM variant_price_facts WHERE store_id = $1) v
       WHERE $2::uuid IS NULL OR variant_id > $2 ORDER BY variant_id LIMIT ${batch}`,
      [store.storeId, after],
    );
    after = some.at(-1)?.variantId ?? null;
    if (after === null) return changed;
    const ids = some.map(({ variantId }) => variantId);
    changed += await writeFacts(store, ids, await factsOf(store, ids, markets, at));
  }
}

interface Fact {
  variant_id: string;
  market: string;
  kind: 'sale' | 'automatic_discount';
  prior_minor: number;
  reduction_since: string;
  on_market_since: string;
}

async function factsOf(
  store: StoreReader,
  variantIds: readonly string[],
  markets: readonly RuleMarket[],
  at: number,
): Promise<Fact[]> {
  if (markets.length === 0) return [];
  const histories = await readSpans(store, variantIds);
  return [...histories].flatMap(([variantId, spans]) =>
    markets.flatMap(({ key, rule, rates }): Fact[] => {
      const prior = priorPrice({ spans: spansIn(key, spans), rates }, rule, at);
      if (prior === null) return [];
      return [
        {
          variant_id: variantId,
          market: key,
          kind: prior.kind,
          prior_minor: prior.priorMinor,
          reduction_since: new Date(prior.since).toISOString(),
          on_market_since: new Date(prior.onMarketSince).toISOString(),
        },
      ];
    }),
  );
}

/** The intervals of the variants that announce a reduction now. */
async function readSpans(
  store: StoreReader,
  variantIds: readonly string[],
): Promise<Map<string, ListedSpan[]>> {
  const rows = await store.query<ListedSpan & { variantId: string }>(
    `SELECT i.variant_id AS "variantId", floor(extract(epoch FROM i.starts_at) * 1000)::float8 AS "from",
       floor(extract(epoch FROM i.ends_at) * 1000)::float8 AS "to", i.amount_minor AS "amountMinor", i.kind,
       i.list_minor AS "listMinor", i.discounts, i.price_list AS list
     FROM price_intervals i
     WHERE i.store_id = $1 AND i.variant_id = ANY ($2::uuid[]) AND EXISTS (
       SELECT FROM price_intervals n WHERE n.store_id = $1 AND n.variant_id = i.variant_id AND n.ends_at IS NULL
         AND n.kind <> 'list')
     ORDER BY i.variant_id, i.starts_at, i.ends_at NULLS LAST`,
    [store.storeId, variantIds],
  );
  const spans = new Map<string, ListedSpan[]>();
  for (const { variantId, ...span } of rows)
    spans.set(variantId, [...(spans.get(variantId) ?? []), span]);
  return spans;
}

/** Writes what differs, and takes out what no longer holds. @returns how many rows that were */
async function writeFacts(
  store: StoreWriter,
  variantIds: readonly string[],
  facts: readonly Fact[],
): Promise<number> {
  const rows = `jsonb_to_recordset($3::jsonb) AS r (variant_id uuid, market text, kind text, prior_minor bigint,
    reduction_since timestamptz, on_market_since timestamptz)`;
  const params = [store.storeId, variantIds, JSON.stringify(facts)];
  const gone = await store.execute(
    `DELETE FROM variant_price_facts f WHERE f.store_id = $1 AND f.variant_id = ANY ($2::uuid[])
       AND NOT EXISTS (SELECT FROM ${rows} WHERE r.variant_id = f.variant_id AND r.market = f.market)`,
    params,
  );
  if (facts.length === 0) return gone;
  const written = await store.execute(
    `INSERT INTO variant_price_facts AS f (store_id, variant_id, market, kind, prior_minor, reduction_since,
       on_market_since)
     SELECT $1, variant_id, market, kind, prior_minor, reduction_since, on_market_since FROM ${rows}
     WHERE variant_id = ANY ($2::uuid[])
     ON CONFLICT (store_id, variant_id, market) DO UPDATE SET kind = excluded.kind, prior_minor = excluded.prior_minor,
       reduction_since = excluded.reduction_since, on_market_since = excluded.on_market_since
     WHERE (f.kind, f.prior_minor, f.reduction_since, f.on_market_since) IS DISTINCT FROM
       (excluded.kind, excluded.prior_minor, excluded.reduction_since, excluded.on_market_since)`,
    params,
  );
  return gone + written;
}

async function moment(store: StoreReader): Promise<number> {
  const [row] = await store.query<{ at: number }>(
    `SELECT ceil(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at`,
  );
  return row?.at ?? 0;
}
