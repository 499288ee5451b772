import { Module } from '@nestjs/common';
import { CatalogModule } from '@libs/catalog';
import { CustomersModule } from '@libs/customers';
import { PaymentsModule } from '@libs/payments';
import { StoresModule } from '@libs/stores';
import { OrderChecks } from './checks/order-checks.service';
import { Documents } from './documents/documents.service';
import { OpenOrders } from './erasure/open-orders';
import { Orders } from './orders.service';
import { Withdrawals } from './withdrawals/withdrawals.service';

/** Orders and what becomes of them. */
@Module({
  imports: [CatalogModule, CustomersModule, PaymentsModule, StoresModule],
  providers: [Orders, Withdrawals, Documents, OpenOrders, OrderChecks],
  exports: [Orders, Withdrawals, Documents, OrderChecks],
})
export class OrdersModule {}
