import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { ExpireCheckout } from '../checkouts/expire-checkout.job';

const everyMs = 15_000;
const batch = 500;

/**
 * Finds checkouts whose time is over by the database's clock. What becomes of each is decided by its own job; asking
 * twice adds none, so that this may run anywhere and at once.
 */
@Injectable()
@OnSchedule('checkout.sweep-checkouts', { everyMs })
export class SweepCheckouts implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find checkouts that are due', async (tx) => {
      const due = await tx.query<{ storeId: string; checkoutId: string }>(
        `SELECT store_id AS "storeId", checkout_id AS "checkoutId" FROM checkouts
         WHERE state IN ('open', 'paying') AND expires_at <= now() ORDER BY expires_at LIMIT ${batch}`,
      );
      const held = await tx.query<{ storeId: string; checkoutId: string }>(
        `SELECT store_id AS "storeId", checkout_id AS "checkoutId" FROM checkouts
         WHERE state = 'open' AND terms ->> 'reservedUntil' IS NOT NULL
           AND (terms ->> 'reservedUntil')::timestamptz <= now() LIMIT ${batch}`,
      );
      for (const { storeId, checkoutId } of [...due, ...held])
        tx.enqueue(ExpireCheckout, { checkoutId }, { storeId, dedupeKey: checkoutId });
    });
  }
}
