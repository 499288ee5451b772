import { Module } from '@nestjs/common';
import { StoresModule } from '@libs/stores';
import { CheckoutModule } from '../checkout.module';
import { DiscountsController } from './discounts.controller';
import { ShippingController } from './shipping.controller';
import { TaxesController } from './taxes.controller';

/** What checkout offers over HTTP. */
@Module({
  imports: [StoresModule, CheckoutModule],
  controllers: [DiscountsController, ShippingController, TaxesController],
})
export class CheckoutApiModule {}
