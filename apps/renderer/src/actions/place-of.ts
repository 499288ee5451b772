import { openMarkets } from '@renderer/catalog';
import type { StoreReader } from '@platform/database';

/**
 * The market of the country that a shopper chose, and its currency. Without a choice it costs no statement.
 * @returns no market where nothing was chosen: a cart stays in its own
 */
export async function placeOf(
  store: StoreReader,
  shop: { country: string; currency: string },
  country: string | null | undefined,
): Promise<{ market?: string; currency: string }> {
  if (country == null) return { currency: shop.currency };
  const markets = await openMarkets(store, shop);
  const found = markets.find(({ countries }) => countries.includes(country));
  return found
    ? { market: found.market, currency: found.currency }
    : { market: 'home', currency: shop.currency };
}
