import { Module } from '@nestjs/common';
import { CatalogModule } from '@libs/catalog';
import { PaymentsModule } from '@libs/payments';
import { OrderChecks } from './checks/order-checks.service';
import { Orders } from './orders.service';

/** Orders and what becomes of them. */
@Module({
  imports: [CatalogModule, PaymentsModule],
  providers: [Orders, OrderChecks],
  exports: [Orders, OrderChecks],
})
export class OrdersModule {}
