import { z } from 'zod';

/** Minor units of the market's currency; 0 is free. */
const minor = z.int().min(0).max(1e12);

/** What a variant costs in a market, whatever the rate is. */
export const marketPrice = z
  .object({
    variantId: z.uuid(),
    priceMinor: minor,
    compareAtMinor: minor.nullable(),
  })
  .meta({ id: 'MarketPrice' });

export const marketPriceList = z
  .object({ items: z.array(marketPrice), nextCursor: z.string().nullable() })
  .meta({ id: 'MarketPriceList' });

/** Prices to set; a `priceMinor` of null takes the variant's own price away. What is not named stays. */
export const marketPricesInput = z
  .strictObject({
    prices: z
      .array(
        z.strictObject({
          variantId: z.uuid(),
          priceMinor: minor.nullable(),
          compareAtMinor: minor.nullable().default(null),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'MarketPricesInput' });

export type MarketPrice = z.output<typeof marketPrice>;
export type MarketPricesInput = z.output<typeof marketPricesInput>;
