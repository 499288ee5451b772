import { Module } from '@nestjs/common';
import { CatalogModule } from '@libs/catalog';
import { PaymentsModule } from '@libs/payments';
import { StoresModule } from '@libs/stores';
import { OrderChecks } from './checks/order-checks.service';
import { Orders } from './orders.service';
import { Withdrawals } from './withdrawals/withdrawals.service';

/** Orders and what becomes of them. */
@Module({
  imports: [CatalogModule, PaymentsModule, StoresModule],
  providers: [Orders, Withdrawals, OrderChecks],
  exports: [Orders, Withdrawals, OrderChecks],
})
export class OrdersModule {}
