import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { RunOperation } from '../operations/run-operation.job';
import { RefreshPayment } from '../refresh-payment.job';

const everyMs = 30_000;
const batch = 200;

/**
 * What got lost on the way is taken up again: operations that nobody has carried out for a minute, and payments that
 * have been under way for two minutes or more. All by the clock of the database.
 */
@Injectable()
@OnSchedule('payments.reconcile', { everyMs })
export class Reconcile implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('take up payment operations again', async (tx) => {
      const operations = await tx.query<{ storeId: string; operationId: string }>(
        `SELECT store_id AS "storeId", operation_id AS "operationId" FROM payment_operations
         WHERE state IN ('wanted', 'sent') AND next_at < now() - interval '1 minute'
         ORDER BY next_at LIMIT ${batch}`,
      );
      for (const { storeId, operationId } of operations) {
        tx.enqueue(RunOperation, { operationId }, { storeId, dedupeKey: operationId });
      }
    });
    await this.db.acrossStores('ask about payments under way', async (tx) => {
      const payments = await tx.query<{ storeId: string; paymentId: string }>(
        `WITH due AS (
           SELECT store_id, payment_id FROM payments WHERE check_at <= now()
           ORDER BY check_at LIMIT ${batch} FOR UPDATE SKIP LOCKED
         )
         UPDATE payments p SET check_at = CASE
           -- A provider that has not answered in a day never heard of it.
           WHEN provider_ref IS NULL AND created_at < now() - interval '1 day' THEN NULL
           ELSE now() + least(greatest((now() - created_at) / 4, interval '2 minutes'), interval '6 hours') END
         FROM due WHERE p.store_id = due.store_id AND p.payment_id = due.payment_id
         RETURNING p.store_id AS "storeId", p.payment_id AS "paymentId"`,
      );
      for (const { storeId, paymentId } of payments) {
        tx.enqueue(RefreshPayment, { paymentId }, { storeId, dedupeKey: paymentId });
      }
    });
  }
}
