import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { ReconcileAccount } from '../reconciliation/reconcile-account.job';
import { Reconciliation } from '../reconciliation/reconciliation.service';

/** Goes through one account's list. */
@Injectable()
@HandlesJob(ReconcileAccount)
export class RunReconcileAccount implements JobHandler<typeof ReconcileAccount> {
  constructor(@Inject(Reconciliation) private readonly reconciliation: Reconciliation) {}

  async run(
    { accountId }: z.output<typeof ReconcileAccount.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('an account always belongs to a store');
    await this.reconciliation.run(storeId, accountId);
  }
}
