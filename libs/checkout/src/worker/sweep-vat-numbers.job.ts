import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { RecheckVatNumber } from '../taxes/vat-numbers/recheck-vat-number.job';

const everyMs = 60_000;
const batch = 200;

/** Finds VAT numbers of orders, open checkouts and drafts that are to be asked for again, by the database's clock. */
@Injectable()
@OnSchedule('checkout.sweep-vat-numbers', { everyMs })
export class SweepVatNumbers implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find VAT numbers that are to be asked for again', async (tx) => {
      const due = await tx.query<{ storeId: string; orderId: string }>(
        `SELECT store_id AS "storeId", order_id AS "orderId" FROM vat_rechecks
         WHERE next_at <= now() ORDER BY next_at LIMIT ${batch}`,
      );
      for (const { storeId, orderId } of due)
        tx.enqueue(RecheckVatNumber, { orderId }, { storeId, dedupeKey: orderId });
      const open = await tx.query<{ storeId: string; checkoutId: string }>(
        `SELECT store_id AS "storeId", checkout_id AS "checkoutId" FROM checkouts
         WHERE vat_next_at <= now() AND expires_at > now() ORDER BY vat_next_at LIMIT ${batch}`,
      );
      for (const { storeId, checkoutId } of open)
        tx.enqueue(RecheckVatNumber, { checkoutId }, { storeId, dedupeKey: checkoutId });
    });
  }
}
