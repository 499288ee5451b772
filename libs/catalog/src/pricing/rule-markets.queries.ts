import type { StoreReader } from '@platform/database';
import { listMarkets } from './market-rows.queries';
import { asksPrior } from './market-terms';
import { homeMarket } from './price-terms';
import type { PriorPriceRule, RateSpan } from './prior-price';
import { asksForPriorPrice, usualPriorPriceRule } from './prior-price-rules';

/** A market that asks for prior prices. */
export interface RuleMarket {
  key: string;
  rule: PriorPriceRule;
  rates: readonly RateSpan[] | null;
}

/** The store's markets in which an announced reduction has to name the price before, with the history of their rates. */
export async function ruleMarkets(store: StoreReader): Promise<RuleMarket[]> {
  const [home] = await store.query<{ country: string; currency: string }>(
    'SELECT country, currency FROM stores WHERE store_id = $1',
    [store.storeId],
  );
  if (!home) return [];
  const asking = (await listMarkets(store)).filter((market) => market.enabled && asksPrior(market));
  const rates = asking.length === 0 ? new Map() : await readRates(store, home.currency);
  const atHome = { key: homeMarket, rule: usualPriorPriceRule, rates: null };
  return [
    ...(asksForPriorPrice([home.country]) ? [atHome] : []),
    ...asking.map(({ id, currency, priorPrice: { gradual, young } }) => ({
      key: id,
      rule: { gradual, young },
      rates: currency === home.currency ? null : (rates.get(id) ?? []),
    })),
  ];
}

async function readRates(store: StoreReader, base: string): Promise<Map<string, RateSpan[]>> {
  const rows = await store.query<
    Pick<RateSpan, 'from' | 'to'> & Omit<RateSpan['rule'], 'base'> & { market: string }
  >(
    `SELECT r.market_id AS market, m.currency, r.rate_1e10 AS "rate1e10", r.markup_ppm AS "markupPpm", r.ending,
       floor(extract(epoch FROM r.starts_at) * 1000)::float8 AS "from",
       floor(extract(epoch FROM r.ends_at) * 1000)::float8 AS "to"
     FROM rate_intervals r JOIN markets m USING (store_id, market_id)
     WHERE r.store_id = $1 ORDER BY r.starts_at`,
    [store.storeId],
  );
  const spans = new Map<string, RateSpan[]>();
  for (const { market, from, to, ...rule } of rows)
    spans.set(market, [...(spans.get(market) ?? []), { from, to, rule: { base, ...rule } }]);
  return spans;
}
