import { crossRate } from '@libs/kernel';
import type { StoreReader } from '@platform/database';
import { listMarkets, referenceRates } from '../market-rows.queries';
import { judgeRate } from './judge-rate';

/** What a currency is worth on a day. */
export interface DayRate {
  currency: string;
  /** Units of it for one of the store's, in 1e-10; without mark-up. */
  rate1e10: number;
  source: string;
  /** Since when it counts (ISO 8601), or the day of the reference rate. */
  at: string;
}

/**
 * What the currencies of a store's markets are worth now, by market. A market that follows reference rates is frozen for
 * shoppers alone: its money is worth what the last list says, unless the guard finds that list wrong or too old. Else it
 * is the rate that runs. Markets in the store's own currency are not among them; closed ones are, since orders stay.
 */
export async function dayRates(
  store: StoreReader,
  { currency: base }: { currency: string },
): Promise<Map<string, DayRate>> {
  const markets = (await listMarkets(store)).filter(({ currency }) => currency !== base);
  const followed = markets.filter(({ rateSource }) => rateSource === 'ecb');
  const wanted = [base, ...followed.map(({ currency }) => currency)];
  const listed = followed.length === 0 ? new Map() : await referenceRates(store, 'ecb', wanted);
  const ofBase = listed.get(base);
  const now = followed.length === 0 ? 0 : await databaseTime(store);
  const rates = new Map<string, DayRate>();
  for (const { id, currency, rateSource, rate1e10, rateSince, running } of markets) {
    const found = rateSource === 'ecb' && ofBase ? listed.get(currency) : undefined;
    if (found && ofBase) {
      const proposed1e10 = crossRate(ofBase.rate1e10, found.rate1e10);
      const { day } = found;
      const question = { current1e10: rate1e10, proposed1e10, day, now };
      const verdict = judgeRate({ ...question, frozenUntil: null });
      if (verdict === 'apply' || verdict === 'same') {
        rates.set(id, { currency, rate1e10: proposed1e10, source: 'ecb', at: day });
        continue;
      }
    }
    if (rate1e10 !== null && running !== null && rateSince !== null)
      rates.set(id, { currency, rate1e10, source: running.source, at: rateSince });
  }
  return rates;
}

/** The moment in milliseconds, by the clock that all processes share. */
async function databaseTime(store: StoreReader): Promise<number> {
  const [row] = await store.query<{ ms: number }>(
    'SELECT (extract(epoch FROM now()) * 1000)::bigint AS ms',
  );
  return row?.ms ?? 0;
}
