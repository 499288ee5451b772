import { Module } from '@nestjs/common';
import { OpenAccounts } from './accounts/open-accounts.service';
import { PaymentCalls } from './payment-calls.service';
import { PaymentLedger } from './payment-ledger.service';
import { Payments } from './payments.service';
import { Providers } from './providers/providers.service';

/** Payments and their providers. */
@Module({
  providers: [Providers, OpenAccounts, PaymentLedger, PaymentCalls, Payments],
  exports: [Providers, OpenAccounts, PaymentLedger, PaymentCalls, Payments],
})
export class PaymentsModule {}
