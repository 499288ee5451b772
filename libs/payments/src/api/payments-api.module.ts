import { Module } from '@nestjs/common';
import { PaymentsModule } from '../payments.module';
import { GiftCardsController } from './gift-cards.controller';
import { PaymentAccountsController } from './payment-accounts.controller';

/** The merchant's routes of this slice. */
@Module({
  imports: [PaymentsModule],
  controllers: [PaymentAccountsController, GiftCardsController],
})
export class PaymentsApiModule {}
