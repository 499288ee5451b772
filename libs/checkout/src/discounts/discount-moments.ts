import type { StoreWriter } from '@platform/database';
import type { DiscountView } from '../contract';
import { DiscountChanged } from './discounts.events';
import { TellDiscount } from './tell-discount.job';

/** A process's clock may be ahead of the database's, which decides: what has just passed by it may be still to come. */
const slackMs = 10 * 60 * 1_000;

/** Asks to be told when a discount begins and ends. Call it whenever its moments may have changed. */
export function awaitMoments(
  store: StoreWriter,
  { id: discountId, startsAt, endsAt }: Pick<DiscountView, 'id' | 'startsAt' | 'endsAt'>,
): void {
  for (const moment of [startsAt, endsAt]) {
    if (moment === null || moment.getTime() < Date.now() - slackMs) continue;
    const at = moment.toISOString();
    store.enqueue(
      TellDiscount,
      { discountId, at },
      { runAt: moment, dedupeKey: `${discountId} ${at}` },
    );
  }
}

/** Makes the pages stale that show a discount which begins or ends at this moment; nothing where it no longer does. */
export async function tellMoment(
  store: StoreWriter,
  { discountId, at }: { discountId: string; at: string },
): Promise<void> {
  const [found] = await store.query(
    `SELECT FROM discounts WHERE store_id = $1 AND discount_id = $2 AND enabled
       AND $3::timestamptz IN (date_trunc('milliseconds', starts_at), date_trunc('milliseconds', ends_at))`,
    [store.storeId, discountId, at],
  );
  if (found) store.publish(DiscountChanged, { discountId });
}
