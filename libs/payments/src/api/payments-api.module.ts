import { Module } from '@nestjs/common';
import { PaymentsModule } from '../payments.module';
import { DisputesController } from './disputes.controller';
import { GiftCardsController } from './gift-cards.controller';
import { PaymentAccountsController } from './payment-accounts.controller';
import { StoreCreditController } from './store-credit.controller';

/** The merchant's routes of this slice. */
@Module({
  imports: [PaymentsModule],
  controllers: [
    PaymentAccountsController,
    DisputesController,
    GiftCardsController,
    StoreCreditController,
  ],
})
export class PaymentsApiModule {}
