import { Module } from '@nestjs/common';
import { PaymentsModule } from '../payments.module';
import { CountMismatches } from './count-mismatches';
import { ForgetPayloads } from './forget-payloads.job';
import { Reconcile } from './reconcile.job';
import { ReconcileNightly } from './reconcile-nightly.job';
import { RunReconcileAccount } from './run-reconcile-account.job';
import { RunRefreshPayment } from './run-refresh-payment.job';
import { RunWarnOfAge } from './run-warn-of-age.job';
import { SweepAges } from './sweep-ages.job';
import { RunRunOperation } from './run-run-operation.job';

/** What the worker does for payments. */
@Module({
  imports: [PaymentsModule],
  providers: [
    RunRunOperation,
    RunRefreshPayment,
    Reconcile,
    ReconcileNightly,
    RunReconcileAccount,
    ForgetPayloads,
    CountMismatches,
    SweepAges,
    RunWarnOfAge,
  ],
})
export class PaymentsWorkerModule {}
