import { type PriceEnding, decimalOfRate, newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { Market, MarketInput, MarketRate } from '../contract/markets.contract';

/** A market's row with the rate that runs. */
export interface MarketRow extends Omit<Market, 'rate'> {
  rate1e10: number | null;
  /** How the running rate was set, and the rule that it is shown by. */
  running: { source: string; markupPpm: number; ending: PriceEnding | null } | null;
}

const iso = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const sql = `SELECT m.market_id AS id, m.name, m.countries, m.currency, m.enabled, m.rate_source AS "rateSource",
    m.markup_ppm AS "markupPpm", m.ending, ${iso('m.frozen_until')} AS "frozenUntil",
    m.prior_price AS "priorPrice", m.alarm, r.rate_1e10 AS "rate1e10", ${iso('r.starts_at')} AS "rateSince",
    CASE WHEN r.rate_1e10 IS NOT NULL THEN jsonb_build_object('source', r.source, 'markupPpm', r.markup_ppm,
      'ending', r.ending) END AS running,
    ${iso('m.created_at')} AS "createdAt", ${iso('m.updated_at')} AS "updatedAt", m.version
  FROM markets m LEFT JOIN rate_intervals r
    ON r.store_id = m.store_id AND r.market_id = m.market_id AND r.ends_at IS NULL
  WHERE m.store_id = $1`;

/** The store's markets, oldest first; there are few. */
export function listMarkets(store: StoreReader): Promise<MarketRow[]> {
  return store.query<MarketRow>(`${sql} ORDER BY m.market_id LIMIT 250`, [store.storeId]);
}

/** One market, or null. */
export async function findMarket(store: StoreReader, id: string): Promise<MarketRow | null> {
  const [found] = await store.query<MarketRow>(`${sql} AND m.market_id = $2`, [store.storeId, id]);
  return found ?? null;
}

/** Writes a new market's row. */
export async function insertMarket(
  store: StoreWriter,
  id: string,
  input: Omit<MarketInput, 'rate'>,
): Promise<void> {
  await store.execute(
    `INSERT INTO markets (store_id, market_id, name, countries, currency, enabled, rate_source, markup_ppm, ending,
       frozen_until, prior_price) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      store.storeId,
      id,
      input.name,
      input.countries,
      input.currency,
      input.enabled,
      input.rateSource,
      input.markupPpm,
      input.ending && JSON.stringify(input.ending),
      input.frozenUntil,
      JSON.stringify(input.priorPrice),
    ],
  );
}

/** Changes a market's row; false when somebody else did since it was read. An alarm is over with it. */
export async function updateMarket(
  store: StoreWriter,
  before: Pick<MarketRow, 'id' | 'version'>,
  next: Omit<MarketInput, 'rate'>,
): Promise<boolean> {
  const changed = await store.execute(
    `UPDATE markets SET name = $4, countries = $5, enabled = $6, rate_source = $7, markup_ppm = $8, ending = $9,
       frozen_until = $10, prior_price = $11, alarm = NULL, updated_at = now(), version = version + 1
     WHERE store_id = $1 AND market_id = $2 AND version = $3`,
    [
      store.storeId,
      before.id,
      before.version,
      next.name,
      next.countries,
      next.enabled,
      next.rateSource,
      next.markupPpm,
      next.ending && JSON.stringify(next.ending),
      next.frozenUntil,
      JSON.stringify(next.priorPrice),
    ],
  );
  return changed === 1;
}

/** A rate that counts from now on. */
export interface NewRate {
  marketId: string;
  rate1e10: number;
  markupPpm: number;
  ending: PriceEnding | null;
  source: string;
  /** The day of the reference rate, `YYYY-MM-DD`; null of one that somebody typed. */
  day: string | null;
}

/** Ends the market's running interval and begins the next one at the same moment. */
export async function openRate(store: StoreWriter, rate: NewRate): Promise<void> {
  // Milliseconds, as the ledger of prices has them.
  const [row] = await store.query<{ at: Date }>(
    `SELECT date_trunc('milliseconds', clock_timestamp()) AS at FROM markets
     WHERE store_id = $1 AND market_id = $2 FOR UPDATE`,
    [store.storeId, rate.marketId],
  );
  await store.execute(
    `UPDATE rate_intervals SET ends_at = $3 WHERE store_id = $1 AND market_id = $2 AND ends_at IS NULL`,
    [store.storeId, rate.marketId, row?.at],
  );
  await store.execute(
    `INSERT INTO rate_intervals (store_id, interval_id, market_id, rate_1e10, markup_ppm, ending, source, rate_day,
       starts_at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      store.storeId,
      newId(),
      rate.marketId,
      rate.rate1e10,
      rate.markupPpm,
      rate.ending && JSON.stringify(rate.ending),
      rate.source,
      rate.day,
      row?.at,
      store.actor.label,
    ],
  );
}

/** Keeps why a fetched rate was not applied, or that all is well. */
export async function setAlarm(
  store: StoreWriter,
  marketId: string,
  alarm: Market['alarm'],
): Promise<void> {
  await store.execute('UPDATE markets SET alarm = $3 WHERE store_id = $1 AND market_id = $2', [
    store.storeId,
    marketId,
    alarm && JSON.stringify(alarm),
  ]);
}

/** The rates that a market has had, the newest first. */
export async function listRates(store: StoreReader, marketId: string): Promise<MarketRate[]> {
  const rows = await store.query<Omit<MarketRate, 'rate'> & { rate1e10: number }>(
    `SELECT interval_id AS id, rate_1e10 AS "rate1e10", markup_ppm AS "markupPpm", ending, source,
       rate_day::text AS day, ${iso('starts_at')} AS "startsAt", ${iso('ends_at')} AS "endsAt", actor
     FROM rate_intervals WHERE store_id = $1 AND market_id = $2 ORDER BY starts_at DESC LIMIT 1000`,
    [store.storeId, marketId],
  );
  return rows.map(({ rate1e10, ...rest }) => ({ ...rest, rate: decimalOfRate(rate1e10) }));
}

/** A reference rate for one euro, of the last list that was fetched; null where the source has none. */
export async function referenceRates(
  store: Pick<StoreReader, 'query'>,
  source: string,
  currencies: readonly string[],
): Promise<Map<string, { rate1e10: number; day: string }>> {
  const rows = await store.query<{ currency: string; rate1e10: number; day: string }>(
    `SELECT currency, rate_1e10 AS "rate1e10", rate_day::text AS day FROM reference_rates
     WHERE source = $1 AND currency = ANY ($2)`,
    [source, currencies],
  );
  return new Map(rows.map(({ currency, ...rest }) => [currency, rest]));
}
