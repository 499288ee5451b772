import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { ReconcileAccount } from '../reconciliation/reconcile-account.job';

const everyMs = 900_000;
/** With more accounts than a day has room for, each has its turn less often. */
const batch = 200;

/** Finds accounts whose list nobody has looked at for a day; each is gone through by its own job. */
@Injectable()
@OnSchedule('payments.reconcile-nightly', { everyMs })
export class ReconcileNightly implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('find payment accounts to reconcile', async (tx) => {
      const due = await tx.query<{ storeId: string; accountId: string }>(
        `SELECT a.store_id AS "storeId", a.account_id AS "accountId"
         FROM payment_accounts a LEFT JOIN payment_reconciliations r USING (store_id, account_id)
         WHERE a.provider NOT IN ('manual', 'cash_on_delivery')
           AND coalesce(r.ran_at, a.created_at) < now() - interval '1 day'
         ORDER BY r.ran_at NULLS FIRST LIMIT ${batch}`,
      );
      for (const { storeId, accountId } of due)
        tx.enqueue(ReconcileAccount, { accountId }, { storeId, dedupeKey: accountId });
    });
  }
}
