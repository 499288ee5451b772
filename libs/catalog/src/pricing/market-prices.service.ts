import { Injectable } from '@nestjs/common';
import { currencyQuantum } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { MarketPrice, MarketPricesInput } from '../contract/market-prices.contract';
import {
  listMarketPrices,
  lockVariants,
  noteMarketPrices,
  putMarketPrices,
  removeMarketPrices,
} from './market-prices.queries';
import { findMarket } from './market-rows.queries';
import { marketsErrors } from './markets.errors';

/** Prices that a market has of its own: they count instead of the store's price at the market's rate. */
@Injectable()
export class MarketPrices {
  /** @param window how many, after which variant @throws markets.not-found */
  async list(
    store: StoreReader,
    marketId: string,
    window: { limit: number; after: string | null },
  ): Promise<MarketPrice[]> {
    if (!(await findMarket(store, marketId))) throw marketsErrors.error('not-found');
    return listMarketPrices(store, marketId, window);
  }

  /**
   * Sets prices and takes others away, all or none.
   * @throws markets.not-found, .own-currency, .unknown-variant, .price-step
   */
  async set(store: StoreWriter, marketId: string, { prices }: MarketPricesInput): Promise<void> {
    const market = await findMarket(store, marketId);
    if (!market) throw marketsErrors.error('not-found');
    if (market.rate1e10 === null) throw marketsErrors.error('own-currency');
    checkSteps(prices, market.currency);
    const named = prices.map(({ variantId }) => variantId);
    const products = await lockVariants(store, named);
    const unknown = named.findIndex(
      (variantId, index) => !products.has(variantId) || named.indexOf(variantId) < index,
    );
    if (unknown >= 0) {
      const field = `prices.${unknown}.variantId`;
      throw marketsErrors.error('unknown-variant', { id: String(named[unknown]) }, { field });
    }
    const kept = prices.flatMap(({ priceMinor, ...rest }) =>
      priceMinor === null ? [] : [{ ...rest, priceMinor }],
    );
    const gone = prices.flatMap(({ priceMinor, variantId }) =>
      priceMinor === null ? [variantId] : [],
    );
    if (gone.length > 0) await removeMarketPrices(store, marketId, gone);
    if (kept.length > 0) await putMarketPrices(store, marketId, kept);
    const target = { kind: 'market', id: marketId };
    store.record({ action: 'market.prices-set', target, after: { set: kept, removed: gone } });
    await noteMarketPrices(store, products);
  }
}

/** Card networks want the last of three decimals to be 0. */
function checkSteps(prices: MarketPricesInput['prices'], currency: string): void {
  const step = currencyQuantum(currency);
  for (const [index, { priceMinor, compareAtMinor }] of prices.entries()) {
    for (const [name, amount] of Object.entries({ priceMinor, compareAtMinor })) {
      if ((amount ?? 0) % step === 0) continue;
      const field = `prices.${index}.${name}`;
      throw marketsErrors.error('price-step', { currency, step }, { field });
    }
  }
}
