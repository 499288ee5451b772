import { crossRate, decimalOfRate } from '@libs/kernel';
import type { PlatformWriter, StoreWriter } from '@platform/database';
import { MarketsChanged } from '../../catalog.events';
import { listMarkets, openRate, referenceRates, setAlarm } from '../market-rows.queries';
import { judgeRate } from './judge-rate';
import type { RateProvider, ReferenceRates } from './rate-provider';

/** Keeps the rates of a source: one row a currency, the newest. */
export async function keepRates(
  tx: PlatformWriter,
  source: RateProvider['source'],
  { day, rates }: ReferenceRates,
): Promise<void> {
  const rows = [...rates].map(([currency, rate]) => ({ currency, rate }));
  await tx.execute(
    `INSERT INTO reference_rates (source, currency, rate_1e10, rate_day)
     SELECT $1, currency, rate, $3 FROM jsonb_to_recordset($2) AS r (currency text, rate bigint)
     ON CONFLICT (source, currency) DO UPDATE
       SET rate_1e10 = excluded.rate_1e10, rate_day = excluded.rate_day, fetched_at = now()
     WHERE reference_rates.rate_day <= excluded.rate_day`,
    [source, JSON.stringify(rows), day],
  );
}

/**
 * Brings a store's markets to the rates that were fetched last, as far as freeze and guard let them.
 * @returns the markets whose rate changed, and those that keep theirs with an alarm
 */
export async function applyRates(
  store: StoreWriter,
): Promise<{ applied: string[]; alarmed: string[] }> {
  const [home] = await store.query<{ currency: string; now: number }>(
    `SELECT currency, floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
     FROM stores WHERE store_id = $1 FOR NO KEY UPDATE`,
    [store.storeId],
  );
  if (!home) throw new Error('The store is not there.');
  const markets = (await listMarkets(store)).filter(
    ({ enabled, rateSource, currency }) =>
      enabled && rateSource === 'ecb' && currency !== home.currency,
  );
  const wanted = [home.currency, ...markets.map(({ currency }) => currency)];
  const rates = await referenceRates(store, 'ecb', wanted);
  const base = rates.get(home.currency);
  const done = { applied: [] as string[], alarmed: [] as string[] };
  for (const market of markets) {
    const found = rates.get(market.currency);
    if (!found || !base) continue;
    const rate1e10 = crossRate(base.rate1e10, found.rate1e10);
    const { id, rate1e10: current1e10, markupPpm, ending, frozenUntil } = market;
    const verdict = judgeRate({
      current1e10,
      proposed1e10: rate1e10,
      day: found.day,
      now: home.now,
      frozenUntil: frozenUntil === null ? null : Date.parse(frozenUntil),
    });
    if (verdict === 'apply') {
      const { day } = found;
      await openRate(store, { marketId: id, rate1e10, markupPpm, ending, source: 'ecb', day });
      done.applied.push(id);
    }
    const reason = verdict === 'moved' || verdict === 'stale' ? verdict : null;
    if (reason !== null) done.alarmed.push(id);
    if (reason === (market.alarm?.reason ?? null)) continue;
    const at = new Date(home.now).toISOString();
    const told = reason && { reason, rate: decimalOfRate(rate1e10), day: found.day, at };
    await setAlarm(store, id, told);
  }
  if (done.applied.length > 0) store.publish(MarketsChanged, {});
  return done;
}
