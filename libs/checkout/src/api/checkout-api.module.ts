import { Module } from '@nestjs/common';
import { DomainsModule } from '@libs/domains';
import { StoresModule } from '@libs/stores';
import { CheckoutModule } from '../checkout.module';
import { CheckoutsController } from './checkouts.controller';
import { DiscountsController } from './discounts.controller';
import { OrdersModule } from '@libs/orders';
import { DraftOrdersController } from './draft-orders.controller';
import { PaymentLinksController } from './payment-links.controller';
import { OrderEditsController } from './order-edits.controller';
import { ExchangesController } from './exchanges.controller';
import { PricesController } from './prices.controller';
import { StoreFaultsController } from './store-faults.controller';
import { RateServicesController } from './rate-services.controller';
import { ShippingController } from './shipping.controller';
import { TaxServicesController } from './tax-services.controller';
import { TaxesController } from './taxes.controller';

/** What checkout offers over HTTP. */
@Module({
  imports: [StoresModule, DomainsModule, OrdersModule, CheckoutModule],
  controllers: [
    CheckoutsController,
    DiscountsController,
    DraftOrdersController,
    OrderEditsController,
    ExchangesController,
    PaymentLinksController,
    PricesController,
    RateServicesController,
    ShippingController,
    TaxesController,
    TaxServicesController,
    StoreFaultsController,
  ],
})
export class CheckoutApiModule {}
