import type { StoreReader } from '@platform/database';
import { type MarketRow, findMarket, listMarkets } from './market-rows.queries';
import { type PriceTerms, homeTerms } from './price-terms';
import { asksForPriorPrice } from './prior-price-rules';

/** A market in which shoppers buy now. */
export interface MarketTerms extends PriceTerms {
  /** Empty at home: every country that no other market names. */
  countries: readonly string[];
  /** Who set the rate, and since when; null where the store's currency is sold in. */
  rateOf: { source: string; since: string } | null;
}

interface Home {
  country: string;
  currency: string;
}

/** The markets other than home, by their terms; one without a rate is closed. */
export async function openMarkets(store: StoreReader, home: Home): Promise<MarketTerms[]> {
  const rows = await listMarkets(store);
  return rows.flatMap((row) => termsOfRow(row, home.currency) ?? []);
}

/** The terms of a market; home's where it is closed or gone. */
export async function marketTerms(
  store: StoreReader,
  market: string,
  home: Home,
): Promise<MarketTerms> {
  const atHome = { ...homeTerms(home), countries: [], rateOf: null };
  if (!/^[0-9a-f-]{36}$/.test(market)) return atHome;
  const row = await findMarket(store, market);
  return (row && termsOfRow(row, home.currency)) ?? atHome;
}

function termsOfRow(row: MarketRow, base: string): MarketTerms | null {
  const { id, currency, countries, enabled, rate1e10, running, rateSince } = row;
  if (!enabled) return null;
  const terms = { market: id, currency, countries, asksPrior: asksPrior(row) };
  if (currency === base) return { ...terms, rule: null, rateOf: null };
  if (rate1e10 === null || running === null || rateSince === null) return null;
  const { markupPpm, ending, source } = running;
  const rule = { base, currency, rate1e10, markupPpm, ending };
  return { ...terms, rule, rateOf: { source, since: rateSince } };
}

/** Whether announced reductions have to name the price before in a market. */
export function asksPrior({
  priorPrice: { asks },
  countries,
}: Pick<MarketRow, 'priorPrice' | 'countries'>): boolean {
  return asks === 'always' || (asks === 'auto' && asksForPriorPrice(countries));
}
