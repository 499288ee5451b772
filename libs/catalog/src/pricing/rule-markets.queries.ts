import type { StoreReader } from '@platform/database';
import type { PriorPriceRule, RateSpan } from './prior-price';
import { asksForPriorPrice, usualPriorPriceRule } from './prior-price-rules';

/** The market of a store's own country and currency. */
export const homeMarket = 'home';

/** A market that asks for prior prices. */
export interface RuleMarket {
  key: string;
  rule: PriorPriceRule;
  rates: readonly RateSpan[] | null;
}

/** The store's markets in which an announced reduction has to name the price before. */
export async function ruleMarkets(store: StoreReader): Promise<RuleMarket[]> {
  const [home] = await store.query<{ country: string }>(
    'SELECT country FROM stores WHERE store_id = $1',
    [store.storeId],
  );
  if (!home || !asksForPriorPrice([home.country])) return [];
  return [{ key: homeMarket, rule: usualPriorPriceRule, rates: null }];
}
