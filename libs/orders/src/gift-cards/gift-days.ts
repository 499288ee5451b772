import type { StoreReader } from '@platform/database';

/** The days on which a gift card may be sent, `YYYY-MM-DD` where the store is. */
export interface GiftDays {
  first: string;
  last: string;
}

/** How far ahead a gift card may be sent; Shopify's limit, by what the makers of its themes document. */
const daysAhead = 90;

/** From today on, by the database's clock; null for a store that is gone. */
export async function giftDays(store: StoreReader): Promise<GiftDays | null> {
  const [days] = await store.query<GiftDays>(
    `SELECT today::text AS first, (today + ${daysAhead})::text AS last
     FROM (SELECT (now() AT TIME ZONE time_zone)::date AS today FROM stores WHERE store_id = $1) AS there`,
    [store.storeId],
  );
  return days ?? null;
}
