import { Module } from '@nestjs/common';
import { StoresModule } from '@libs/stores';
import { CheckoutModule } from '../checkout.module';
import { DiscountsController } from './discounts.controller';
import { PricesController } from './prices.controller';
import { StoreFaultsController } from './store-faults.controller';
import { ShippingController } from './shipping.controller';
import { TaxesController } from './taxes.controller';

/** What checkout offers over HTTP. */
@Module({
  imports: [StoresModule, CheckoutModule],
  controllers: [
    DiscountsController,
    PricesController,
    ShippingController,
    TaxesController,
    StoreFaultsController,
  ],
})
export class CheckoutApiModule {}
