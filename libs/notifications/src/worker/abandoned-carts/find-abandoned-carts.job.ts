import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { AbandonedCarts } from '../../abandoned-carts/abandoned-carts.service';
import { RemindOfCart } from '../../abandoned-carts/remind-of-cart.job';

/** Looks for carts to remind of, store by store. What is sent is decided by each one's job. */
@Injectable()
@OnSchedule('notifications.find-abandoned-carts', { everyMs: 300_000 })
export class FindAbandonedCarts implements ScheduleHandler {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(AbandonedCarts) private readonly carts: AbandonedCarts,
  ) {}

  async tick(signal?: AbortSignal): Promise<void> {
    const stores = await this.db.acrossStores('find stores that remind of carts', (tx) =>
      tx.query<{ storeId: string }>(
        'SELECT store_id AS "storeId" FROM abandoned_cart_settings WHERE enabled_at IS NOT NULL',
      ),
    );
    const failed: unknown[] = [];
    for (const { storeId } of stores) {
      if (signal?.aborted) return;
      await this.look(storeId).catch((error: unknown) => failed.push(error));
    }
    if (failed.length > 0) throw new AggregateError(failed, 'Some stores could not be looked at.');
  }

  private look(storeId: string): Promise<void> {
    return this.db.write(storeId, async (store) => {
      for (const checkoutId of await this.carts.due(store))
        store.enqueue(RemindOfCart, { checkoutId }, { dedupeKey: checkoutId });
    });
  }
}
