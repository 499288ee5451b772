import { Module } from '@nestjs/common';
import { OpenAccounts } from './accounts/open-accounts.service';
import { PaymentAccounts } from './accounts/payment-accounts.service';
import { PaymentChecks } from './checks/payment-checks.service';
import { OperationRunner } from './operations/operation-runner.service';
import { ExpressPayments } from './express-payments.service';
import { PaymentCalls } from './payment-calls.service';
import { PaymentLedger } from './payment-ledger.service';
import { Payments } from './payments.service';
import { Providers } from './providers/providers.service';
import { GiftCards } from './stored-value/gift-cards.service';
import { StoreCredit } from './stored-value/store-credit.service';
import { StoredValue } from './stored-value/stored-value.service';
import { Reconciliation } from './reconciliation/reconciliation.service';
import { PaymentWebhooks } from './webhooks/webhooks.service';

/** Payments and their providers. */
@Module({
  providers: [
    Providers,
    OpenAccounts,
    PaymentAccounts,
    PaymentLedger,
    PaymentChecks,
    Reconciliation,
    PaymentCalls,
    ExpressPayments,
    OperationRunner,
    PaymentWebhooks,
    Payments,
    StoredValue,
    GiftCards,
    StoreCredit,
  ],
  exports: [
    Payments,
    StoredValue,
    GiftCards,
    StoreCredit,
    PaymentAccounts,
    PaymentWebhooks,
    OperationRunner,
    PaymentCalls,
    Reconciliation,
  ],
})
export class PaymentsModule {}
